package org.driftwatch.pipelines;

import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.pipelines.parse.Cleanse;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.parse.WordBlock;
import org.driftwatch.pipelines.summarise.MapToChambers;
import org.driftwatch.pipelines.summarise.ShardCounts;
import org.driftwatch.pipelines.summarise.Summarise;

/**
 * The middle of the pipeline, the same for a stream and a batch: from parsed records to counts of
 * shards, grouped by window.
 */
final class MonitorPipeline {
  private MonitorPipeline() {}

  /**
   * Reduces parsed records to counts.
   *
   * @param parsed what {@link ParseRecords} gave
   * @param summarise the reduction, of windows or of a batch
   */
  static PCollection<KV<Integer, Iterable<ShardCounts>>> summarise(
      PCollection<WordBlock> parsed, RunConfiguration run, Summarise summarise) {
    return parsed
        .apply("Cleanse", new Cleanse())
        .apply("Map to chambers", new MapToChambers(run))
        .apply("Summarise", summarise);
  }
}
