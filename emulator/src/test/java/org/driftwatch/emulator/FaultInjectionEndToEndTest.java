package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.detector.ValueFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is in the topic, less what the log says, is the stream without faults. */
@Timeout(180)
@ExtendWith(SharedBroker.class)
class FaultInjectionEndToEndTest {
  private static final int ROWS = 20_000;
  private static final JsonMapper JSON = new JsonMapper();

  private static EmbeddedBroker broker;
  private static List<String> clean;

  @TempDir Path folder;

  @BeforeAll
  static void sendTheStreamWithoutFaults(EmbeddedBroker shared, @TempDir Path cleanFolder)
      throws Exception {
    broker = shared;
    try (Program emulator = play(cleanFolder, "clean", "--rate", "0")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    clean = new ArrayList<>();
    Topic.read(broker, "clean").forEach(found -> clean.add(text(found)));
    assertThat(clean, hasSize(ROWS));
  }

  private static Program play(Path folder, String topic, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--seed", "5", "--limit", Integer.toString(ROWS)));
    all.addAll(List.of(options));
    return Program.emulator(folder, broker, topic, all.toArray(String[]::new));
  }

  private static String text(ConsumerRecord<byte[], byte[]> found) {
    return new String(found.value(), StandardCharsets.UTF_8);
  }

  private static List<JsonNode> lines(Path log) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /** Rows, malformed records and hits as the monitor would count them. */
  private static Map<String, Long> counted(ConsumerRecord<byte[], byte[]> found) {
    AtomicLong rows = new AtomicLong();
    AtomicLong malformed = new AtomicLong();
    RecordSink sink =
        new RecordSink() {
          @Override
          public void hit(long word, long orbitAbove) {
            rows.incrementAndGet();
          }

          @Override
          public void triggerWord(int head) {
            rows.incrementAndGet();
          }

          @Override
          public void malformed(RecordFault fault, int index, int from, int to, String reason) {
            malformed.incrementAndGet();
          }
        };
    boolean words = found.headers().lastHeader(StreamTopic.FORMAT_HEADER) != null;
    new RecordParser(Course.DETECTOR)
        .parse(found.value(), words ? ValueFormat.BLOCK : ValueFormat.UNMARKED, sink);
    return Map.of("rows", rows.get(), "malformed", malformed.get());
  }

  @Test
  void malformedDuplicateLateAndFloodedRecordsAreAllInTheLog() throws Exception {
    Path log = folder.resolve("faults.jsonl");
    try (Program emulator =
        play(
            folder,
            "disturbed",
            "--rate",
            "10000",
            "--inject",
            "malformed=0.02,duplicate=0.01",
            "--inject",
            "late=25@300ms,orbit-flood=2@700",
            "--inject-log",
            log.toString())) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(
          emulator.out(),
          allOf(
              containsString("sent 20000 records"),
              containsString("acknowledged 20000"),
              containsString("late 25"),
              containsString("orbit-flood 2")));
    }
    TreeMap<Long, ConsumerRecord<byte[], byte[]>> topic = new TreeMap<>();
    long malformed = 0;
    for (ConsumerRecord<byte[], byte[]> found : Topic.read(broker, "disturbed")) {
      topic.put(found.offset(), found);
      malformed += counted(found).get("malformed");
    }
    TreeMap<Long, String> late = new TreeMap<>();
    Map<String, Integer> kinds = new TreeMap<>();
    for (JsonNode line : lines(log)) {
      String kind = line.get("kind").asText();
      long offset = line.get("offset").asLong();
      kinds.merge(kind.startsWith("malformed") ? "malformed" : kind, 1, Integer::sum);
      if (kind.equals("orbit-flood")) {
        assertThat(line.get("records").asInt(), is(700));
        assertThat(line.get("last_offset").asLong(), is(offset + 699));
        for (int i = 0; i < 700; i++) {
          String orbit = "\"ORBIT_CNT\":" + ((line.get("first_orbit").asLong() + i) & 0xFFFFFFFFL);
          assertThat(text(topic.remove(offset + i)), containsString(orbit));
        }
        continue;
      }
      ConsumerRecord<byte[], byte[]> found = topic.remove(offset);
      assertThat(line + " " + offset, found.timestamp(), is(line.get("timestamp").asLong()));
      assertThat(kind, counted(found).get("malformed"), is(kind.startsWith("malf") ? 1L : 0L));
      if (kind.equals("duplicate")) {
        assertThat(text(found), is(clean.get(line.get("row").asInt())));
      } else if (kind.equals("late")) {
        late.put(line.get("row").asLong(), text(found));
        assertThat(line.get("late_ms").asLong(), lessThan(2000L));
      }
    }
    assertThat((long) kinds.get("malformed"), is(malformed));
    assertThat(kinds.get("malformed"), allOf(greaterThan(300), lessThan(500)));
    assertThat(kinds.get("duplicate"), allOf(greaterThan(140), lessThan(270)));
    assertThat(late.keySet(), hasSize(greaterThanOrEqualTo(24)));

    List<String> rest = new ArrayList<>(topic.values().stream().map(r -> text(r)).toList());
    late.forEach((row, value) -> rest.add(row.intValue(), value));
    assertThat(rest.equals(clean), is(true));
  }

