package org.driftwatch.viewer.plot;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.Histogram;

/** The horizontal axis of a histogram: where its bins lie between 0 and 1. Immutable. */
public final class BinAxis {
  /** Active channels of an orbit up to this are drawn wide: no muon makes more. */
  public static final int EMPHASISED_CHANNELS = 16;

  private static final double EMPHASISED_SHARE = 0.78;

  /** Most channels that are named, the last apart. */
  private static final int MOST_NAMED = 8;

  private final String title;
  private final double[] edges;
  private final double[] fractions;
  private final List<Tick> ticks;
  private final double squeezedFrom;

  private BinAxis(String title, double[] edges, double[] fractions, double squeezedFrom) {
    this.title = title;
    this.edges = edges;
    this.fractions = fractions;
    this.squeezedFrom = squeezedFrom;
    this.ticks = new ArrayList<>();
  }

  private static BinAxis even(String title, int[] edges) {
    double[] x = new double[edges.length];
    double[] fraction = new double[edges.length];
    for (int i = 0; i < edges.length; i++) {
      x[i] = edges[i];
      fraction[i] = i / (edges.length - 1.0);
    }
    return new BinAxis(title, x, fraction, 1);
  }

  /**
   * Bins of a chamber's channels or cells; some are named at their bin's middle.
   *
   * @param title what a bin stands for
   * @param first number of the first
   * @param cells how many they are
   */
  public static BinAxis channels(String title, int first, int cells) {
    BinAxis axis = even(title, ChamberHistogram.OCCUPANCY.edges(first, cells));
    int step = 1;
    while (cells > MOST_NAMED * step) {
      step *= 2;
    }
    for (int cell = 0; cell < cells; cell++) {
      if (cell % step == 0 || cell == cells - 1) {
        axis.ticks.add(new Tick(axis.middle(cell), Integer.toString(first + cell)));
      }
    }
    return axis;
  }

  /**
   * Bins of 1, 2, ... active channels, the first sixteen drawn wide, the rest narrow.
   *
   * @param cells most channels that can be active
   */
  public static BinAxis activeChannels(int cells) {
    int[] edges = ChamberHistogram.ACTIVE_CHANNELS.edges(0, cells);
    int wide = Math.min(cells, EMPHASISED_CHANNELS);
    // Where few are left, the first sixteen have their share as it is.
    double share = Math.max(EMPHASISED_SHARE, wide / (double) cells);
    boolean squeezes = share * cells > wide;
    double[] x = new double[edges.length];
    double[] fraction = new double[edges.length];
    for (int i = 0; i < edges.length; i++) {
      x[i] = edges[i];
      fraction[i] =
          i <= wide ? share * i / wide : share + (1 - share) * (i - wide) / (cells - wide);
    }
    BinAxis axis =
        new BinAxis("distinct active channels in an orbit", x, fraction, squeezes ? share : 1);
    for (int n : new int[] {1, 2, 3, 4, 6, 8, 10, 12, 14, 16}) {
      axis.nameCount(n, cells);
    }
    for (int quarters = 2; quarters <= 4; quarters++) {
      if (cells * quarters / 4 > EMPHASISED_CHANNELS) {
        axis.nameCount(cells * quarters / 4, cells);
      }
    }
    return axis;
  }

  private void nameCount(int n, int most) {
    if (n <= most) {
      ticks.add(new Tick(middle(n - 1), Integer.toString(n)));
    }
  }

  /** Bins of drift time, named each 100 ns. */
  public static BinAxis driftTime() {
    return regular("drift time [ns]", ChamberHistogram.DRIFT_TIME.edges(0, 0), 100);
  }

  /**
   * Bins of equal width.
   *
   * @param title what is counted, with its unit
   * @param edges their edges
   * @param each multiples of this are named, but at the ends
   */
  public static BinAxis regular(String title, int[] edges, int each) {
    BinAxis axis = even(title, edges);
    int last = edges[edges.length - 1];
    for (int x = (Math.floorDiv(edges[0], each) + 1) * each; x < last; x += each) {
      axis.ticks.add(new Tick(axis.fraction(x), Integer.toString(x)));
    }
    return axis;
  }

  /** What the bins stand for, with unit. */
  public String title() {
    return title;
  }

  /** Place from which on the bins are drawn narrow; 1 if all are alike. */
  public double squeezedFrom() {
    return squeezedFrom;
  }

  /** Number of bins. */
  public int bins() {
    return edges.length - 1;
  }

  /** Left side of a bin, 0 to 1; that of {@code bins()} is the right end. */
  public double left(int bin) {
    return fractions[bin];
  }

  /** Middle of a bin. */
  public double middle(int bin) {
    return (fractions[bin] + fractions[bin + 1]) / 2;
  }

  /** Place of a value on the axis; below 0 or above 1 outside it. */
  public double fraction(double x) {
    int bin = 0;
    while (bin < bins() - 1 && x >= edges[bin + 1]) {
      bin++;
    }
    double within = (x - edges[bin]) / (edges[bin + 1] - edges[bin]);
    return fractions[bin] + within * (fractions[bin + 1] - fractions[bin]);
  }

  /** The bin at a place on the axis, or -1 outside it. */
  public int binAt(double fraction) {
    if (fraction < 0 || fraction >= 1) {
      return -1;
    }
    int bin = 0;
    while (fraction >= fractions[bin + 1]) {
      bin++;
    }
    return bin;
  }

  /** A bin's lower edge in words. */
  String binName(int bin) {
    return Integer.toString((int) edges[bin]);
  }

  /** Named places, from the left. */
  public List<Tick> ticks() {
    return List.copyOf(ticks);
  }

  /** True if the axis has as many bins as the histogram. */
  public boolean fits(Histogram histogram) {
    return histogram.bins() == bins();
  }
}
