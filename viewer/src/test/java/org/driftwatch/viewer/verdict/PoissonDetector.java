package org.driftwatch.viewer.verdict;

import java.util.Random;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.Histogram;

/** Counts as chance makes them, of cells whose rates are known. */
final class PoissonDetector {
  private static final int CELLS = 64;

  private final Random random;

  PoissonDetector(long seed) {
    this.random = new Random(seed);
  }

  /** A Poisson count: by waiting times where the mean is small, else by the normal limit. */
  long count(double mean) {
    if (mean > 500) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double product = random.nextDouble();
    double least = Math.exp(-mean);
    long k = 0;
    while (product > least) {
      product *= random.nextDouble();
      k++;
    }
    return k;
  }

  /** Mean rates of healthy cells: within a factor two of their median, as in the course's data. */
  double[] healthy(double median) {
    double[] means = new double[CELLS];
    for (int cell = 0; cell < means.length; cell++) {
      means[cell] = median * Math.pow(2, 2 * random.nextDouble() - 1);
    }
    return means;
  }

  /** One measurement of cells of these means. */
  Histogram occupancy(double[] means) {
    long[] counts = new long[means.length];
    for (int i = 0; i < means.length; i++) {
      counts[i] = count(means[i]);
    }
    return Histogram.of(ChamberHistogram.OCCUPANCY.edges(0, means.length), counts, 0, 0);
  }

  /** Drift times: a box with edges smeared by 8 ns, and a flat tenth of noise. */
  Histogram driftTimes(int hits, double from, double to) {
    long[] counts = new long[ChamberHistogram.DRIFT_BINS];
    long under = 0;
    long over = 0;
    for (int i = 0; i < hits; i++) {
      double ns =
          random.nextInt(10) == 0
              ? -150 + 800 * random.nextDouble()
              : from + (to - from) * random.nextDouble() + 8 * random.nextGaussian();
      int bin =
          (int) Math.floor((ns - ChamberHistogram.DRIFT_FIRST_NS) / ChamberHistogram.DRIFT_BIN_NS);
      if (bin < 0) {
        under++;
      } else if (bin >= counts.length) {
        over++;
      } else {
        counts[bin]++;
      }
    }
    return Histogram.of(ChamberHistogram.DRIFT_TIME.edges(0, CELLS), counts, under, over);
  }

  /** Orbits with three, four and five active channels in these proportions. */
  Histogram activeChannels(double three, double four, double five) {
    long[] counts = new long[CELLS];
    counts[0] = count(10 * four);
    counts[2] = count(three);
    counts[3] = count(four);
    counts[4] = count(five);
    return Histogram.of(ChamberHistogram.ACTIVE_CHANNELS.edges(0, CELLS), counts, 0, 0);
  }
}
