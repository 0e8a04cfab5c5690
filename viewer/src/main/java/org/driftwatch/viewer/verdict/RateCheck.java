package org.driftwatch.viewer.verdict;

import java.util.Locale;
import org.driftwatch.viewer.verdict.Thresholds.Limit;
import org.driftwatch.viewer.verdict.Verdict.Check;

/**
 * Steps of a rate: a count of the newest windows against the count before. Given their sum n, the
 * newest count is binomial with p = r t1 / (r t1 + t2), where t are the exposures and r the factor
 * between the rates (Przyborowski and Wilenski, Biometrika 31 (1940) 313). A step is accused if, at
 * the limiting factor, such a count or a more extreme one has less than the chance of a false
 * alarm. Hits come in bunches, a muon makes a dozen: the limits' distance from 1 has room for that.
 */
final class RateCheck {
  /**
   * A count and what it was taken over.
   *
   * @param hits the count
   * @param exposure seconds, or hits of all chambers
   */
  record Count(long hits, double exposure) {}

  private RateCheck() {}

  /**
   * Judges a rate.
   *
   * @param name what it is the rate of
   * @param unit of the rate, as it follows a number
   */
  static Verdict judge(
      String name, String unit, Count newest, Count before, Thresholds thresholds) {
    long entries = newest.hits() + before.hits();
    double least = thresholds.get(Limit.RATE_MINIMUM_HITS);
    if (entries < least || newest.exposure() <= 0 || before.exposure() <= 0) {
      return new Verdict(
          Level.UNDECIDED,
          Check.RATE,
          entries < least
              ? String.format(
                  Locale.ROOT,
                  "too few hits to judge the %s rate: %,d, %s needed",
                  name,
                  entries,
                  Figures.brief(least))
              : String.format(
                  Locale.ROOT, "too few windows to judge the %s rate (%,d hits)", name, entries),
          entries,
          least,
          entries);
    }
    double rateNow = newest.hits() / newest.exposure();
    double rateBefore = before.hits() / before.exposure();
    double chance = thresholds.get(Limit.FALSE_ALARM);
    double expected = rateBefore * newest.exposure();
    if (newest.hits() == 0 && CountStatistics.poissonAtMost(0, expected) < chance) {
      return new Verdict(
          Level.BAD,
          Check.SILENCE,
          String.format(
              Locale.ROOT,
              "%s silent: no hit in the newest windows, %s expected (%,d hits before)",
              name,
              Figures.brief(expected),
              before.hits()),
          0,
          expected,
          entries);
    }
    Level level = Level.GOOD;
    double limit = thresholds.get(Limit.RATE_WARNING);
    if (beyond(newest, before, thresholds.get(Limit.RATE_BAD), chance)) {
      level = Level.BAD;
      limit = thresholds.get(Limit.RATE_BAD);
    } else if (beyond(newest, before, limit, chance)) {
      level = Level.WARNING;
    }
    double factor = rateBefore == 0 ? Double.POSITIVE_INFINITY : rateNow / rateBefore;
    String change =
        factor > 1
            ? "rose " + Figures.brief(factor) + " times"
            : "fell to " + Figures.brief(100 * factor) + " %";
    return new Verdict(
        level,
        Check.RATE,
        String.format(
            Locale.ROOT,
            "%s rate %s%s%s, %s before; limit %s %s (%,d hits)",
            name,
            level == Level.GOOD ? "" : change + ": ",
            Figures.brief(rateNow),
            unit,
            Figures.brief(rateBefore),
            level == Level.GOOD ? "×" : "a factor",
            Figures.brief(limit),
            entries),
        factor,
        limit,
        entries);
  }

  private static boolean beyond(Count newest, Count before, double factor, double chance) {
    long n = newest.hits() + before.hits();
    double up = factor * newest.exposure();
    double down = newest.exposure() / factor;
    return CountStatistics.binomialAtLeast(newest.hits(), n, up / (up + before.exposure())) < chance
        || CountStatistics.binomialAtMost(newest.hits(), n, down / (down + before.exposure()))
            < chance;
  }
}
