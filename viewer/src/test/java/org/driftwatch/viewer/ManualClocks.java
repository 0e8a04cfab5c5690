package org.driftwatch.viewer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.driftwatch.viewer.model.Clocks;

/** Clocks that stand still until they are moved. */
public final class ManualClocks {
  private Instant now;
  private long nanos = 1_000_000_000_000L;

  /** Clocks at a time of day. */
  public ManualClocks(Instant now) {
    this.now = now;
  }

  /** For who asks them. */
  public Clocks clocks() {
    return new Clocks(
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Instant instant() {
            return now;
          }
        },
        () -> nanos);
  }

  /** Time passes. */
  public void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  /** Somebody sets the time of day. */
  public void set(Instant time) {
    now = time;
  }
}
