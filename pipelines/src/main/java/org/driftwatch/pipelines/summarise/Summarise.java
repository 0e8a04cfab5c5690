package org.driftwatch.pipelines.summarise;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.detector.RunConfiguration;

/**
 * Reduces the hits of each window to its counts: combined inside the bundle, merged shard by shard,
 * added up over the shards. The windowing and triggering are the input's; where its panes
 * accumulate, each pane that comes out is whole and replaces the one before.
 */
public final class Summarise extends PTransform<PCollection<HitBlock>, PCollection<WindowCounts>> {
  private static final long serialVersionUID = 1;

  private final HistogramCombiner combiner;
  private final int shards;

  /**
   * A summary by this run configuration.
   *
   * @param shards into how many parts, by orbit, the work of a window is divided
   */
  public Summarise(RunConfiguration run, int shards) {
    combiner = new HistogramCombiner(run);
    this.shards = shards;
  }

  @Override
  public PCollection<WindowCounts> expand(PCollection<HitBlock> hits) {
    return hits.apply("Combine in bundle", ParDo.of(new CombineInBundle(combiner, shards)))
        .setCoder(KvCoder.of(VarIntCoder.of(), HitAccumulatorCoder.of()))
        .apply("Group by shard", GroupByKey.create())
        .apply("Merge shard", ParDo.of(new MergeShard(combiner)))
        .setCoder(KvCoder.of(VarIntCoder.of(), ShardCountsCoder.of()))
        .apply("Group shards", GroupByKey.create())
        .apply("Add up shards", ParDo.of(new AddUpShards()))
        .setCoder(WindowCountsCoder.of());
  }

  /** Merges the accumulators of a shard and extracts its counts. */
  private static final class MergeShard
      extends DoFn<KV<Integer, Iterable<HitAccumulator>>, KV<Integer, ShardCounts>> {
    private static final long serialVersionUID = 1;
    private static final int ONE_KEY = 0;

    private final Combine.CombineFn<HitBlock, HitAccumulator, WindowCounts> combiner;

    MergeShard(HistogramCombiner combiner) {
      this.combiner = combiner;
    }

    @ProcessElement
    public void merge(
        @Element KV<Integer, Iterable<HitAccumulator>> shard,
        PaneInfo pane,
        OutputReceiver<KV<Integer, ShardCounts>> out) {
      WindowCounts counts = combiner.extractOutput(combiner.mergeAccumulators(shard.getValue()));
      out.output(KV.of(ONE_KEY, new ShardCounts(shard.getKey(), pane.getIndex(), counts)));
    }
  }

  /** Adds up the latest pane of each shard. */
  private static final class AddUpShards
      extends DoFn<KV<Integer, Iterable<ShardCounts>>, WindowCounts> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void add(
        @Element KV<Integer, Iterable<ShardCounts>> window, OutputReceiver<WindowCounts> out) {
      Map<Integer, ShardCounts> latest = new HashMap<>();
      for (ShardCounts shard : window.getValue()) {
        latest.merge(shard.shard(), shard, (a, b) -> a.pane() >= b.pane() ? a : b);
      }
      out.output(WindowCounts.sum(latest.values().stream().map(ShardCounts::counts).toList()));
    }
  }
}
