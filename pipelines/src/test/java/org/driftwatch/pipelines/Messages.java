package org.driftwatch.pipelines;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.publish.LogRejected;
import org.driftwatch.pipelines.publish.ToMessages;
import org.driftwatch.pipelines.summarise.FixedWindowing;
import org.driftwatch.pipelines.testing.Course;
import org.joda.time.Duration;

/** The pipeline that ships, from blocks as read to messages as published. */
final class Messages {
  static final Duration WINDOW = Duration.standardSeconds(5);
  static final Duration LATENESS = Duration.standardMinutes(1);

  private Messages() {}

  /** What is said of the messages. */
  interface Check extends Consumer<PCollection<KV<String, byte[]>>>, Serializable {}

  /**
   * Applies the pipeline of the course's detector, with windows of {@link #WINDOW}.
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
    check(pipeline, name, read, shards, Course.DETECTOR, WINDOW, check);
  }

  /** The same of any detector, with windows of any length. */
  static void check(
      Pipeline pipeline,
      String name,
      PTransform<PBegin, PCollection<RecordBlock>> read,
      int shards,
      DetectorDescription detector,
      Duration window,
      Check check) {
    pipeline.apply(
        name,
        new MonitorPipeline(
            new MonitorPipeline.Endpoints(
                read,
                PTransform.compose(
                    windows -> {
                      check.accept(windows.apply("To messages", new ToMessages(detector)));
                      return PDone.in(windows.getPipeline());
                    }),
                new LogRejected()),
            ParseRecords.forWindows(detector, window, LATENESS, 0),
            detector,
            new FixedWindowing(window, LATENESS),
            shards,
            true,
            true));
  }
}
