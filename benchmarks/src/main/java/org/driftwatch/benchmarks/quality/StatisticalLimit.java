package org.driftwatch.benchmarks.quality;

/**
 * How soon a fault can be told at all: by the best test there is, told in advance what healthy and
 * faulty running look like.
 *
 * <p>Counts of a histogram's bins are Poisson with rates h<sub>i</sub> per second while all is
 * well, and f<sub>i</sub> under the fault. By the lemma of Neyman and Pearson (1933) no test of the
 * same chance of a false alarm finds the fault more often than that of the likelihood ratio L = sum
 * n<sub>i</sub> ln(f<sub>i</sub>/h<sub>i</sub>) - t sum (f<sub>i</sub> - h<sub>i</sub>). Under the
 * fault L has the mean I t and the variance V t, with
 *
 * <pre>
 *   I = sum f ln(f/h) - f + h      Kullback and Leibler's information, nats per second
 *   V = sum f ln(f/h)^2
 * </pre>
 *
 * <p>The test says so in half of all cases if its limit is at the mean, I t. There the chance of a
 * false alarm is known sharply, since at L = I t the saddle point of the healthy distribution is
 * the faulty one itself (Bahadur and Rao, On deviations of the sample mean, 1960):
 *
 * <pre>
 *   chance = exp(-I t) / sqrt(2 pi V t)
 * </pre>
 *
 * <p>What {@link #seconds} gives is the t of this equation: the median time that the statistics
 * allow. For a test that looks again and again, the bound of quickest detection has the same
 * leading term, ln(1/chance) / I (Lorden, Procedures for reacting to a change in distribution,
 * 1971). The bins are taken as independent, as the histograms show them: hits of one muon belong
 * together, which a histogram no longer tells.
 */
final class StatisticalLimit {
  private static final double WEEK_SECONDS = 7 * 24 * 3600.0;

  /** Half an entry where there is none: else one entry would be proof of anything. */
  private static final double FLOOR = 0.5;

  private static final double LONGEST_SECONDS = 1e9;
  private static final int STEPS = 200;

  private StatisticalLimit() {}

  /**
   * The chance of a false alarm for one look of one check at one subject, if all of them together
   * are to give one false alarm a week.
   *
   * @param windowSeconds length of the windows, s: there is a look at each
   * @param verdicts number of verdicts of a judgement
   */
  static double chance(int windowSeconds, int verdicts) {
    return windowSeconds / WEEK_SECONDS / verdicts;
  }

  /**
   * The median time that the best test needs.
   *
   * @param healthy entries of each bin in healthy running
   * @param healthySeconds how long that was, s
   * @param faulty entries of each bin under the fault
   * @param faultySeconds how long that was, s
   * @param chance of a false alarm
   */
  static double seconds(
      long[] healthy, double healthySeconds, long[] faulty, double faultySeconds, double chance) {
    double information = 0;
    double variance = 0;
    for (int i = 0; i < healthy.length; i++) {
      if (healthy[i] + faulty[i] > 0) {
        double h = Math.max((double) healthy[i], FLOOR) / healthySeconds;
        double f = Math.max((double) faulty[i], FLOOR) / faultySeconds;
        double ratio = Math.log(f / h);
        information += f * ratio - f + h;
        variance += f * ratio * ratio;
      }
    }
    double least = 0;
    double most = LONGEST_SECONDS;
    for (int i = 0; i < STEPS; i++) {
      double t = (least + most) / 2;
      double logChance = -information * t - Math.log(2 * Math.PI * variance * t) / 2;
      if (logChance > Math.log(chance)) {
        least = t;
      } else {
        most = t;
      }
    }
    return most;
  }
}
