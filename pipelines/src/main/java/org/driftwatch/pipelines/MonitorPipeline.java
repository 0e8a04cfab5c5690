package org.driftwatch.pipelines;

import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.pipelines.parse.Cleanse;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.summarise.HitBlock;
import org.driftwatch.pipelines.summarise.MapToChambers;
import org.driftwatch.pipelines.summarise.Summarise;
import org.driftwatch.pipelines.summarise.WindowCounts;

/** The middle of the pipeline, the same for a stream and a batch: from parsed records to counts. */
final class MonitorPipeline {
  private MonitorPipeline() {}

  /**
   * Reduces parsed records to the counts of each window.
   *
   * @param parsed what {@link ParseRecords} gave
   * @param windowing the windows to lay on the records
   * @param shards into how many parts the work of a window is divided
   */
  static PCollection<WindowCounts> summarise(
      PCollectionTuple parsed, Window<HitBlock> windowing, RunConfiguration run, int shards) {
    return parsed
        .get(ParseRecords.PARSED)
        .apply("Cleanse", new Cleanse())
        .apply("Map to chambers", new MapToChambers(run))
        .apply("Lay windows", windowing)
        .apply("Summarise", new Summarise(run, shards));
  }
}
