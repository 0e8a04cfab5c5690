package org.driftwatch.pipelines;

import java.time.Clock;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.pipelines.kafka.KafkaClients;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.publish.PublishRejected;
import org.driftwatch.pipelines.publish.PublishSummaries;
import org.driftwatch.pipelines.publish.TopicLimits;
import org.driftwatch.pipelines.read.ReadStream;
import org.driftwatch.pipelines.read.StreamTiming;
import org.driftwatch.pipelines.restart.Beginning;
import org.driftwatch.pipelines.restart.FirstStart;
import org.driftwatch.pipelines.restart.PublishedWindows;
import org.driftwatch.pipelines.restart.StartingPoint;
import org.driftwatch.pipelines.restart.TopicIds;
import org.driftwatch.pipelines.summarise.FixedWindowing;
import org.driftwatch.pipelines.summarise.Summarise;
import org.joda.time.Duration;

/**
 * The online monitor: the pipeline from the topic {@code stream} to the topic {@code results}, the
 * same on every runner.
 */
public final class Monitor {
  private Monitor() {}

  /**
   * A pipeline ready to be run.
   *
   * @param topics the topics that it stands on
   * @param startOffsets where it begins to read the stream, by partition
   * @param publishesStatus false where the topic of the status cannot be written
   */
  public record Prepared(
      Pipeline pipeline,
      TopicIds topics,
      Map<Integer, Long> startOffsets,
      boolean publishesStatus) {}

  /**
   * Makes the pipeline: creates missing topics and finds where to begin reading.
   *
   * @throws FailureException where Kafka cannot be reached or refuses
   */
  public static Prepared prepare(MonitorOptions options) throws InterruptedException {
    Duration window = Durations.parsePositive("window", options.getWindow());
    Duration delay = Durations.parse("watermarkDelay", options.getWatermarkDelay());
    Duration lateness = Durations.parse("allowedLateness", options.getAllowedLateness());
    FixedWindowing windowing = new FixedWindowing(window, lateness);
    if (windowing.heldWindows() > FixedWindowing.MAX_HELD_WINDOWS) {
      throw new UsageException(
          "--window="
              + options.getWindow()
              + " --allowedLateness="
              + options.getAllowedLateness()
              + " keep "
              + windowing.heldWindows()
              + " windows in memory for late records, expected "
              + FixedWindowing.MAX_HELD_WINDOWS
              + " or fewer; use longer windows or a shorter lateness");
    }
    if (options.getShards() < 1 || options.getReaders() < 1) {
      throw new UsageException(
          "--shards="
              + options.getShards()
              + " --readers="
              + options.getReaders()
              + ", expected 1 or more of each");
    }
    Topics.check(options);
    FirstStart firstStart = firstStart(options.getFrom());
    RunConfiguration run = Program.runConfiguration(options);
    KafkaAccess access = Topics.access(options);
    KafkaClients clients = new KafkaClients(access);
    TopicIds topics;
    StartingPoint start;
    boolean publishesStatus;
    TopicLimits rejectedLimits;
    try (Admin admin = clients.admin()) {
      topics = Topics.createMissing(admin, options);
      publishesStatus = Topics.createOptional(admin, options);
      start =
          Beginning.find(
              new StartingPoint.Finder(
                  admin,
                  clients,
                  options.getStreamTopic(),
                  window.getMillis(),
                  delay.getMillis(),
                  Clock.systemUTC()),
              new PublishedWindows(clients, options.getResultsTopic()),
              windowing.recomputedMillis(),
              firstStart);
      rejectedLimits = Topics.limits(admin, options.getRejectedTopic());
    } catch (ExecutionException | KafkaException e) {
      throw Topics.failure(access, e, " does not answer as it should: ");
    }

    Pipeline pipeline = Pipeline.create(options);
    PCollectionTuple parsed =
        pipeline
            .apply(
                "Read stream",
                new ReadStream(
                    options.getStreamTopic(),
                    start.offsets(),
                    clients,
                    new StreamTiming(start.firstWindow(), window, delay, lateness),
                    options.getReaders()))
            .apply("Parse", ParseRecords.forWindows(window, lateness, start.firstWindow()));
    MonitorPipeline.summarise(
            parsed.get(ParseRecords.PARSED),
            run,
            Summarise.windows(run, options.getShards(), windowing))
        .apply(
            "Publish summaries",
            new PublishSummaries(
                options.getResultsTopic(), topics, clients, run, start.incompleteBefore()));
    parsed
        .get(ParseRecords.REJECTED)
        .apply(
            "Publish rejected",
            new PublishRejected(options.getRejectedTopic(), clients, rejectedLimits));
    return new Prepared(pipeline, topics, start.offsets(), publishesStatus);
  }

  private static FirstStart firstStart(String from) {
    try {
      return FirstStart.parse(from);
    } catch (DateTimeParseException e) {
      throw new UsageException(
          "--from=" + from + ", expected earliest, latest or a time such as 2026-11-20T20:36:46Z");
    }
  }
}
