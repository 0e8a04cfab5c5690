package org.driftwatch.pipelines.read;

import java.time.Instant;

/** The event times that windows can be laid on: the years 1970 to 9999. */
public final class EventTime {
  /** The last event time, ms since the epoch: the end of the year 9999. */
  public static final long MAX_MILLIS = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli() - 1;

  private EventTime() {}

  /** True for a timestamp that can be put in a window with a name. */
  public static boolean isValid(long millis) {
    return millis >= 0 && millis <= MAX_MILLIS;
  }

  /** The nearest valid timestamp. */
  public static long clamp(long millis) {
    return Math.max(0, Math.min(MAX_MILLIS, millis));
  }
}
