package org.driftwatch.pipelines;

import org.apache.beam.sdk.Pipeline;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.publish.PublishRejected;
import org.driftwatch.pipelines.publish.PublishSummaries;
import org.driftwatch.pipelines.read.ReadStream;
import org.driftwatch.pipelines.read.StreamTiming;
import org.driftwatch.pipelines.summarise.FixedWindowing;

/** The online monitor: from the topic {@code stream} to the topic {@code results}. */
public final class Monitor {
  private Monitor() {}

  /** The pipeline of a stream, the same on every runner. */
  public static Pipeline pipeline(MonitorOptions options, Plan plan) {
    StreamTiming timing = plan.timing();
    MonitorPipeline.Endpoints endpoints =
        new MonitorPipeline.Endpoints(
            new ReadStream(
                options.getStreamTopic(),
                plan.start().offsets(),
                plan.clients(),
                timing,
                options.getReaders(),
                options.getSplitReaders()),
            new PublishSummaries(
                options.getResultsTopic(),
                plan.topics(),
                plan.clients(),
                plan.detector(),
                plan.start().incompleteBefore(),
                plan.eventsTopic()),
            new PublishRejected(options.getRejectedTopic(), plan.clients(), plan.rejectedLimits()));
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(
        "Monitor",
        new MonitorPipeline(
            endpoints,
            ParseRecords.forWindows(
                plan.detector(), timing.window(), timing.lateness(), timing.firstWindow()),
            plan.detector(),
            new FixedWindowing(timing.window(), timing.lateness()),
            options.getShards(),
            options.getTracks(),
            plan.eventsTopic().isPresent()));
    return pipeline;
  }
}
