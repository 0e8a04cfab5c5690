package org.driftwatch.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.RecordBlockCoder;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.AsReference;
import org.driftwatch.pipelines.testing.Blocks;
import org.driftwatch.pipelines.testing.SimulatedStream;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** The promise: results depend on the records alone. */
class AnySplitOfTheRecordsTest {
  private static final long START = Instant.parse("2026-11-20T20:36:45.000Z").getMillis();
  private static final long SPAN = 15_000;

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
        List<TimestampedValue<RecordBlock>> blocks = new ArrayList<>();
        for (RecordBlock block : Blocks.split(records, random)) {
          blocks.add(TimestampedValue.of(block, Blocks.earliest(block)));
        }
        assertAsReference(
            pipeline,
            name,
            Create.timestamped(blocks).withCoder(RecordBlockCoder.of()),
            shards,
            reference(records),
            0);
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
      assertAsReference(
          pipeline, name, stream.advanceWatermarkToInfinity(), shards, reference(records), bundles);
      pipeline.run();
    }
  }

  private static TestPipeline pipeline() {
    return TestPipeline.create().enableAbandonedNodeEnforcement(false);
  }

  private static SortedMap<String, JsonNode> reference(List<StreamRecord> records) {
    return ReferenceMonitor.summaries(
        records, Duration.ofMillis(Messages.WINDOW.getMillis()), Messages.COURSE);
  }

  private static void assertAsReference(
      Pipeline pipeline,
      String name,
      PTransform<PBegin, PCollection<RecordBlock>> read,
      int shards,
      SortedMap<String, JsonNode> expected,
      int lastRevision) {
    Messages.check(
        pipeline,
        name,
        read,
        shards,
        messages ->
            PAssert.that(messages).satisfies(new AsReference(name, expected, lastRevision)));
  }
}
