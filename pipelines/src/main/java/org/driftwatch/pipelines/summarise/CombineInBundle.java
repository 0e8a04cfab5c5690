package org.driftwatch.pipelines.summarise;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Runs the histogram combiner over the hits of a bundle and gives one accumulator for each window
 * and shard: no single hit reaches a shuffle. An orbit always goes to the same shard.
 */
final class CombineInBundle extends DoFn<HitBlock, KV<Integer, HitAccumulator>> {
  private static final long serialVersionUID = 1;

  private final HistogramCombiner combiner;
  private final int shards;
  private transient @Nullable Map<BoundedWindow, Part> parts;

  CombineInBundle(HistogramCombiner combiner, int shards) {
    this.combiner = combiner;
    this.shards = shards;
  }

  /** The part of the bundle that lies in one window. */
  private static final class Part {
    private HitAccumulator hits;
    private Instant earliest;

    Part(HitAccumulator empty, Instant timestamp) {
      hits = empty;
      earliest = timestamp;
    }
  }

  @StartBundle
  public void startBundle() {
    parts = new HashMap<>();
  }

  @ProcessElement
  public void add(@Element HitBlock block, @Timestamp Instant timestamp, BoundedWindow window) {
    Part part =
        parts.computeIfAbsent(window, w -> new Part(combiner.createAccumulator(), timestamp));
    if (timestamp.isBefore(part.earliest)) {
      part.earliest = timestamp;
    }
    part.hits = combiner.addInput(part.hits, block);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    parts.forEach(
        (window, part) -> {
          HitAccumulator[] split = part.hits.split(shards);
          for (int shard = 0; shard < shards; shard++) {
            if (shard == ShardCounts.FIRST || split[shard].size() > 0) {
              context.output(KV.of(shard, split[shard]), part.earliest, window);
            }
          }
        });
    parts = null;
  }
}