  @Test
  void faultsOfTheDetectorAreSentLoggedAndSummedUp() throws Exception {
    Path log = folder.resolve("detector.jsonl");
    try (Program emulator =
        play(
            folder,
            "detector",
            "--rate",
            "10000",
            "--fault",
            "dead:chamber2@500ms-1s",
            "--fault",
            "swap:chamber0.cell1,chamber3.cell1@700ms",
            "--inject",
            "duplicate=3",
            "--inject-log",
            log.toString())) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      List<String> expected = new ArrayList<>();
      int taken = 0;
      for (int i = 0; i < ROWS; i++) {
        JsonNode row = JSON.readTree(clean.get(i));
        boolean hit = row.get("HEAD").asInt() == 2;
        int board = row.get("FPGA").asInt();
        int channel = row.get("TDC_CHANNEL").asInt();
        if (hit && board == 1 && channel < 64 && i >= 5000 && i < 10_000) {
          taken++;
        } else if (hit && i >= 7000 && board == 0 && channel == 1) {
          expected.add(moved(clean.get(i), 1, 65));
        } else if (hit && i >= 7000 && board == 1 && channel == 65) {
          expected.add(moved(clean.get(i), 0, 1));
        } else {
          expected.add(clean.get(i));
        }
      }
      assertThat(taken, greaterThan(500));
      assertThat(
          emulator.out(), containsString("dead:chamber2@500ms-1s hits taken " + taken + ", dup"));
      List<String> sent = new ArrayList<>();
      Topic.read(broker, "detector").forEach(found -> sent.add(text(found)));
      for (JsonNode line : lines(log)) {
        if (line.get("kind").asText().equals("duplicate")) {
          sent.set(line.get("offset").asInt(), "");
        } else if (line.get("kind").asText().equals("dead")) {
          assertThat(line.get("hits_taken").asInt(), is(taken));
          assertThat(line.get("row").asInt(), is(5000));
          assertThat(line.get("to_row").asInt(), is(10_000));
          long lasted = line.get("to_timestamp").asLong() - line.get("timestamp").asLong();
          assertThat(lasted, allOf(greaterThanOrEqualTo(499L), lessThan(502L)));
        }
      }
      sent.removeIf(String::isEmpty);
      assertThat(sent.equals(expected), is(true));
    }
  }

  private static String moved(String json, int board, int channel) {
    return json.replaceFirst(
        "\"FPGA\":\\d+,\"TDC_CHANNEL\":\\d+", "\"FPGA\":" + board + ",\"TDC_CHANNEL\":" + channel);
  }

  @Test
  void theClockAndTheCounterAreRightAgainWhenTheLogIsUndone() throws Exception {
    Path log = folder.resolve("steps.jsonl");
    try (Program emulator =
        play(
            folder,
            "steps",
            "--rate",
            "10000",
            "--inject",
            "clock-step=1@-1m,epoch-reset=3,silence=1@700ms,burst=1@3000",
            "--inject-log",
            log.toString())) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(emulator.out(), containsString("burst 1, clock-step 1, epoch-reset 3, silence 1"));
    }
    List<ConsumerRecord<byte[], byte[]>> found = Topic.read(broker, "steps");
    assertThat(found, hasSize(ROWS));
    long[] shift = new long[ROWS];
    long[] stamps = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      stamps[i] = found.get(i).timestamp();
    }
    long silence = -1;
    long burst = -1;
    for (JsonNode line : lines(log)) {
      int row = line.get("row").asInt();
      switch (line.get("kind").asText()) {
        case "epoch-reset" -> {
          for (int i = row; i < ROWS; i++) {
            shift[i] = line.get("shift").asLong();
          }
        }
        case "clock-step" -> {
          assertThat(line.get("shift_ms").asLong(), is(-60_000L));
          for (int i = row; i < line.get("to_row").asInt(); i++) {
            stamps[i] += 60_000;
          }
        }
        case "silence" -> silence = row;
        default -> burst = row;
      }
    }
    for (int i = 0; i < ROWS; i++) {
      assertThat(undone(text(found.get(i)), shift[i]), equalTo(clean.get(i)));
      long due = stamps[0] + i / 10;
      due += i >= silence ? 700 : 0;
      due -= i >= burst ? Math.min(i - burst, 3000) / 10 : 0;
      // Of an orbit's hits all but the first are stamped a little early.
      assertThat(
          "row " + i,
          due - stamps[i],
          allOf(greaterThanOrEqualTo(-3L), lessThan(i >= silence ? 800L : 100L)));
    }
  }

  private static String undone(String json, long shift) throws IOException {
    JsonNode row = JSON.readTree(json);
    long orbit = (row.get("ORBIT_CNT").asLong() - shift) & 0xFFFFFFFFL;
    return json.replaceFirst("\"ORBIT_CNT\":\\d+", "\"ORBIT_CNT\":" + orbit);
  }

  @Test
  void blocksOfWordsAreDisturbedAsWell() throws Exception {
    try (Program emulator =
        play(
            folder,
            "blocks",
            "--rate",
            "0",
            "--format",
            "words",
            "--inject",
            "malformed-word=5,orbit-flood=1@300,duplicate=3")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(
          emulator.out(), containsString("injected duplicate 3, malformed-word 5, orbit-flood 1;"));
    }
    long malformed = 0;
    long rows = 0;
    for (ConsumerRecord<byte[], byte[]> found : Topic.read(broker, "blocks")) {
      malformed += counted(found).get("malformed");
      rows += counted(found).get("rows");
    }
    assertThat(malformed, is(5L));
    assertThat(rows, greaterThan(ROWS + 300L));
  }
}
