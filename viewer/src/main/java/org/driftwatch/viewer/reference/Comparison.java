package org.driftwatch.viewer.reference;

import java.util.List;
import java.util.Locale;
import org.driftwatch.detector.Histogram;
import org.driftwatch.quality.CountStatistics;

/**
 * How a histogram agrees with a reference of the same bins, in shape: the reference is scaled to as
 * many entries within the bins.
 *
 * @param scale what the reference's counts are multiplied by; 0 if it is empty
 * @param chi2 chi-square of two binned counts, {@code sum (sqrt(R/S) s - sqrt(S/R) r)^2 / (s + r)}
 *     over bins that are not empty in both, S and R being the sums of s and r: Press et al.,
 *     Numerical Recipes, 3rd ed., eq. 14.3.3
 * @param degreesOfFreedom such bins less one
 * @param probability of such a chi-square or a larger one between counts of one source
 * @param kolmogorov largest distance between the two cumulated shares, at bin edges, 0 to 1
 */
public record Comparison(
    double scale, double chi2, int degreesOfFreedom, double probability, double kolmogorov) {
  private static final double UNLIKELY = 0.001;

  /**
   * Compares.
   *
   * @throws IllegalArgumentException if the bins differ
   */
  public static Comparison of(Histogram data, Histogram reference) {
    if (!data.hasSameBinsAs(reference)) {
      throw new IllegalArgumentException(
          "the reference has "
              + bins(reference)
              + ", the data "
              + bins(data)
              + "; only histograms of the same bins are compared");
    }
    long all = within(data);
    long allReference = within(reference);
    if (all == 0 || allReference == 0) {
      return new Comparison(0, 0, 0, 1, 0);
    }
    double root = Math.sqrt(allReference / (double) all);
    double chi2 = 0;
    int bins = 0;
    double distance = 0;
    long sum = 0;
    long sumReference = 0;
    for (int i = 0; i < data.bins(); i++) {
      long s = data.count(i);
      long r = reference.count(i);
      if (s + r > 0) {
        double difference = root * s - r / root;
        chi2 += difference * difference / (s + r);
        bins++;
      }
      sum += s;
      sumReference += r;
      distance =
          Math.max(distance, Math.abs(sum / (double) all - sumReference / (double) allReference));
    }
    int dof = bins - 1;
    return new Comparison(
        all / (double) allReference,
        chi2,
        dof,
        dof < 1 ? 1 : CountStatistics.chiSquareAtLeast(chi2, dof),
        distance);
  }

  private static String bins(Histogram h) {
    return h.bins() + " bins from " + h.edge(0) + " to " + h.edge(h.bins());
  }

  private static long within(Histogram h) {
    return h.entries() - h.underflow() - h.overflow();
  }

  /** True if counts of one source would hardly be as far apart by chance. */
  public boolean differs() {
    return probability < UNLIKELY;
  }

  /**
   * The figures in one line, in long and in short.
   *
   * @param overlaps true if the reference is partly of the data themselves
   */
  public List<String> words(boolean overlaps) {
    if (scale == 0) {
      return List.of("no entries to compare");
    }
    if (overlaps) {
      return List.of(
          "reference of the same time: no p, K " + figure(kolmogorov),
          "reference of the same time");
    }
    String p = "p " + (differs() ? "< " + UNLIKELY : figure(probability));
    return List.of(
        String.format(Locale.ROOT, "χ² %.1f/%d, ", chi2, degreesOfFreedom)
            + p
            + ", K "
            + figure(kolmogorov),
        p);
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
