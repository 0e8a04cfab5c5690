package org.driftwatch.pipelines;

import java.time.Clock;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.kafka.KafkaClients;
import org.driftwatch.pipelines.publish.TopicLimits;
import org.driftwatch.pipelines.read.StreamTiming;
import org.driftwatch.pipelines.restart.Beginning;
import org.driftwatch.pipelines.restart.FirstStart;
import org.driftwatch.pipelines.restart.PublishedWindows;
import org.driftwatch.pipelines.restart.StartingPoint;
import org.driftwatch.pipelines.restart.TopicIds;
import org.driftwatch.pipelines.summarise.FixedWindowing;
import org.joda.time.Duration;

/**
 * What a run of the monitor needs to know before its pipeline is made: the options are checked, the
 * topics are there, and it is decided where to begin.
 *
 * @param detector the description of the detector
 * @param clients makes the clients of Kafka
 * @param topics the topics that the run stands on
 * @param start where it begins to read the stream
 * @param timing of its windows
 * @param rejectedLimits what the topic of rejected records takes
 * @param publishesStatus false where the topic of the status cannot be written
 * @param eventsTopic topic of the orbits that are shown; empty where none are
 */
public record Plan(
    DetectorDescription detector,
    KafkaClients clients,
    TopicIds topics,
    StartingPoint start,
    StreamTiming timing,
    TopicLimits rejectedLimits,
    boolean publishesStatus,
    Optional<String> eventsTopic) {

  /**
   * Makes the plan, and topics that are missing.
   *
   * @throws UsageException where an option makes no sense
   * @throws FailureException where Kafka cannot be reached or refuses
   */
  public static Plan of(MonitorOptions options) throws InterruptedException {
    Duration window = Durations.parsePositive("window", options.getWindow());
    Duration delay = Durations.parse("watermarkDelay", options.getWatermarkDelay());
    Duration lateness = Durations.parse("allowedLateness", options.getAllowedLateness());
    FixedWindowing windowing = new FixedWindowing(window, lateness);
    check(options, windowing);
    FirstStart firstStart = firstStart(options.getFrom());
    DetectorDescription detector = Program.detector(options);
    KafkaAccess access = Topics.access(options);
    KafkaClients clients = new KafkaClients(access);
    try (Admin admin = clients.admin()) {
      TopicIds topics = Topics.createMissing(admin, options);
      Topics.createRejected(admin, options);
      boolean publishesStatus = Topics.createStatus(admin, options);
      Optional<String> eventsTopic = Topics.createEvents(admin, options);
      StartingPoint start =
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
      return new Plan(
          detector,
          clients,
          topics,
          start,
          new StreamTiming(start.firstWindow(), window, delay, lateness),
          Topics.limits(admin, options.getRejectedTopic()),
          publishesStatus,
          eventsTopic);
    } catch (ExecutionException | KafkaException e) {
      throw Topics.failure(access, e, ": request failed: ");
    }
  }

  private static void check(MonitorOptions options, FixedWindowing windowing) {
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
