package org.driftwatch.pipelines.observe;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets something be said now, and then no more for a while: a log line for each record would bury
 * what it says. Safe for use by several threads.
 */
public final class LogThrottle {
  private static final long NEVER = Long.MIN_VALUE;

  private final long pauseNanos;
  private final AtomicLong last = new AtomicLong(NEVER);

  /**
   * Nothing said yet.
   *
   * @param pauseSeconds least time between two lines
   */
  public LogThrottle(long pauseSeconds) {
    pauseNanos = pauseSeconds * 1_000_000_000;
  }

  /** True if it is time to say it; then it counts as said. */
  public boolean isDue() {
    long now = System.nanoTime();
    long before = last.get();
    return (before == NEVER || now - before >= pauseNanos) && last.compareAndSet(before, now);
  }
}
