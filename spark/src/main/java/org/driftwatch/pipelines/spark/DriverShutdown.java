package org.driftwatch.pipelines.spark;

import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.streaming.StreamingContext;
import org.driftwatch.pipelines.restart.RunnerShutdown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Tells when Spark's driver has stopped as the JVM ends. Spark stops in Hadoop's shutdown hooks,
 * the executor of a local run before the streaming, which then waits for tasks that nobody runs:
 * the streaming is stopped here before them all.
 *
 * <p>Spark makes it by the name in {@code spark.extraListeners}.
 */
public final class DriverShutdown extends SparkListener {
  /** Of Hadoop's hooks those of the highest priority come first; Spark's have 40. */
  private static final int FIRST = 100;

  private static final int LAST = 0;

  private static final Logger LOG = LoggerFactory.getLogger(DriverShutdown.class);

  /** Made with Spark's context. */
  public DriverShutdown() {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    hooks.addShutdownHook(DriverShutdown::stopStreaming, FIRST);
    hooks.addShutdownHook(RunnerShutdown.announce(), LAST);
  }

  @SuppressWarnings("deprecation") // What the SparkRunner runs on.
  private static void stopStreaming() {
    // Spark interrupts the batch it is at: no failure to be told of.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> LOG.debug("{} ends with the run", thread.getName(), e));
    Option<StreamingContext> streaming = StreamingContext.getActive();
    if (streaming.isDefined()) {
      streaming.get().stop(false, false);
    }
  }
}
