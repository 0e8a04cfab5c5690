package org.driftwatch.benchmarks.quality;

import java.util.function.DoublePredicate;
import org.driftwatch.quality.CountStatistics;

/**
 * The means that a Poisson count allows, at 95 % confidence: Garwood, Fiducial limits for the
 * Poisson distribution, 1936.
 *
 * @param least the mean of which so large a count has a chance of 2.5 %; 0 of no count
 * @param most the mean of which so small a count has that chance
 */
record PoissonInterval(double least, double most) {
  private static final double TAIL = 0.025;
  private static final int STEPS = 200;

  /** The interval of a count. */
  static PoissonInterval of(long count) {
    double least =
        count == 0
            ? 0
            : mean(mean -> CountStatistics.poissonAtLeast(count, mean) >= TAIL, (double) count);
    double most =
        mean(mean -> CountStatistics.poissonAtMost(count, mean) <= TAIL, 2.0 * count + 20);
    return new PoissonInterval(least, most);
  }

  /** The least mean, up to this one, from which on it is so. */
  private static double mean(DoublePredicate isSo, double most) {
    double low = 0;
    double high = most;
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      if (!isSo.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The same of a part or a multiple of the time. */
  PoissonInterval times(double factor) {
    return new PoissonInterval(factor * least, factor * most);
  }
}
