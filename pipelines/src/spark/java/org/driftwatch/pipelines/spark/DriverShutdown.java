package org.driftwatch.pipelines.spark;

import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.scheduler.SparkListener;
import org.driftwatch.pipelines.restart.RunnerShutdown;

/**
 * Tells when Spark's driver has stopped as the JVM ends: Spark stops in Hadoop's shutdown hooks,
 * executors first, then streaming, context and temporary folders.
 *
 * <p>Spark makes it by the name in {@code spark.extraListeners}.
 */
public final class DriverShutdown extends SparkListener {
  /** The last of Hadoop's hooks: those of the highest priority come first, Spark's have 40. */
  private static final int LAST = 0;

  /** Made with Spark's context. */
  public DriverShutdown() {
    ShutdownHookManager.get().addShutdownHook(RunnerShutdown.own(), LAST);
  }
}
