package org.driftwatch.export;

import java.util.List;
import org.driftwatch.detector.Histogram;

/** A histogram of one or two axes, with under- and overflow of each. Immutable. */
public final class Plot {
  private final String name;
  private final String title;
  private final List<Axis> axes;
  private final long[] counts;

  /**
   * A histogram.
   *
   * @param name as in the topic {@code results}
   * @param title what it shows
   * @param axes one or two
   * @param counts of each axis its bins and two more, the first axis running fastest; copied
   */
  Plot(String name, String title, List<Axis> axes, long... counts) {
    this.name = name;
    this.title = title;
    this.axes = List.copyOf(axes);
    this.counts = counts.clone();
    int expected = axes.stream().mapToInt(axis -> axis.bins() + 2).reduce(1, (a, b) -> a * b);
    if (counts.length != expected) {
      throw new IllegalArgumentException(
          name + ": " + counts.length + " counts, expected " + expected);
    }
  }

  /** A histogram of one axis. */
  static Plot of(String name, String title, String axis, String unit, Histogram histogram) {
    long[] counts = new long[histogram.bins() + 2];
    counts[0] = histogram.underflow();
    System.arraycopy(histogram.counts(), 0, counts, 1, histogram.bins());
    counts[histogram.bins() + 1] = histogram.overflow();
    return new Plot(name, title, List.of(new Axis(axis, unit, histogram.edges())), counts);
  }

  /** Its name, as in the topic {@code results}. */
  public String name() {
    return name;
  }

  /** What it shows. */
  public String title() {
    return title;
  }

  /** Its axes, one or two. */
  public List<Axis> axes() {
    return axes;
  }

  /** Number of counts, under- and overflow included. */
  public int cells() {
    return counts.length;
  }

  /** A count: along each axis, 0 is the underflow and one more than bins the overflow. */
  public long count(int cell) {
    return counts[cell];
  }

  /** A count of a histogram of two axes, see {@link #count(int)}. */
  public long count(int x, int y) {
    return counts[x + y * (axes.get(0).bins() + 2)];
  }

  /** All entries, under- and overflow included. */
  public long entries() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
