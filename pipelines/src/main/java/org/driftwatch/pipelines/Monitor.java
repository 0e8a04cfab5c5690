package org.driftwatch.pipelines;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.publish.PublishRejected;
import org.driftwatch.pipelines.publish.PublishSummaries;
import org.driftwatch.pipelines.read.ReadStream;
import org.driftwatch.pipelines.restart.PublishedWindows;
import org.driftwatch.pipelines.restart.StartingPoint;
import org.driftwatch.pipelines.summarise.FixedWindowing;
import org.driftwatch.pipelines.summarise.Summarise;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The online monitor: the pipeline from the topic {@code stream} to the topic {@code results}, the
 * same on every runner.
 */
public final class Monitor {
  private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);

  private Monitor() {}

  /**
   * A pipeline ready to be run.
   *
   * @param startOffsets where it begins to read the stream, by partition
   */
  public record Prepared(Pipeline pipeline, Map<Integer, Long> startOffsets) {}

  /**
   * Makes the pipeline: creates missing topics and finds where to begin reading.
   *
   * @throws FailureException where Kafka cannot be reached or refuses
   */
  public static Prepared prepare(MonitorOptions options) throws InterruptedException {
    Duration window = Durations.parse("window", options.getWindow());
    if (window.getMillis() == 0) {
      throw new UsageException("--window=" + options.getWindow() + ", expected more than 0");
    }
    Duration delay = Durations.parse("watermarkDelay", options.getWatermarkDelay());
    Duration lateness = Durations.parse("allowedLateness", options.getAllowedLateness());
    if (options.getShards() < 1 || options.getReaders() < 1) {
      throw new UsageException(
          "--shards="
              + options.getShards()
              + " --readers="
              + options.getReaders()
              + ", expected 1 or more of each");
    }
    RunConfiguration run = Program.runConfiguration(options);
    Map<String, Object> client = Topics.clientConfig(options);
    FixedWindowing windowing = new FixedWindowing(window, lateness);
    StartingPoint start;
    int maxRejected;
    try (Admin admin = Topics.admin(client)) {
      Topics.createMissing(admin, options);
      start =
          start(
              options,
              new StartingPoint.Finder(
                  admin, options.getStreamTopic(), window.getMillis(), delay.getMillis()),
              PublishedWindows.latest(Topics.consumerConfig(client), options.getResultsTopic()),
              windowing);
      maxRejected = Topics.maxRecordBytes(admin, options.getRejectedTopic());
    } catch (ExecutionException | KafkaException e) {
      throw new FailureException(
          "Kafka at "
              + options.getKafka()
              + " does not answer as it should: "
              + Program.cause(e)
              + "; is the broker running, and is the address right?",
          e);
    }

    Pipeline pipeline = Pipeline.create(options);
    PCollectionTuple parsed =
        pipeline
            .apply(
                "Read stream",
                new ReadStream(
                    options.getStreamTopic(),
                    start.offsets(),
                    start.firstWindow(),
                    Topics.consumerConfig(client),
                    delay,
                    options.getReaders()))
            .apply("Parse", ParseRecords.forWindows(window, lateness, start.firstWindow()));
    MonitorPipeline.summarise(
            parsed.get(ParseRecords.PARSED),
            run,
            Summarise.windows(run, options.getShards(), windowing))
        .apply(
            "Publish summaries",
            new PublishSummaries(
                options.getResultsTopic(),
                Topics.producerConfig(client),
                run,
                start.incompleteBefore()));
    parsed
        .get(ParseRecords.REJECTED)
        .apply(
            "Publish rejected",
            new PublishRejected(
                options.getRejectedTopic(), Topics.producerConfig(client), maxRejected));
    return new Prepared(pipeline, start.offsets());
  }

  /** Behind what earlier runs have published; where there is nothing, as the option says. */
  private static StartingPoint start(
      MonitorOptions options,
      StartingPoint.Finder stream,
      Optional<WindowSummary.Span> published,
      FixedWindowing windowing)
      throws ExecutionException, InterruptedException {
    StartingPoint start = firstStart(options.getFrom(), stream);
    if (published.isEmpty()) {
      LOG.info("First start, from {} of {}", options.getFrom(), options.getStreamTopic());
    } else {
      long begin = published.get().start().toEpochMilli();
      long end = published.get().end().toEpochMilli();
      if (end - begin == stream.windowMillis() && begin % stream.windowMillis() == 0) {
        start = stream.behind(end, windowing.latenessMillis());
        LOG.info(
            "Going on behind window {} of {}: computed again from {} on, for what may have come late",
            SummaryJson.key(published.get().start()),
            options.getResultsTopic(),
            key(start.firstWindow()));
      } else {
        LOG.warn(
            "Topic {} holds windows of {} ms, this run's are of {} ms: first start, from {} of {};"
                + " name another topic with --resultsTopic to keep them apart",
            options.getResultsTopic(),
            end - begin,
            stream.windowMillis(),
            options.getFrom(),
            options.getStreamTopic());
      }
    }
    if (start.incompleteBefore() > start.firstWindow()) {
      LOG.warn(
          "Records that were needed have been deleted from {}: windows before {} may be incomplete"
              + " and are marked so",
          options.getStreamTopic(),
          key(start.incompleteBefore()));
    }
    return start;
  }

  private static StartingPoint firstStart(String from, StartingPoint.Finder stream)
      throws ExecutionException, InterruptedException {
    return switch (from) {
      case "earliest" -> stream.earliest();
      case "latest" -> stream.latest();
      default -> stream.at(time(from));
    };
  }

  private static long time(String from) {
    try {
      return OffsetDateTime.parse(from).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new UsageException(
          "--from=" + from + ", expected earliest, latest or a time such as 2026-11-20T20:36:46Z");
    }
  }

  private static String key(long windowStart) {
    return SummaryJson.key(java.time.Instant.ofEpochMilli(windowStart));
  }
}
