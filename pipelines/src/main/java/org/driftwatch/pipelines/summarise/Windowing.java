package org.driftwatch.pipelines.summarise;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.CounterSpan;
import org.driftwatch.pipelines.orbits.HitAccumulator;

/**
 * The windows that hits are counted in: those of a stream, by when records were stamped, or those
 * of a batch, by the orbit counter.
 */
public interface Windowing extends Serializable {
  /**
   * Packs the hits of many blocks, or of a large one, and divides them by orbit: no single hit
   * reaches a shuffle. An orbit always goes to the same shard.
   *
   * @param combiner the aggregation
   * @param shards into how many parts, by orbit, the work is divided
   */
  PTransform<PCollection<WordBlock>, PCollection<KV<Integer, HitAccumulator>>> combine(
      HistogramCombiner combiner, int shards);

  /**
   * Counts what was grouped of a shard, window by window: all of it, in each result.
   *
   * @param combiner the aggregation
   * @param counter what the orbit counter did in the files of a batch; nothing of a stream
   */
  PTransform<
          PCollection<KV<Integer, Iterable<HitAccumulator>>>, PCollection<KV<Integer, ShardCounts>>>
      count(HistogramCombiner combiner, PCollection<CounterSpan> counter);
}
