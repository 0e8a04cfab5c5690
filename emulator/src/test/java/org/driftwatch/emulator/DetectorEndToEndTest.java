package org.driftwatch.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.emulator.send.Sent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records as the chosen detector writes them, with a real broker. */
@Timeout(120)
@ExtendWith(SharedBroker.class)
class DetectorEndToEndTest {
  private static final int ROWS = 3000;

  private static EmbeddedBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void takeBroker(EmbeddedBroker shared) {
    broker = shared;
  }

  private List<ConsumerRecord<byte[], byte[]>> sent(String topic, String... options)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("--rate", "0", "--limit", Integer.toString(ROWS)));
    all.addAll(List.of(options));
    try (Program emulator = Program.emulator(folder, broker, topic, all.toArray(String[]::new))) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    return Topic.read(broker, topic);
  }

  @Test
  void aFileOfBlocksArrivesInBlocksOfItsRuns() throws Exception {
    DetectorDescription detector = DetectorDescription.load("daq-blocks");
    HitLayout layout = new HitLayout(detector);
    RecordWriter writer = new RecordWriter(detector);
    List<Sent.Hit> expected = new ArrayList<>();
    for (int i = 0; i < 3 * 128; i++) {
      int run = 591 + i / 128;
      if (i % 128 == 0) {
        writer.run(run).blockHeader();
      }
      long hit = layout.word(1, i % 2, i % 128, i / 4, i, 1 + i % 30);
      writer.word(hit, 0);
      expected.add(new Sent.Hit(hit, 0, run));
    }
    Path file = Files.write(folder.resolve("run.bin"), writer.take());

    List<Sent.Hit> found = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> one :
        sent("blocks", "--detector", "daq-blocks", "--source", file.toString())) {
      assertThat(one.headers().toArray().length, is(0));
      found.addAll(Sent.readHits(detector, one.value(), false));
    }
    assertThat(found, is(expected));
  }

  @Test
  void theRunOfSimulatedBlocksIsChosen() throws Exception {
    DetectorDescription detector = DetectorDescription.load("daq-blocks");
    List<Long> runs = new ArrayList<>();
    int rows = 0;
    for (ConsumerRecord<byte[], byte[]> one :
        sent(
            "runs",
            "--detector",
            "daq-blocks",
            "--run",
            "592",
            "--inject",
            "malformed=3,orbit-flood=1@5")) {
      if (one.value().length % 8 != 0 || one.value().length == 0) {
        continue;
      }
      Sent.readHits(detector, one.value(), false).forEach(hit -> runs.add(hit.run()));
      rows += one.value().length / 8 - 1;
    }
    assertThat(rows, is(ROWS + 5));
    assertThat(runs.stream().distinct().toList(), is(List.of(592L)));
  }

  @Test
  void theFieldsAreNestedAsTheDescriptionSays() throws Exception {
    DetectorDescription detector = DetectorDescription.load("two-stations");
    List<ConsumerRecord<byte[], byte[]>> found =
        sent("stations", "--detector", "two-stations", "--key", "board");
    assertThat(found.size(), is(ROWS));
    for (ConsumerRecord<byte[], byte[]> one : found) {
      String json = new String(one.value(), UTF_8);
      assertThat(
          json,
          matchesPattern(
              "\\{\"st\":[01],\"ly\":[0-3],\"wi\":\\d+,\"bctr\":\\d+,\"tdc\":\\d+,"
                  + "\"arrival\":\\{\"OC\":\\d+,\"BX\":\\d+\\}\\}"));
      assertThat(json, containsString("\"st\":" + new String(one.key(), UTF_8)));
      assertThat(Sent.readHits(detector, one.value(), false).size(), is(1));
    }
  }

  @Test
  void aDescriptionOfOnesOwnIsRead() throws Exception {
    Path file =
        Descriptions.file(folder, "course", text -> text.replace("\"TDC_CHANNEL\"", "\"/tdc/ch\""));
    for (ConsumerRecord<byte[], byte[]> one : sent("own", "--run-config", file.toString())) {
      assertThat(new String(one.value(), UTF_8), containsString("\"tdc\":{\"ch\":"));
    }
  }

  @Test
  void whatDoesNotGoWithTheDetectorIsOneLine() throws IOException {
    String broken = Files.writeString(folder.resolve("broken.json"), "{\"name\": 5}").toString();
    Path dead =
        Descriptions.file(
            folder,
            "course",
            text ->
                text.replaceAll(
                    "\"deadCells\": \\[[^]]*\\]",
                    "\"deadCells\": " + IntStream.range(0, 64).boxed().toList()));
    Object[][] cases = {
      {
        1,
        "--limit 10 --to " + folder.resolve("dead.csv") + " --detector " + dead,
        "nothing to simulate: the description of detector course has every cell in deadCells"
      },
      {2, "--run 5", "--run 5: the detector description \"course\" has no place for run numbers"},
      {2, "--detector daq-blocks --run x", "--run \"x\": expected a run number, 0 or more"},
      {2, "--detector daq-blocks --format json", "\"daq-blocks\" says that values are words"},
      {2, "--detector two-stations --format words", "has no bit fields (lowestBit)"},
      {2, "--detector daq-blocks --key orbit", "a block of words holds many orbits"},
      {2, "--format words --key orbit", "a block of words holds many orbits"},
      {
        2,
        "--detector daq-blocks --inject malformed-fraction=1",
        "--inject malformed-fraction: records of \"daq-blocks\" are never so; expected one of"
            + " malformed-empty, malformed-word"
      },
      {1, "--detector missing.json", "missing.json"},
      {1, "--detector " + broken, "broken.json"},
    };
    for (Object[] c : cases) {
      Refusal.require((Integer) c[0], (String) c[1], (String) c[2]);
    }
  }
}
