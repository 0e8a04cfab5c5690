package org.driftwatch.viewer.verdict;

import java.util.Locale;
import org.driftwatch.viewer.verdict.Thresholds.Limit;
import org.driftwatch.viewer.verdict.Verdict.Check;

/**
 * A chamber's share of the hits of all chambers: accused if a share at the limit would give such a
 * count, or a more extreme one, with less than the chance of a false alarm (binomial). The standard
 * limits are those of one chamber among four alike; for others they go with its part of all cells.
 */
final class ShareCheck {
  private static final double STANDARD_PART = 0.25;

  private ShareCheck() {}

  /**
   * Judges a share.
   *
   * @param part which part of all cells the chamber has
   */
  static Verdict judge(long hits, long all, double part, Thresholds thresholds) {
    double least = thresholds.get(Limit.SHARE_MINIMUM_HITS);
    if (all < least) {
      return new Verdict(
          Level.UNDECIDED,
          Check.SHARE,
          String.format(
              Locale.ROOT,
              "too few hits to judge shares: %,d in all chambers, %s needed",
              all,
              Figures.brief(least)),
          all,
          least,
          all);
    }
    double low = thresholds.scaled(Limit.SHARE_LOWEST, part / STANDARD_PART);
    double high = Math.min(100, thresholds.scaled(Limit.SHARE_HIGHEST, part / STANDARD_PART));
    double chance = thresholds.get(Limit.FALSE_ALARM);
    double share = 100.0 * hits / all;
    boolean few = share < low && CountStatistics.binomialAtMost(hits, all, low / 100) < chance;
    boolean many = share > high && CountStatistics.binomialAtLeast(hits, all, high / 100) < chance;
    Level level = few || many ? Level.WARNING : Level.GOOD;
    String judged =
        few
            ? String.format(Locale.ROOT, "below the limit %s %%", Figures.brief(low))
            : many
                ? String.format(Locale.ROOT, "above the limit %s %%", Figures.brief(high))
                : String.format(
                    Locale.ROOT, "limits %s to %s %%", Figures.brief(low), Figures.brief(high));
    return new Verdict(
        level,
        Check.SHARE,
        String.format(
            Locale.ROOT, "%.1f %% of the hits, %s (%,d of %,d)", share, judged, hits, all),
        share,
        many || share > high ? high : low,
        all);
  }
}
