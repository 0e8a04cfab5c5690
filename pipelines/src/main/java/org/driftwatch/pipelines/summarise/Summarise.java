package org.driftwatch.pipelines.summarise;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.RunConfiguration;

/**
 * Reduces hits to counts: combined inside the bundle, merged shard by shard, the shards brought
 * together for {@link ShardCounts#whole} to add up. Of a stream, one result for each fixed window
 * at the watermark, and a whole new one whenever late records have refined it; of a batch, one
 * result.
 *
 * <p>It ends with a grouping, and who publishes adds up and sends in one step right behind it: both
 * runners hand the panes of a key to the step behind a grouping one after another, but whatever
 * comes after that step may be done side by side, and a refinement overtake the one before it.
 */
public final class Summarise
    extends PTransform<PCollection<HitBlock>, PCollection<KV<Integer, Iterable<ShardCounts>>>> {
  private static final long serialVersionUID = 1;

  private final HistogramCombiner combiner;
  private final int shards;
  private final @Nullable FixedWindowing windowing;

  private Summarise(RunConfiguration run, int shards, @Nullable FixedWindowing windowing) {
    combiner = new HistogramCombiner(run);
    this.shards = shards;
    this.windowing = windowing;
  }

  /**
   * A summary of each window.
   *
   * @param shards into how many parts, by orbit, the work of a window is divided
   */
  public static Summarise windows(RunConfiguration run, int shards, FixedWindowing windowing) {
    return new Summarise(run, shards, windowing);
  }

  /**
   * A summary of everything.
   *
   * @param shards into how many parts, by orbit, the work is divided
   */
  public static Summarise batch(RunConfiguration run, int shards) {
    return new Summarise(run, shards, null);
  }

  @Override
  public PCollection<KV<Integer, Iterable<ShardCounts>>> expand(PCollection<HitBlock> hits) {
    PCollection<HitBlock> laid =
        windowing == null ? hits : hits.apply("Lay windows", windowing.parts());
    PCollection<KV<Integer, Iterable<HitAccumulator>>> parts =
        laid.apply("Combine in bundle", ParDo.of(new CombineInBundle(combiner, shards)))
            .setCoder(KvCoder.of(VarIntCoder.of(), HitAccumulatorCoder.of()))
            .apply("Group by shard", GroupByKey.create());
    PCollection<KV<Integer, ShardCounts>> counted =
        windowing == null
            ? parts
                .apply("Merge and count", ParDo.of(new CountShard(combiner)))
                .setCoder(KvCoder.of(VarIntCoder.of(), ShardCountsCoder.of()))
            : parts.apply("Refine", new Refine(combiner, windowing));
    return counted.apply("Group shards", GroupByKey.create());
  }

  /** Merges and counts a shard that nothing will refine. */
  private static final class CountShard
      extends DoFn<KV<Integer, Iterable<HitAccumulator>>, KV<Integer, ShardCounts>> {
    private static final long serialVersionUID = 1;
    private static final int ONE_KEY = 0;

    private final HistogramCombiner combiner;

    CountShard(HistogramCombiner combiner) {
      this.combiner = combiner;
    }

    @ProcessElement
    public void count(
        @Element KV<Integer, Iterable<HitAccumulator>> shard,
        OutputReceiver<KV<Integer, ShardCounts>> out) {
      WindowCounts counts = combiner.extractOutput(combiner.mergeAccumulators(shard.getValue()));
      out.output(KV.of(ONE_KEY, new ShardCounts(shard.getKey(), 1, counts)));
    }
  }
}
