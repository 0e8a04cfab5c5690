package org.driftwatch.viewer.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The clocks of a viewer. How long something has been silent is measured by the monotonic one
 * alone: the time of day is set back and ahead, and that of other machines is another.
 *
 * @param wall the time of day
 * @param monotonic nanoseconds since any moment, as {@link System#nanoTime}
 */
public record Clocks(Clock wall, LongSupplier monotonic) {
  /** Those of the machine. */
  public static Clocks system() {
    return new Clocks(Clock.systemUTC(), System::nanoTime);
  }

  /** The time of day. */
  public Instant now() {
    return wall.instant();
  }

  /** Nanoseconds, to be told to {@link #since}. */
  public long nanos() {
    return monotonic.getAsLong();
  }

  /** Time since these nanoseconds, never negative. */
  public Duration since(long nanos) {
    return Duration.ofNanos(Math.max(0, nanos() - nanos));
  }
}
