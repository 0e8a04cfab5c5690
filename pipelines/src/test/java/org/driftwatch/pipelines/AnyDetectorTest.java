package org.driftwatch.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.TimestampedValue;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.RecordBlockCoder;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.AsReference;
import org.driftwatch.pipelines.testing.Blocks;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.Detector;
import org.driftwatch.pipelines.testing.DetectorStream;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs, chambers, scintillators and clocks that the course's detector does not have. */
@ExtendWith(TestPipelineExtension.class)
class AnyDetectorTest {
  private static final long START = Instant.parse("2026-11-20T20:36:45.000Z").getMillis();
  private static final Duration WINDOW = Duration.ofMillis(Messages.WINDOW.getMillis());
  private static final String KEY = ReferenceMonitor.iso(START);

  @Test
  void hitsOfDifferentRunsAreNeverOfOneOrbitAndAWindowInWhichTheRunChangesSaysBoth(
      TestPipeline pipeline) {
    Detector detector = Detector.shipped("daq-blocks");
    List<StreamRecord> records =
        List.of(
            block(591, daqHit(0, 7, 1000)),
            block(592, daqHit(0, 7, 1000), daqHit(1, 128, 1000)),
            block(591, daqHit(0, 8, 1000)));

    JsonNode summary = check(pipeline, detector, records).get(KEY);

    assertThat(summary.get("run").toString(), is("[591,592]"));
    assertThat(summary.get("orbits").intValue(), is(2));
    assertThat(counts(summary, "histo_orbit_ch0").subList(0, 2), is(List.of(1, 1)));
    assertThat(
        "the gate is open in its own run only",
        counts(summary, "histo_scint_ch0").stream().mapToInt(n -> n).sum(),
        is(1));
  }

