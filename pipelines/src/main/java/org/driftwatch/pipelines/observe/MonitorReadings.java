package org.driftwatch.pipelines.observe;

import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.telemetry.Readings;
import org.driftwatch.telemetry.Telemetry;

/**
 * The monitor's metrics as they are shown: the pipeline's own, asked of the runner, the lag, asked
 * of Kafka, and on Spark the micro-batches. In the program that started the pipeline, on Spark the
 * driver. Safe for use by several threads.
 */
public final class MonitorReadings implements Telemetry.Source {
  private final StreamLag lag;
  private final Clock clock;
  private volatile @Nullable PipelineResult pipeline;

  /** Readings of a pipeline that does not run yet. */
  public MonitorReadings(StreamLag lag, Clock clock) {
    this.lag = lag;
    this.clock = clock;
  }

  /** Tells that the pipeline runs. */
  public void started(PipelineResult running) {
    pipeline = running;
  }

  /**
   * What the topic of the status tells.
   *
   * @param counts what became of the records of this run
   * @param heldBackSeconds how long results are held back
   * @param heldBackBy the partition that holds them back
   * @param clockBehindSeconds how far the monitor's clock is behind its producers'
   * @param fit whether the records of this run fit the detector's description
   */
  record Status(
      Counts counts,
      double heldBackSeconds,
      OptionalInt heldBackBy,
      double clockBehindSeconds,
      DescriptionFit fit) {}

  /** The present status. */
  Status status() {
    MetricValues measured = measured();
    long badTimestamps = measured.counter(PipelineMetrics.REJECTED + PipelineMetrics.TIMESTAMP);
    long rejected =
        measured.counters(PipelineMetrics.REJECTED).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    long heldBackBy = measured.gauge(PipelineMetrics.HELD_BACK_PARTITION, -1);
    return new Status(
        new Counts(
            measured.counter(PipelineMetrics.RECORDS),
            rejected - badTimestamps,
            measured.counter(PipelineMetrics.LATE),
            measured.counter(PipelineMetrics.DROPPED),
            badTimestamps,
            measured.counter(PipelineMetrics.BEFORE_FIRST_WINDOW)),
        seconds(measured, PipelineMetrics.HELD_BACK),
        heldBackBy < 0 ? OptionalInt.empty() : OptionalInt.of((int) heldBackBy),
        seconds(measured, PipelineMetrics.CLOCK_BEHIND),
        DescriptionFit.of(measured));
  }

  /** True once a window was published. */
  public boolean hasPublished() {
    return measured().counter(PipelineMetrics.WINDOWS) > 0;
  }

  private static double seconds(MetricValues measured, String gaugeMillis) {
    return Math.max(0, measured.gauge(gaugeMillis, 0)) / 1e3;
  }

  /** Whether the records of a pipeline that has ended fit the detector's description. */
  public static DescriptionFit fit(PipelineResult ended) {
    return DescriptionFit.of(MetricValues.of(ended));
  }

  private MetricValues measured() {
    PipelineResult running = pipeline;
    return running == null ? MetricValues.nothing() : MetricValues.of(running);
  }

  @Override
  public void read(Readings readings) {
    MetricValues measured = measured();
    parsed(readings, measured);
    published(readings, measured);
    readings.gauge(
        "driftwatch_stream_lag_records",
        "Kafka records of the stream that are not parsed yet; absent while Kafka does not answer.",
        "partition",
        lag.records(measured.gauges(PipelineMetrics.POSITION)));
    SparkBatches.read(readings);
  }

  private static void parsed(Readings readings, MetricValues measured) {
    readings.counter(
        "driftwatch_records",
        "Records parsed, trigger words included, malformed ones not.",
        measured.counter(PipelineMetrics.RECORDS));
    readings.counter(
        "driftwatch_hits", "Hits among the records.", measured.counter(PipelineMetrics.HITS));
    readings.counter(
        "driftwatch_rejected_records",
        "Malformed records sent to the topic of rejected ones.",
        "reason",
        rejected(measured));
    readings.counter(
        "driftwatch_rejected_lost_records",
        "Malformed records that could not be sent to their topic; their windows count them.",
        measured.counter(PipelineMetrics.REJECTED_LOST));
    readings.counter(
        "driftwatch_late_records",
        "Late records that refined a published window.",
        measured.counter(PipelineMetrics.LATE));
    readings.counter(
        "driftwatch_dropped_records",
        "Kafka records later than the allowed lateness, which no window counts.",
        measured.counter(PipelineMetrics.DROPPED));
    readings.counter(
        "driftwatch_already_published_records",
        "Kafka records that were read again after a restart and belong to final windows.",
        measured.counter(PipelineMetrics.BEFORE_FIRST_WINDOW));
    readings.gauge(
        "driftwatch_held_back_seconds",
        "Delay of the results by a partition that is behind the others.",
        seconds(measured, PipelineMetrics.HELD_BACK));
    readings.gauge(
        "driftwatch_clock_behind_seconds",
        "Time by which the monitor's clock is behind its producers'.",
        seconds(measured, PipelineMetrics.CLOCK_BEHIND));
    DistributionResult parsing = measured.distribution(PipelineMetrics.PARSE_MICROS);
    readings.summary(
        "driftwatch_block_parse_seconds",
        "Time that parsing took, by blocks of up to 8192 Kafka records.",
        parsing.getCount(),
        parsing.getSum() / 1e6);
  }

  /** By reason, those that did not occur with 0: a rate needs a first value. */
  private static Map<String, Long> rejected(MetricValues measured) {
    Map<String, Long> rejected = new TreeMap<>();
    for (RecordFault fault : RecordFault.values()) {
      rejected.put(PipelineMetrics.reason(fault), 0L);
    }
    rejected.put(PipelineMetrics.TIMESTAMP, 0L);
    rejected.putAll(measured.counters(PipelineMetrics.REJECTED));
    return rejected;
  }

  private void published(Readings readings, MetricValues measured) {
    readings.counter(
        "driftwatch_windows",
        "Windows published for the first time.",
        measured.counter(PipelineMetrics.WINDOWS));
    readings.counter(
        "driftwatch_refinements",
        "Windows published again, refined by late records.",
        measured.counter(PipelineMetrics.REFINEMENTS));
    DistributionResult delay = measured.distribution(PipelineMetrics.WINDOW_DELAY);
    readings.summary(
        "driftwatch_window_delay_seconds",
        "Time from a window's end to its first publication.",
        delay.getCount(),
        delay.getSum() / 1e3);
    measured
        .gauges(PipelineMetrics.NEWEST_WINDOW_END)
        .values()
        .forEach(
            end ->
                readings.gauge(
                    "driftwatch_window_age_seconds",
                    "Time since the end of the newest window published by this run.",
                    (clock.millis() - end) / 1e3));
  }
}
