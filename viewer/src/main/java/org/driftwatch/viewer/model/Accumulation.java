package org.driftwatch.viewer.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.driftwatch.detector.WindowSummary;

/** Which windows the histograms show. Immutable. */
public sealed interface Accumulation {
  /** The window with the latest start. */
  static Accumulation newestWindow() {
    return new NewestWindow();
  }

  /** All windows of the topic. */
  static Accumulation sinceStart() {
    return new SinceStart();
  }

  /** The window with the latest start. */
  record NewestWindow() implements Accumulation {
    @Override
    public Range in(WindowSeries series) {
      return new Range(Math.max(0, series.size() - 1), series.size());
    }
  }

  /** All windows of the topic. */
  record SinceStart() implements Accumulation {
    @Override
    public Range in(WindowSeries series) {
      return new Range(0, series.size());
    }
  }

  /** The last stretch of the run, moving on with it. */
  record Last(Duration length) implements Accumulation {
    /** Checks the length. */
    public Last {
      if (length.isNegative() || length.isZero()) {
        throw new IllegalArgumentException("length " + length + ", expected more than nothing");
      }
    }

    @Override
    public Range in(WindowSeries series) {
      if (series.isEmpty()) {
        return new Range(0, 0);
      }
      // The newest window is part of it, however long it is.
      Instant from = series.end(series.size() - 1).minus(length);
      return new Range(Math.min(series.firstStartingFrom(from), series.size() - 1), series.size());
    }
  }

  /**
   * A stretch of the past, standing still: windows that start in it; if none does, the window, or
   * the row of joined ones, that it lies in.
   *
   * @param from its first instant
   * @param to the first instant after it
   */
  record Picked(Instant from, Instant to) implements Accumulation {
    /** Checks the order of the ends. */
    public Picked {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("stretch from " + from + " to " + to);
      }
    }

    @Override
    public Range in(WindowSeries series) {
      int first = series.firstStartingFrom(from);
      int end = series.firstStartingFrom(to);
      boolean within = first == end && first > 0 && series.end(first - 1).isAfter(from);
      return new Range(within ? first - 1 : first, end);
    }
  }

  /**
   * Windows of a series in a row.
   *
   * @param from the first
   * @param to the first behind them
   */
  record Range(int from, int to) {
    /** How many they are. */
    public int windows() {
      return to - from;
    }
  }

  /** Which windows of a run they are now. */
  Range in(WindowSeries series);

  /** False if it stands in the past. */
  default boolean live() {
    return !(this instanceof Picked);
  }

  /** What is shown of a run; empty if no window is part of it. */
  default Optional<WindowSummary> of(WindowSeries series) {
    Range range = in(series);
    return range.windows() == 1
        ? Optional.of(series.window(range.from()))
        : series.sum(range.from(), range.to());
  }
}
