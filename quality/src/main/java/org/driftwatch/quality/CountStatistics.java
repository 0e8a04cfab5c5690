package org.driftwatch.quality;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Probabilities of counts, exact at any size, by the regularised incomplete gamma and beta
 * functions.
 */
public final class CountStatistics {
  /** Halvings of an interval until doubles tell its ends no better. */
  private static final int HALVINGS = 52;

  /**
   * Each tail outside a central interval of one standard deviation, as of a normal distribution.
   */
  private static final double TAIL = 0.158655254;

  /**
   * A range of probabilities.
   *
   * @param low its lower end, 0 to 1
   * @param high its upper end
   */
  public record Interval(double low, double high) {}

  private CountStatistics() {}

  /**
   * Probability that a Poisson count of this mean is at most {@code k}: Q(k + 1, mean). Abramowitz
   * and Stegun, Handbook of Mathematical Functions, 26.4.21.
   */
  public static double poissonAtMost(long k, double mean) {
    if (k < 0) {
      return 0;
    }
    return mean <= 0 ? 1 : RegularizedGamma.Q.value(k + 1.0, mean);
  }

  /** Probability that a Poisson count of this mean is {@code k} or more: P(k, mean). */
  public static double poissonAtLeast(long k, double mean) {
    if (k <= 0) {
      return 1;
    }
    return mean <= 0 ? 0 : RegularizedGamma.P.value((double) k, mean);
  }

  /**
   * Probability of at most {@code k} successes in {@code n} trials of probability {@code p}: I(1-p;
   * n-k, k+1). Abramowitz and Stegun, 26.5.24.
   */
  public static double binomialAtMost(long k, long n, double p) {
    if (k < 0) {
      return 0;
    }
    return k >= n ? 1 : RegularizedBeta.value(1 - p, (double) (n - k), k + 1.0);
  }

  /** Probability of {@code k} successes or more in {@code n} trials: I(p; k, n-k+1). */
  public static double binomialAtLeast(long k, long n, double p) {
    if (k <= 0) {
      return 1;
    }
    return k > n ? 0 : RegularizedBeta.value(p, (double) k, n - k + 1.0);
  }

  /**
   * Probability that a mean which was measured is too large by {@code t} of its own standard error
   * or more, by Student's distribution. Abramowitz and Stegun, 26.7.1.
   */
  public static double studentAtLeast(double t, double degreesOfFreedom) {
    double tail =
        RegularizedBeta.value(
                degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5)
            / 2;
    return t < 0 ? 1 - tail : tail;
  }

  /**
   * The probabilities that {@code k} successes in {@code n} trials go with, at a confidence of 68.3
   * %: Clopper and Pearson, Biometrika 26 (1934) 404. Of no trial it is 0 to 1.
   */
  public static Interval binomialInterval(long k, long n) {
    if (k < 0 || k > n) {
      throw new IllegalArgumentException(k + " successes in " + n + " trials");
    }
    return new Interval(
        k == 0 ? 0 : where(p -> binomialAtLeast(k, n, p), TAIL),
        k == n ? 1 : where(p -> 1 - binomialAtMost(k, n, p), 1 - TAIL));
  }

  /** Where between 0 and 1 a rising function reaches a value. */
  private static double where(DoubleUnaryOperator rising, double value) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (rising.applyAsDouble(middle) < value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /**
   * Probability of a chi-square of this size or more: Q(dof / 2, chi2 / 2). Abramowitz and Stegun,
   * 26.4.19.
   */
  public static double chiSquareAtLeast(double chi2, int degreesOfFreedom) {
    return chi2 <= 0 ? 1 : RegularizedGamma.Q.value(degreesOfFreedom / 2.0, chi2 / 2);
  }
}
