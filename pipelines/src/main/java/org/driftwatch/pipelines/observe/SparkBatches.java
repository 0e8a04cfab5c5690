package org.driftwatch.pipelines.observe;

import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.driftwatch.telemetry.Readings;

/**
 * Spark's micro-batches, as Spark itself shows them in the driver's JMX beans (its sink {@code
 * JmxSink}, see {@code spark.conf}); nothing on other runners.
 */
final class SparkBatches {
  private static final String STREAMING = "metrics:type=gauges,name=*.StreamingMetrics.streaming.";

  private SparkBatches() {}

  static void read(Readings readings) {
    bean("lastCompletedBatch_processingDelay")
        .ifPresent(
            millis ->
                readings.gauge(
                    "driftwatch_batch_processing_seconds",
                    "Time that computing Spark's last micro-batch took.",
                    Math.max(0, millis) / 1000));
    bean("lastCompletedBatch_schedulingDelay")
        .ifPresent(
            millis ->
                readings.gauge(
                    "driftwatch_batch_waiting_seconds",
                    "Time that Spark's last micro-batch waited for those before it.",
                    Math.max(0, millis) / 1000));
    bean("waitingBatches")
        .ifPresent(
            batches ->
                readings.gauge(
                    "driftwatch_batches_waiting", "Spark's micro-batches in its queue.", batches));
  }

  private static OptionalDouble bean(String gauge) {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      for (ObjectName name : beans.queryNames(new ObjectName(STREAMING + gauge), null)) {
        if (beans.getAttribute(name, "Value") instanceof Number value) {
          return OptionalDouble.of(value.doubleValue());
        }
      }
      return OptionalDouble.empty();
    } catch (JMException e) {
      // Spark takes its beans away when it ends.
      return OptionalDouble.empty();
    }
  }
}
