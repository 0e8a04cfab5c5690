package org.driftwatch.emulator.pace;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The machine's clock. The time of day is asked for once, at the start: when it is set in mid-run
 * the stream goes on evenly.
 */
public final class SystemStreamClock implements StreamClock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long startNanoTime;
  private final long startEpochNanos;
  private volatile Thread waiting;

  /** Starts now. */
  public SystemStreamClock() {
    startEpochNanos = Instant.EPOCH.until(Instant.now(), ChronoUnit.NANOS);
    startNanoTime = System.nanoTime();
  }

  @Override
  public long now() {
    return System.nanoTime() - startNanoTime;
  }

  @Override
  public long epochMillis(long nanos) {
    return (startEpochNanos + nanos) / NANOS_PER_MILLI;
  }

  @Override
  public void waitUntil(long nanos) {
    waiting = Thread.currentThread();
    long left = nanos - now();
    if (left > 0) {
      LockSupport.parkNanos(this, left);
    }
  }

  @Override
  public void wake() {
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}
