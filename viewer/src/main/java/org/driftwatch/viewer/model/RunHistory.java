package org.driftwatch.viewer.model;

import java.time.Instant;
import org.driftwatch.detector.WindowSummary;

/**
 * All windows of the run, the newest message of each. A window put again replaces its predecessor
 * everywhere, sums included, whatever its revision: the last message of a key holds.
 *
 * <p>Not safe for several threads: it belongs to the thread that reads the topic. What it gives out
 * is immutable.
 */
public final class RunHistory {
  private WindowSeries series = WindowSeries.EMPTY;

  /**
   * Adds a window or replaces the one with the same start.
   *
   * @throws IllegalArgumentException if the summary has no window, or its occupancy bins are not
   *     one per TDC channel; the history is then as before
   */
  public void put(WindowSummary summary) {
    put(PackedWindow.of(summary));
  }

  /**
   * Adds a window or replaces the one with the same start. Windows of other chambers cannot be
   * added up with it: the newest window's are kept.
   */
  public void put(PackedWindow window) {
    if (!series.takes(window.channels())) {
      if (window.start().isBefore(series.start(series.size() - 1))) {
        return;
      }
      series = WindowSeries.EMPTY;
    }
    series = series.with(window);
  }

  /** Removes a window, as a deleted key asks; false if none has this start. */
  public boolean remove(Instant start) {
    int at = series.indexOf(start);
    if (at < 0) {
      return false;
    }
    series = series.without(at);
    return true;
  }

  /** Forgets everything. */
  public void clear() {
    series = WindowSeries.EMPTY;
  }

  /** All windows as they are now. */
  public WindowSeries series() {
    return series;
  }
}
