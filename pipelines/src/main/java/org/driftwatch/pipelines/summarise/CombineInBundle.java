package org.driftwatch.pipelines.summarise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.orbits.HitAccumulatorCoder;
import org.joda.time.Instant;

/**
 * Runs the histogram combiner over the hits of a bundle and gives one accumulator for each window
 * and shard: no single hit reaches a shuffle. An orbit always goes to the same shard.
 *
 * <p>A bundle may be a long backlog: hits are packed whenever {@value #MOST_LOOSE} of a window are
 * there, since they take eight bytes each until then and as much again to be sorted; and when the
 * next ones are of another group.
 */
public final class CombineInBundle
    extends PTransform<PCollection<WordBlock>, PCollection<KV<Integer, HitAccumulator>>> {
  private static final long serialVersionUID = 1;
  private static final int MOST_LOOSE = 1 << 22;

  private final HistogramCombiner combiner;
  private final int shards;

  /**
   * A combination for each window and shard.
   *
   * @param combiner the aggregation
   * @param shards into how many parts, by orbit, the work of a window is divided
   */
  public CombineInBundle(HistogramCombiner combiner, int shards) {
    this.combiner = combiner;
    this.shards = shards;
  }

  @Override
  public PCollection<KV<Integer, HitAccumulator>> expand(PCollection<WordBlock> hits) {
    return hits.apply("Combine", ParDo.of(new CombineFn(combiner, shards, MOST_LOOSE)))
        .setCoder(KvCoder.of(VarIntCoder.of(), HitAccumulatorCoder.of()));
  }

  /** The step itself. */
  static final class CombineFn extends DoFn<WordBlock, KV<Integer, HitAccumulator>> {
    private static final long serialVersionUID = 1;

    private final HistogramCombiner combiner;
    private final int shards;
    private final int mostLoose;
    private transient @Nullable Map<BoundedWindow, Part> parts;

    /**
     * A step that packs hits while a bundle goes on.
     *
     * @param mostLoose so many hits of a window are packed at a time
     */
    CombineFn(HistogramCombiner combiner, int shards, int mostLoose) {
      this.combiner = combiner;
      this.shards = shards;
      this.mostLoose = mostLoose;
    }

    /** The part of the bundle that lies in one window. */
    private final class Part {
      private final List<HitAccumulator[]> packed = new ArrayList<>();
      private HitAccumulator loose = combiner.createAccumulator();
      private Instant earliest;

      Part(Instant timestamp) {
        earliest = timestamp;
      }

      void add(WordBlock block, Instant timestamp) {
        if (timestamp.isBefore(earliest)) {
          earliest = timestamp;
        }
        if (!loose.takes(block)) {
          pack();
        }
        loose = combiner.addInput(loose, block);
        if (loose.size() >= mostLoose) {
          pack();
        }
      }

      /** What is there of each shard. */
      List<HitAccumulator> split() {
        pack();
        List<HitAccumulator> merged = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
          int of = shard;
          merged.add(combiner.mergeAccumulators(packed.stream().map(split -> split[of]).toList()));
        }
        return merged;
      }

      private void pack() {
        packed.add(loose.split(shards));
        loose = combiner.createAccumulator();
      }
    }

    @StartBundle
    public void startBundle() {
      parts = new HashMap<>();
    }

    @ProcessElement
    public void add(@Element WordBlock block, @Timestamp Instant timestamp, BoundedWindow window) {
      parts.computeIfAbsent(window, w -> new Part(timestamp)).add(block, timestamp);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      parts.forEach(
          (window, part) -> {
            List<HitAccumulator> split = part.split();
            for (int shard = 0; shard < shards; shard++) {
              if (shard == HitAccumulator.FIRST_SHARD || split.get(shard).size() > 0) {
                context.output(KV.of(shard, split.get(shard)), part.earliest, window);
              }
            }
          });
      parts = null;
    }
  }
}
