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
    private final HitAccumulator[] shards;
    private Instant earliest;

    Part(int shards, Instant timestamp) {
      this.shards = new HitAccumulator[shards];
      earliest = timestamp;
    }
  }

  @StartBundle
  public void startBundle() {
    parts = new HashMap<>();
  }

  @ProcessElement
  public void add(@Element HitBlock block, @Timestamp Instant timestamp, BoundedWindow window) {
    Part part = parts.computeIfAbsent(window, w -> new Part(shards, timestamp));
    if (timestamp.isBefore(part.earliest)) {
      part.earliest = timestamp;
    }
    if (shards == 1) {
      addTo(part, 0, block);
    } else {
      split(part, block);
    }
  }

  private void split(Part part, HitBlock block) {
    int[] sizes = new int[shards];
    for (long hit : block.hits()) {
      sizes[shard(hit)]++;
    }
    long[][] split = new long[shards][];
    for (int shard = 0; shard < shards; shard++) {
      split[shard] = new long[sizes[shard]];
      sizes[shard] = 0;
    }
    for (long hit : block.hits()) {
      int shard = shard(hit);
      split[shard][sizes[shard]++] = hit;
    }
    // Trigger words and malformed records have no orbit: they go with the first shard.
    long withoutOrbit = block.records() - block.hits().length;
    boolean rest = withoutOrbit > 0 || block.malformed() > 0 || block.hits().length == 0;
    for (int shard = 0; shard < shards; shard++) {
      int hits = split[shard].length;
      if (shard == 0 && rest) {
        addTo(part, 0, new HitBlock(hits + withoutOrbit, block.malformed(), split[0]));
      } else if (hits > 0) {
        addTo(part, shard, new HitBlock(hits, 0, split[shard]));
      }
    }
  }

  private int shard(long hit) {
    int mixed = (int) PackedHit.orbit(hit) * 0x9E3779B1;
    return Math.floorMod(mixed ^ mixed >>> 16, shards);
  }

  private void addTo(Part part, int shard, HitBlock block) {
    HitAccumulator accumulator = part.shards[shard];
    part.shards[shard] =
        combiner.addInput(accumulator == null ? combiner.createAccumulator() : accumulator, block);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    parts.forEach(
        (window, part) -> {
          for (int shard = 0; shard < shards; shard++) {
            if (part.shards[shard] != null) {
              context.output(KV.of(shard, part.shards[shard]), part.earliest, window);
            }
          }
        });
    parts = null;
  }
}
