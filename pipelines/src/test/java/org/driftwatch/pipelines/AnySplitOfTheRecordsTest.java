package org.driftwatch.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.driftwatch.detector.testing.RandomDescriptions;
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
import org.driftwatch.pipelines.testing.SimulatedStream;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The promise: results depend on the records alone. */
class AnySplitOfTheRecordsTest {
  private static final long START = Instant.parse("2026-11-20T20:36:45.000Z").getMillis();
  private static final long SPAN = 15_000;
  private static final Duration WINDOW = Duration.ofMillis(Messages.WINDOW.getMillis());
  private static final int DETECTORS = 12;

  @Test
  void anySplitIntoBlocksBundlesShardsAndOrdersGivesTheReferencesSummaries() {
    Random random = Seed.random("any split");
    for (int round = 0; round < 4; round++) {
      List<StreamRecord> records = new SimulatedStream(random).records(300, START, START + SPAN);
      TestPipeline pipeline = pipeline();
      for (int split = 0; split < 6; split++) {
        Collections.shuffle(records, random);
        int shards = 1 + random.nextInt(5);
        String name = "round " + round + " split " + split + " in " + shards + " shards";
        assertAsReference(
            pipeline, name, read(records, random), shards, Course.BOTH, WINDOW, reference(records));
      }
      pipeline.run();
    }
  }

  @Test
  void recordsInTimeAndLateInAnyOrderEndAsTheReferencesSummaries() {
    Random random = Seed.random("any lateness");
    for (int round = 0; round < 8; round++) {
      List<StreamRecord> records = new SimulatedStream(random).records(150, START, START + SPAN);
      Collections.shuffle(records, random);
      int shards = 1 + random.nextInt(4);
      long watermark = START - 1000;
      TestStream.Builder<RecordBlock> stream =
          TestStream.create(RecordBlockCoder.of())
              .advanceWatermarkTo(Instant.ofEpochMilli(watermark));
      int from = 0;
      int bundles = 0;
      while (from < records.size()) {
        int to = Math.min(records.size(), from + 1 + random.nextInt(40));
        RecordBlock block = Blocks.of(records.subList(from, to), from, watermark);
        stream = stream.addElements(TimestampedValue.of(block, Blocks.earliest(block)));
        from = to;
        bundles++;
        if (random.nextBoolean()) {
          watermark += random.nextInt(6_000);
          stream = stream.advanceWatermarkTo(Instant.ofEpochMilli(watermark));
        }
      }
      TestPipeline pipeline = pipeline();
      String name = "round " + round + " in " + shards + " shards";
      AsReference check = new AsReference(name, reference(records), bundles);
      Messages.check(
          pipeline,
          name,
          stream.advanceWatermarkToInfinity(),
          shards,
          messages -> PAssert.that(messages).satisfies(check));
      pipeline.run();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // bits of the orbit counter, crossings of an orbit, window in s: it holds
    "8, 3564, 5", // 219 turns
    "12, 3564, 5", // 13 turns
    "16, 3564, 5", // not a whole one
    "19, 3564, 120", // two and a half
    "32, 1, 240", // two of a counter without orbits
    "32, 3564, 5",
    "48, 3564, 5",
    "64, 3564, 5",
  })
  void turnsOfACounterAreToldApartHoweverTheRecordsAreSplit(
      int orbitBits, int crossings, int seconds) {
    Random random = Seed.random("turns of a counter");
    Detector detector = withCounter(orbitBits, crossings);
    Duration window = Duration.ofSeconds(seconds);
    long start = START - START % window.toMillis();
    List<StreamRecord> records =
        new DetectorStream(random, detector.description())
            .records(200, start, start + 2 * window.toMillis());
    SortedMap<String, JsonNode> expected =
        ReferenceMonitor.summaries(records, window, detector.json());
    TestPipeline pipeline = pipeline();
    for (int split = 0; split < 4; split++) {
      Collections.shuffle(records, random);
      int shards = 1 + random.nextInt(5);
      String name = "split " + split + " in " + shards + " shards";
      assertAsReference(pipeline, name, read(records, random), shards, detector, window, expected);
    }
    pipeline.run();
  }

  private static Detector withCounter(int orbitBits, int crossings) {
    return Course.BOTH.with(
        tree -> {
          ObjectNode clock = (ObjectNode) tree.get("clock");
          clock.put("orbitBits", orbitBits).put("crossingsPerOrbit", crossings);
          for (JsonNode field : tree.at("/record/fields")) {
            boolean isOrbit = field.get("is").textValue().equals("orbit");
            ((ObjectNode) field)
                .remove(isOrbit ? List.of("lowestBit", "bits") : List.of("lowestBit"));
          }
        });
  }

  private static PTransform<PBegin, PCollection<RecordBlock>> read(
      List<StreamRecord> records, Random random) {
    List<TimestampedValue<RecordBlock>> blocks = new ArrayList<>();
    for (RecordBlock block : Blocks.split(records, random)) {
      blocks.add(TimestampedValue.of(block, Blocks.earliest(block)));
    }
    return Create.timestamped(blocks).withCoder(RecordBlockCoder.of());
  }

  private static void assertAsReference(
      Pipeline pipeline,
      String name,
      PTransform<PBegin, PCollection<RecordBlock>> read,
      int shards,
      Detector detector,
      Duration window,
      SortedMap<String, JsonNode> expected) {
    Messages.check(
        pipeline,
        name,
        read,
        shards,
        detector.description(),
        org.joda.time.Duration.millis(window.toMillis()),
        messages -> PAssert.that(messages).satisfies(new AsReference(name, expected, 0)));
  }

  /** Detectors that nobody has built: other ones with each seed. */
  @Test
  void anyDetectorsStreamGivesTheReferencesSummaries() {
    Random random = Seed.random("any detector");
    RandomDescriptions descriptions = new RandomDescriptions(random);
    for (int i = 0; i < DETECTORS; i++) {
      Detector detector = Detector.of(descriptions.next());
      List<StreamRecord> records =
          new DetectorStream(random, detector.description()).records(80, START, START + SPAN);
      Collections.shuffle(records, random);
      int shards = 1 + random.nextInt(4);
      String name = i + " " + detector.json();
      TestPipeline pipeline = pipeline();
      assertAsReference(
          pipeline,
          name,
          read(records, random),
          shards,
          detector,
          WINDOW,
          ReferenceMonitor.summaries(records, WINDOW, detector.json()));
      pipeline.run();
    }
  }

  private static TestPipeline pipeline() {
    return TestPipeline.create().enableAbandonedNodeEnforcement(false);
  }

  private static SortedMap<String, JsonNode> reference(List<StreamRecord> records) {
    return ReferenceMonitor.summaries(records, WINDOW, Course.JSON);
  }
}
