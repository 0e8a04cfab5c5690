package org.driftwatch.viewer.plot;

import java.awt.Color;
import java.time.Instant;
import java.util.List;
import org.driftwatch.viewer.model.WindowSeries;

/**
 * Numbers of the windows over a stretch of time: what a {@link TrendPlot} draws. Immutable.
 *
 * @param heading what the curves count, and over which stretch
 * @param series the windows
 * @param from left end
 * @param to right end
 * @param rates true to divide each count by the length of its window
 * @param curves what is drawn, the first at the back
 * @param alarms what is marked
 */
public record TrendView(
    Heading heading,
    WindowSeries series,
    Instant from,
    Instant to,
    boolean rates,
    List<Curve> curves,
    List<AlarmMark> alarms) {
  /** Copies the list and checks the ends. */
  public TrendView {
    curves = List.copyOf(curves);
    alarms = List.copyOf(alarms);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("time axis from " + from + " to " + to);
    }
  }

  /** What a curve shows of row {@code i}: hits per window, or per second. */
  double value(Curve curve, int i) {
    return scaled(series.get(curve.column(), i), i);
  }

  /** A count of rows as long as row {@code i}, for each window or second of theirs. */
  double scaled(long count, int i) {
    return rates
        ? 1000.0 * count / series.get(WindowSeries.Column.LENGTH, i)
        : count / (double) series.get(WindowSeries.Column.WINDOWS, i);
  }

  /**
   * A curve.
   *
   * @param name for the legend
   * @param column what it shows
   * @param ink its colour
   * @param filled true to fill the area below it
   */
  public record Curve(String name, WindowSeries.Column column, Ink ink, boolean filled) {}

  /**
   * A colour by its meaning.
   *
   * @param meaning what it stands for
   * @param chamber which chamber, if it stands for one
   */
  public record Ink(Meaning meaning, int chamber) {
    /** The sum over chambers. */
    public static final Ink TOTAL = new Ink(Meaning.TOTAL, 0);

    /** The scintillators. */
    public static final Ink SCINTILLATOR = new Ink(Meaning.SCINTILLATOR, 0);

    /** What colours stand for. */
    enum Meaning {
      TOTAL,
      SCINTILLATOR,
      CHAMBER
    }

    /** A chamber's. */
    public static Ink chamber(int chamber) {
      return new Ink(Meaning.CHAMBER, chamber);
    }

    Color colour(Palette palette) {
      return switch (meaning) {
        case TOTAL -> palette.total();
        case SCINTILLATOR -> palette.scintillator();
        case CHAMBER -> palette.chamber(chamber);
      };
    }
  }
}
