package org.driftwatch.pipelines.summarise;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.HitAccumulator;

/** The windows that hits are counted in: those of a stream, or the one of a batch. */
public interface Windowing extends Serializable {
  /** Assigns the windows to the blocks, each of which lies in one. */
  PTransform<PCollection<WordBlock>, PCollection<WordBlock>> assign();

  /**
   * Counts what was grouped of a window and shard: all of it, in each result.
   *
   * @param combiner the aggregation
   */
  PTransform<
          PCollection<KV<Integer, Iterable<HitAccumulator>>>, PCollection<KV<Integer, ShardCounts>>>
      count(HistogramCombiner combiner);
}
