package org.driftwatch.pipelines;

import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.parse.Cleanse;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.parse.RejectedRecord;
import org.driftwatch.pipelines.summarise.HistogramCombiner;
import org.driftwatch.pipelines.summarise.MapToChambers;
import org.driftwatch.pipelines.summarise.ShardCounts;
import org.driftwatch.pipelines.summarise.Windowing;

/**
 * The whole pipeline, the same for a stream and a batch: from records as they are read to summaries
 * as they are published. What reads, what publishes and the windows are handed in.
 */
final class MonitorPipeline extends PTransform<PBegin, PDone> {
  private static final long serialVersionUID = 1;

  private final Endpoints endpoints;
  private final ParseRecords parse;
  private final DetectorDescription detector;
  private final Windowing windowing;
  private final int shards;
  private final boolean hasTracks;
  private final boolean hasEvents;

  /**
   * Where records come from and where results go.
   *
   * @param read gives the records, in blocks
   * @param publish takes the counts of all shards of a window, in one step right behind their
   *     grouping: both runners hand the panes of a key to that step one after another; whatever
   *     comes after it may be done side by side, and a refinement overtake the one before it
   * @param publishRejected takes the malformed records
   */
  record Endpoints(
      PTransform<PBegin, PCollection<RecordBlock>> read,
      PTransform<PCollection<KV<Integer, Iterable<ShardCounts>>>, PDone> publish,
      PTransform<PCollection<RejectedRecord>, PDone> publishRejected) {}

  /**
   * A pipeline between these endpoints.
   *
   * @param parse the parser, which knows what is too late
   * @param windowing the windows of a stream, or of a batch
   * @param shards into how many parts, by orbit, the work of a window is divided
   * @param hasTracks true where muon segments are counted, too
   * @param hasEvents true where some orbits with muons are kept for what publishes
   */
  MonitorPipeline(
      Endpoints endpoints,
      ParseRecords parse,
      DetectorDescription detector,
      Windowing windowing,
      int shards,
      boolean hasTracks,
      boolean hasEvents) {
    this.endpoints = endpoints;
    this.parse = parse;
    this.detector = detector;
    this.windowing = windowing;
    this.shards = shards;
    this.hasTracks = hasTracks;
    this.hasEvents = hasEvents;
  }

  @Override
  public PDone expand(PBegin begin) {
    HistogramCombiner combiner =
        new HistogramCombiner(detector, parse.turns(), hasTracks, hasEvents);
    PCollectionTuple parsed = begin.apply("Read", endpoints.read()).apply("Parse", parse);
    parsed.get(ParseRecords.REJECTED).apply("Publish rejected", endpoints.publishRejected());
    return parsed
        .get(ParseRecords.PARSED)
        .apply("Cleanse", new Cleanse(detector))
        .apply("Map to chambers", new MapToChambers(detector, parse.turns()))
        .apply("Combine in windows", windowing.combine(combiner, shards))
        .apply("Group by shard", GroupByKey.create())
        .apply("Count shards", windowing.count(combiner, parsed.get(ParseRecords.COUNTER)))
        .apply("Group shards", GroupByKey.create())
        .apply("Publish summaries", endpoints.publish());
  }
}
