package org.driftwatch.emulator.pace;

import java.time.Instant;

/**
 * A clock that leaps to what is waited for: nothing takes time. So an hour of the detector is over
 * as soon as its rows are. Used by one thread.
 */
public final class LeapingClock implements StreamClock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long startMillis = Instant.now().toEpochMilli();
  private long now;

  @Override
  public long now() {
    return now;
  }

  @Override
  public long epochMillis(long nanos) {
    return startMillis + nanos / NANOS_PER_MILLI;
  }

  @Override
  public void waitUntil(long nanos) {
    now = Math.max(now, nanos);
  }

  /** Nobody waits. From any thread. */
  @Override
  public void wake() {}
}
