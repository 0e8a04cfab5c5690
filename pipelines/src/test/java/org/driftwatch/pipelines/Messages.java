package org.driftwatch.pipelines;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.publish.ToMessages;
import org.driftwatch.pipelines.read.RecordBlock;
import org.driftwatch.pipelines.summarise.FixedWindowing;
import org.driftwatch.pipelines.summarise.Summarise;
import org.joda.time.Duration;

/** The whole monitor between its two topics: from blocks as read to messages as published. */
final class Messages extends PTransform<PCollection<RecordBlock>, PCollection<KV<String, byte[]>>> {
  private static final long serialVersionUID = 1;

  static final RunConfiguration COURSE = RunConfiguration.course();
  static final Duration WINDOW = Duration.standardSeconds(5);
  static final Duration LATENESS = Duration.standardMinutes(1);

  private final int shards;

  /** Messages of windows of {@link #WINDOW}, reduced in this many shards. */
  Messages(int shards) {
    this.shards = shards;
  }

  @Override
  public PCollection<KV<String, byte[]>> expand(PCollection<RecordBlock> read) {
    return MonitorPipeline.summarise(
            read.apply("Parse", ParseRecords.forWindows(WINDOW, LATENESS, 0))
                .get(ParseRecords.PARSED),
            COURSE,
            Summarise.windows(COURSE, shards, new FixedWindowing(WINDOW, LATENESS)))
        .apply("To messages", new ToMessages(COURSE));
  }
}
