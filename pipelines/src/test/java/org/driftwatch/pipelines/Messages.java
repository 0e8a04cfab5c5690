package org.driftwatch.pipelines;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.publish.LogRejected;
import org.driftwatch.pipelines.publish.ToMessages;
import org.driftwatch.pipelines.summarise.FixedWindowing;
import org.joda.time.Duration;

/** The pipeline that ships, from blocks as read to messages as published. */
final class Messages {
  static final RunConfiguration COURSE = RunConfiguration.course();
  static final Duration WINDOW = Duration.standardSeconds(5);
  static final Duration LATENESS = Duration.standardMinutes(1);

  private Messages() {}

  /** What is said of the messages. */
  interface Check extends Consumer<PCollection<KV<String, byte[]>>>, Serializable {}

  /**
   * Applies the pipeline, with windows of {@link #WINDOW}.
   *
   * @param read gives the blocks
   * @param shards in how many the hits are reduced
   * @param check says what is expected of the messages
   */
  static void check(
      Pipeline pipeline,
      String name,
      PTransform<PBegin, PCollection<RecordBlock>> read,
      int shards,
      Check check) {
    pipeline.apply(
        name,
        new MonitorPipeline(
            new MonitorPipeline.Endpoints(
                read,
                PTransform.compose(
                    windows -> {
                      check.accept(windows.apply("To messages", new ToMessages(COURSE)));
                      return PDone.in(windows.getPipeline());
                    }),
                new LogRejected()),
            ParseRecords.forWindows(WINDOW, LATENESS, 0),
            COURSE,
            new FixedWindowing(WINDOW, LATENESS),
            shards));
  }
}
