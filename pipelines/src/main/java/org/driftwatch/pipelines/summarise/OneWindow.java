package org.driftwatch.pipelines.summarise;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;
import org.driftwatch.pipelines.orbits.HitAccumulator;

/** A static batch: everything is in one window, which nothing refines. */
public final class OneWindow implements Windowing {
  private static final long serialVersionUID = 1;

  /** An empty block comes with the others: a batch of no records has a result, too. */
  @Override
  public PTransform<PCollection<WordBlock>, PCollection<WordBlock>> assign() {
    return PTransform.compose(
        blocks ->
            PCollectionList.of(blocks)
                .and(
                    blocks
                        .getPipeline()
                        .apply(
                            "Empty block",
                            Create.of(new WordBlock(0, 0, new long[0]))
                                .withCoder(WordBlockCoder.of())))
                .apply("With an empty block", Flatten.pCollections()));
  }

  @Override
  public PTransform<
          PCollection<KV<Integer, Iterable<HitAccumulator>>>, PCollection<KV<Integer, ShardCounts>>>
      count(HistogramCombiner combiner) {
    return PTransform.compose(
        shards ->
            shards
                .apply("Merge and count", ParDo.of(new CountFn(combiner)))
                .setCoder(KvCoder.of(VarIntCoder.of(), ShardCountsCoder.of())));
  }

  private static final class CountFn
      extends DoFn<KV<Integer, Iterable<HitAccumulator>>, KV<Integer, ShardCounts>> {
    private static final long serialVersionUID = 1;

    private final HistogramCombiner combiner;

    CountFn(HistogramCombiner combiner) {
      this.combiner = combiner;
    }

    @ProcessElement
    public void count(
        @Element KV<Integer, Iterable<HitAccumulator>> shard,
        OutputReceiver<KV<Integer, ShardCounts>> out) {
      WindowCounts counts = combiner.extractOutput(combiner.mergeAccumulators(shard.getValue()));
      out.output(KV.of(ShardCounts.ONE_KEY, new ShardCounts(shard.getKey(), 1, counts)));
    }
  }
}
