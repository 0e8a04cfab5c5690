package org.driftwatch.viewer.model;

import java.time.Duration;

/** How old the newest result is, measured by the length of a window. */
public enum Freshness {
  /** The next window is not due yet, or by little. */
  FRESH,
  /** A window is overdue. */
  OVERDUE,
  /** Several windows are: the stream is silent or a part of the chain stands still. */
  SILENT;

  private static final long GRACE_MILLIS = 2_000;

  /**
   * Judges an age.
   *
   * @param age since the newest result was published
   * @param window length of a window
   */
  public static Freshness of(Duration age, Duration window) {
    long late = age.toMillis() - GRACE_MILLIS;
    if (late <= 2 * window.toMillis()) {
      return FRESH;
    }
    return late <= 5 * window.toMillis() ? OVERDUE : SILENT;
  }

  /** The age from which on a window is overdue. */
  public static Duration overdueAfter(Duration window) {
    return window.multipliedBy(2).plusMillis(GRACE_MILLIS);
  }
}
