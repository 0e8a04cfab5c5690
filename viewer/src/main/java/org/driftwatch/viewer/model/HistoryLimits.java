package org.driftwatch.viewer.model;

import java.time.Duration;

/**
 * How long windows are kept as they are. Older ones are joined into a row per minute, still older
 * ones into a row per hour.
 *
 * @param windows how long each window is kept, back from the end of the newest
 * @param minutes how long minutes are kept
 * @param bytes what all may take; beyond that they are joined earlier
 */
public record HistoryLimits(Duration windows, Duration minutes, long bytes) {
  /** How long each window is kept, if nothing else is said. */
  public static final Duration WINDOWS = Duration.ofHours(24);

  /** How long minutes are kept, if nothing else is said. */
  public static final Duration MINUTES = Duration.ofDays(30);

  /** Checks the order. */
  public HistoryLimits {
    if (minutes.compareTo(windows) < 0) {
      throw new IllegalArgumentException(
          "minutes are kept " + minutes + ", less than single windows, " + windows);
    }
  }

  /** These times, in three fifths of the memory that this program may take. */
  public static HistoryLimits of(Duration windows, Duration minutes) {
    return new HistoryLimits(windows, minutes, Runtime.getRuntime().maxMemory() / 5 * 3);
  }

  /** A day and thirty days. */
  public static HistoryLimits standard() {
    return of(WINDOWS, MINUTES);
  }
}
