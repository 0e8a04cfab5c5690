package org.driftwatch.viewer.plot;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.viewer.model.Numbers;

/**
 * From counts, or other numbers, to a height between 0 and 1, with round ticks. The top of counts
 * is rounded up, so that the scale stands still while they change by little.
 */
public final class ValueScale {
  /** Lower end of the logarithmic scale: a single entry stands visibly above it. */
  private static final double LOG_BOTTOM = 0.5;

  private static final int LINEAR_STEPS = 4;
  private static final double[] ROUND = {1, 2, 2.5, 5, 10};

  private final boolean log;
  private final double bottom;
  private final double top;
  private final List<Tick> ticks;

  private ValueScale(boolean log, double bottom, double top, List<Double> at) {
    this.log = log;
    this.bottom = bottom;
    this.top = top;
    this.ticks =
        at.stream()
            .map(value -> new Tick(height(value), labelled(value) ? Numbers.tick(value) : ""))
            .toList();
  }

  /** The scale that holds counts up to {@code max}. */
  public static ValueScale of(boolean logarithmic, long max) {
    return logarithmic ? logarithmic((double) max) : linear((double) max);
  }

  /** The scale that holds rates up to {@code max}, which need not be whole. */
  public static ValueScale ofRates(boolean logarithmic, double max) {
    return logarithmic ? logarithmic(max) : linear(max, false);
  }

  /** The linear scale from {@code bottom} to {@code top}, with ticks at round numbers. */
  public static ValueScale between(double bottom, double top) {
    double step = roundUp((top - bottom) / LINEAR_STEPS, false);
    List<Double> at = new ArrayList<>();
    for (double i = Math.ceil(bottom / step - 1e-9); i * step <= top + 1e-9 * step; i++) {
      at.add(i * step);
    }
    return new ValueScale(false, bottom, top, at);
  }

  private static ValueScale linear(double max) {
    return linear(max, true);
  }

  private static ValueScale linear(double max, boolean whole) {
    double least = whole ? 1 : Double.MIN_NORMAL;
    double reach = (max < least ? 1 : max) * 1.04;
    double step = roundUp(reach / LINEAR_STEPS, whole);
    List<Double> at = new ArrayList<>();
    int steps = (int) Math.ceil(reach / step);
    for (int i = 0; i <= steps; i++) {
      at.add(i * step);
    }
    return new ValueScale(false, 0, steps * step, at);
  }

  /** The smallest round number from {@code raw} up; of counts, which are whole, 1 at least. */
  private static double roundUp(double raw, boolean counts) {
    if (counts && raw <= 1) {
      return 1;
    }
    double decade = Math.pow(10, Math.floor(Math.log10(raw)));
    for (double round : ROUND) {
      boolean fits = !counts || decade > 1 || round != 2.5;
      if (fits && round * decade >= raw * (1 - 1e-9)) {
        return round * decade;
      }
    }
    throw new IllegalArgumentException("no round number above " + raw);
  }

  private static ValueScale logarithmic(double max) {
    double top = Math.max(10, max) * 1.5;
    List<Double> at = new ArrayList<>();
    for (double decade = 1; decade <= top; decade *= 10) {
      for (int i = 1; i < 10 && i * decade <= top; i++) {
        at.add(i * decade);
      }
    }
    return new ValueScale(true, LOG_BOTTOM, top, at);
  }

  private boolean labelled(double value) {
    return !log || Math.abs(Math.log10(value) - Math.rint(Math.log10(value))) < 1e-9;
  }

  /** Height of a count, 0 to 1; nothing has no height. */
  public double fraction(long count) {
    return height((double) count);
  }

  /** Height of a mean of counts. */
  public double height(double value) {
    if (!log) {
      return (value - bottom) / (top - bottom);
    }
    return value <= bottom ? 0 : Math.log(value / bottom) / Math.log(top / bottom);
  }

  /** Marks from the bottom up. */
  public List<Tick> ticks() {
    return ticks;
  }

  /** The count at the upper end. */
  public double top() {
    return top;
  }
}
