package org.driftwatch.pipelines.summarise;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.orbits.OrbitMerge;
import org.driftwatch.pipelines.testing.Course;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CombineInBundleTest {
  private static final HistogramCombiner COMBINER = Course.combiner();
  private static final Instant NOW = Instant.ofEpochMilli(1_795_207_009_999L);
  private static final int BLOCKS = 12;
  private static final int BLOCK = 500;

  @ParameterizedTest
  @CsvSource({
    // shards, hits packed at a time, hits of the largest run then
    "1, 1000000, 6000",
    "1, 1200, 1500",
    "3, 1000000, 6000",
    "3, 500, 500",
    "3, 1200, 1500",
    "16, 1, 500",
  })
  void hitsThatArePackedWhileABundleGoesOnGiveTheSameSummary(
      int shards, int packedAt, int largest) {
    Random random = Seed.random("bundle");
    List<WordBlock> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(new WordBlock(BLOCK, i, hits(random)));
    }
    CombineInBundle.CombineFn step = new CombineInBundle.CombineFn(COMBINER, shards, packedAt);
    Map<Integer, HitAccumulator> parts = new HashMap<>();

    step.startBundle();
    blocks.forEach(block -> step.add(block, NOW, GlobalWindow.INSTANCE));
    step.finishBundle(into(step, parts));

    Map<Long, Integer> shardOf = new HashMap<>();
    List<ShardCounts> counts = new ArrayList<>();
    parts.forEach(
        (shard, part) -> {
          counts.add(new ShardCounts(shard, 1, COMBINER.extractOutput(part)));
          part.packed().forEach(run -> assertThat(run.size(), lessThanOrEqualTo(largest)));
          OrbitMerge orbits = new OrbitMerge(part.packed(), Course.PACKING.stepBits());
          while (orbits.next()) {
            assertThat("orbit of one shard", shardOf.put(orbits.orbit(), shard), is(nullValue()));
          }
        });
    assertThat(
        summary(ShardCounts.whole(counts).orElseThrow().counts()),
        is(summary(COMBINER.apply(blocks))));
  }

  @SuppressWarnings("NonCanonicalType") // Java names the inner class of an object only so.
  private static DoFn<WordBlock, KV<Integer, HitAccumulator>>.FinishBundleContext into(
      CombineInBundle.CombineFn step, Map<Integer, HitAccumulator> parts) {
    return step.new FinishBundleContext() {
      @Override
      public PipelineOptions getPipelineOptions() {
        return PipelineOptionsFactory.create();
      }

      @Override
      public void output(
          KV<Integer, HitAccumulator> part, Instant timestamp, BoundedWindow window) {
        assertThat("one part of a shard", parts.put(part.getKey(), part.getValue()), nullValue());
      }

      @Override
      public <T> void output(TupleTag<T> tag, T part, Instant timestamp, BoundedWindow window) {
        throw new UnsupportedOperationException("there is one output");
      }
    };
  }

  private static String summary(WindowCounts counts) {
    return new String(
        SummaryJson.write(counts.summary(Course.DETECTOR, Optional.empty(), 0)),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Hits of a few hundred orbits here and there, in any order. */
  private static long[] hits(Random random) {
    return random
        .longs(BLOCK, 0, 300)
        .map(orbit -> Course.hit(random.nextInt(2), random.nextInt(129), orbit * 777, 100, 0))
        .map(word -> Course.packed(word, random.nextInt(258)))
        .toArray();
  }
}
