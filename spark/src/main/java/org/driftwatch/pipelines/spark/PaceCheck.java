package org.driftwatch.pipelines.spark;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.driftwatch.telemetry.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once when Spark has warmed up: when micro-batches begin when they are due and do not queue
 * any more behind the first, which take seconds of just-in-time compilation even if they are empty.
 *
 * <p>Spark makes it by the name in {@code spark.extraListeners} and calls it from one thread.
 */
public final class PaceCheck extends SparkListener {
  /** How many batches in a row must begin in time. */
  static final int IN_A_ROW = 10;

  private static final Logger LOG = LoggerFactory.getLogger(PaceCheck.class);

  private long latest = Long.MIN_VALUE;
  private int inTime;

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    String batch = job.properties().getProperty(ExactnessGuard.BATCH_TIME);
    if (batch != null && batchBegins(Long.parseLong(batch), job.time())) {
      LOG.info("Warm-up complete: {} batches in a row began on time", IN_A_ROW);
      Readiness.reached(Readiness.WARM);
    }
  }

  /**
   * A job of a batch begins.
   *
   * @param due when the batch was due, ms since the epoch
   * @param now present time, ms since the epoch
   * @return true once: when the pace is kept for the first time
   */
  boolean batchBegins(long due, long now) {
    if (due <= latest || inTime == IN_A_ROW) {
      return false;
    }
    boolean first = latest == Long.MIN_VALUE;
    long interval = due - latest;
    latest = due;
    if (first) {
      return false;
    }
    inTime = now - due < interval / 2 ? inTime + 1 : 0;
    return inTime == IN_A_ROW;
  }
}
