package org.driftwatch.viewer.plot;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.Telescope;

/** The horizontal axis of a histogram: where its bins lie between 0 and 1. Immutable. */
public final class BinAxis {
  /** Active channels of an orbit up to this are drawn wide: no muon makes more. */
  public static final int EMPHASISED_CHANNELS = 16;

  private static final double EMPHASISED_SHARE = 0.78;

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

  /** Bins of TDC channels; each eighth is named at its bin's middle. */
  public static BinAxis channels(int firstChannel) {
    BinAxis axis = even("TDC channel", ChamberSummary.occupancyEdges(firstChannel));
    for (int cell = 0; cell < Telescope.CELLS; cell++) {
      if (cell % 8 == 0 || cell == Telescope.CELLS - 1) {
        axis.ticks.add(new Tick(axis.middle(cell), Integer.toString(firstChannel + cell)));
      }
    }
    return axis;
  }

  /** Bins of 1 to 64 active channels, the first sixteen drawn wide, the rest narrow. */
  public static BinAxis activeChannels() {
    int[] edges = ChamberSummary.activeChannelEdges();
    double[] x = new double[edges.length];
    double[] fraction = new double[edges.length];
    int rest = Telescope.CELLS - EMPHASISED_CHANNELS;
    for (int i = 0; i < edges.length; i++) {
      x[i] = edges[i];
      fraction[i] =
          i <= EMPHASISED_CHANNELS
              ? EMPHASISED_SHARE * i / EMPHASISED_CHANNELS
              : EMPHASISED_SHARE + (1 - EMPHASISED_SHARE) * (i - EMPHASISED_CHANNELS) / rest;
    }
    BinAxis axis =
        new BinAxis("distinct active channels in an orbit", x, fraction, EMPHASISED_SHARE);
    for (int n : new int[] {1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 32, 48, 64}) {
      axis.ticks.add(new Tick(axis.middle(n - 1), Integer.toString(n)));
    }
    return axis;
  }

  /** Bins of drift time, named each 100 ns. */
  public static BinAxis driftTime() {
    BinAxis axis = even("drift time [ns]", ChamberSummary.driftEdges());
    for (int ns = -100; ns <= 600; ns += 100) {
      axis.ticks.add(new Tick(axis.fraction(ns), Integer.toString(ns)));
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