  @Test
  void theRunMayStandInAFieldOfEachRecord(TestPipeline pipeline) {
    Detector detector =
        Course.BOTH.with(
            tree -> {
              ArrayNode fields = (ArrayNode) tree.at("/record/fields");
              fields.forEach(field -> ((ObjectNode) field).remove("lowestBit"));
              fields.addObject().put("is", "run").put("name", "/meta/run").put("bits", 63);
            });
    String csv = "2,0,5,1000,100,7,";

    JsonNode summary =
        check(
                pipeline,
                detector,
                List.of(
                    text(csv + "592\n" + csv + "0\n" + csv + "592"),
                    text(csv + Long.MAX_VALUE),
                    text("4,0,5,1000,100,7.5,593")))
            .get(KEY);

    assertThat(summary.get("run").toString(), is("[0,592,593,9223372036854775807]"));
    assertThat(summary.get("orbits").intValue(), is(3));
    assertThat(counts(summary, "histo_orbit_ch0").get(0), is(3));
    assertThat(counts(summary, "histo_ch0").get(5), is(4));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aStreamWithoutRunNumbersSaysNothingOfRuns(int shards, TestPipeline pipeline) {
    JsonNode summary =
        check(pipeline, Course.BOTH, List.of(text("2,0,5,1000,100,7")), shards).get(KEY);

    assertThat(summary.has("run"), is(false));
  }

  @ParameterizedTest
  @CsvSource({
    // chambers and the cells of each: layers x wires
    "1x1",
    "4x16",
    "32x32",
    "8x90 8x90 8x90 8x90 8x90 8x90 8x90 8x90 8x90 8x90 8x90 8x90 8x90 8x90 8x90 8x90",
    "1x1 4x16 2x3 32x32 1x65",
  })
  void chambersOfAnyNumberAndSizeGiveTheReferencesSummary(String chambers, TestPipeline pipeline) {
    Random random = Seed.random("chambers " + chambers);
    Detector detector = withChambers(chambers.split(" "));
    List<StreamRecord> records =
        new DetectorStream(random, detector.description()).records(24, START, START + 12_000);

    SortedMap<String, JsonNode> summaries = check(pipeline, detector, records, 2);

    assertThat(
        summaries.get(KEY).get("hitsPerChamber").size(),
        is(detector.description().chambers().size()));
  }

  @Test
  void theEarliestOfSeveralScintillatorsOpensTheGate(TestPipeline pipeline) {
    Detector detector =
        Course.BOTH.with(
            tree ->
                ((ArrayNode) tree.get("scintillators"))
                    .addObject()
                    .put("board", 0)
                    .put("channel", 200));

    JsonNode summary =
        check(
                pipeline,
                detector,
                List.of(text("2,0,5,1000,110,0\n2,1,128,1000,104,0\n2,0,200,1000,100,0")))
            .get(KEY);

    assertThat(summary.get("scintillator_hits").intValue(), is(2));
    // 10 crossings and 93.9 ns make 343.9 ns, in the bin of 340.
    assertThat(counts(summary, "histo_drift_ch0").get((340 + 150) / 10), is(1));
  }

  @Test
  void withoutAScintillatorNoGateOpens(TestPipeline pipeline) {
    Detector detector =
        Course.BOTH.with(tree -> ((ArrayNode) tree.get("scintillators")).removeAll());

    JsonNode summary =
        check(pipeline, detector, List.of(text("2,0,5,1000,110,0\n2,1,128,1000,104,0"))).get(KEY);

    assertThat(summary.get("scintillator_hits").intValue(), is(0));
    assertThat(summary.get("other_hits").intValue(), is(1));
    assertThat(counts(summary, "histo_scint_ch0").get(5), is(0));
  }

  @ParameterizedTest
  @CsvSource({
    // of the scintillator and of the hit: crossing; what counts the drift time
    "0, 500000, overflow",
    "500000, 0, underflow",
  })
  void driftTimesFarBeyondTheEdgesAreStillBeyondThem(
      int opened, int crossing, String flow, TestPipeline pipeline) {
    Detector detector =
        Course.BOTH.with(
            tree -> {
              ((ObjectNode) tree.get("clock"))
                  .put("crossingNs", 1_000_000)
                  .put("crossingsPerOrbit", 1 << 19);
              for (JsonNode field : tree.at("/record/fields")) {
                ((ObjectNode) field).remove("lowestBit");
                if (field.get("is").textValue().equals("crossing")) {
                  ((ObjectNode) field).put("bits", 19);
                }
              }
            });

    JsonNode summary =
        check(
                pipeline,
                detector,
                List.of(text("2,1,128,7," + opened + ",0\n2,0,5,7," + crossing + ",0")))
            .get(KEY);

    assertThat(summary.get("histo_drift_ch0").get(flow).intValue(), is(1));
  }

  private static Detector withChambers(String... sizes) {
    return Course.BOTH.with(
        tree -> {
          // What is expected of the course's chambers is not expected of others.
          tree.remove("expected");
          // Each chamber has a board, and its cells are the board's first channels.
          for (JsonNode field : tree.at("/record/fields")) {
            ObjectNode of = (ObjectNode) field;
            of.remove("lowestBit");
            switch (of.get("is").textValue()) {
              case "board" -> of.put("bits", 5);
              case "channel" -> of.put("bits", 11);
              default -> {}
            }
          }
          ArrayNode chambers = (ArrayNode) tree.get("chambers");
          ObjectNode like = (ObjectNode) chambers.get(0);
          chambers.removeAll();
          for (int i = 0; i < sizes.length; i++) {
            String[] size = sizes[i].split("x", -1);
            int layers = Integer.parseInt(size[0]);
            ObjectNode chamber = like.deepCopy().put("name", "chamber " + i).put("board", i);
            chamber.put("firstChannel", i % 2).put("layers", layers);
            chamber.put("wires", Integer.parseInt(size[1]));
            ArrayNode order = chamber.putArray("layerOrder");
            for (int layer = layers; layer > 0; layer--) {
              order.add(layer);
            }
            chamber.remove(List.of("layerShifts", "deadCells", "weakCells", "hotCells"));
            chambers.add(chamber);
          }
          ArrayNode scintillators = ((ArrayNode) tree.get("scintillators")).removeAll();
          scintillators.addObject().put("board", 16).put("channel", 0);
          scintillators.addObject().put("board", 0).put("channel", 2047);
        });
  }

  /** A word of the laboratory's DAQ: a hit at crossing 100. */
  private static long daqHit(int board, int channel, long orbit) {
    return 1L << 62 | (long) board << 58 | (long) channel << 49 | orbit << 17 | 100 << 5 | 1;
  }

  private static StreamRecord block(long run, long... words) {
    ByteBuffer block =
        ByteBuffer.allocate((1 + words.length) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    block.putLong(run);
    Arrays.stream(words).forEach(block::putLong);
    return new StreamRecord(block.array(), ValueFormat.UNMARKED, START + 1);
  }

  private static StreamRecord text(String text) {
    return new StreamRecord(text.getBytes(StandardCharsets.UTF_8), ValueFormat.UNMARKED, START + 1);
  }

  private static List<Integer> counts(JsonNode summary, String histogram) {
    List<Integer> counts = new ArrayList<>();
    summary.get(histogram).get("bin_counts").forEach(count -> counts.add(count.intValue()));
    return counts;
  }

  private static SortedMap<String, JsonNode> check(
      TestPipeline pipeline, Detector detector, List<StreamRecord> records) {
    return check(pipeline, detector, records, 1);
  }

  /** What the reference says of the records, which is what the pipeline says. */
  private static SortedMap<String, JsonNode> check(
      TestPipeline pipeline, Detector detector, List<StreamRecord> records, int shards) {
    SortedMap<String, JsonNode> expected =
        ReferenceMonitor.summaries(records, WINDOW, detector.json());
    TestStream.Builder<RecordBlock> stream =
        TestStream.create(RecordBlockCoder.of()).advanceWatermarkTo(Instant.ofEpochMilli(START));
    // Each record in a bundle of its own, and every other one late.
    for (int i = 0; i < records.size(); i++) {
      RecordBlock block = Blocks.of(records.subList(i, i + 1), i, Long.MIN_VALUE);
      stream = stream.addElements(TimestampedValue.of(block, Blocks.earliest(block)));
      if (i == records.size() / 2) {
        stream = stream.advanceWatermarkTo(Instant.ofEpochMilli(START + 3 * WINDOW.toMillis()));
      }
    }
    Messages.check(
        pipeline,
        "any detector",
        stream.advanceWatermarkToInfinity(),
        shards,
        detector.description(),
        Messages.WINDOW,
        messages ->
            PAssert.that(messages)
                .satisfies(new AsReference(detector.toString(), expected, records.size())));
    pipeline.run();
    return expected;
  }
}
