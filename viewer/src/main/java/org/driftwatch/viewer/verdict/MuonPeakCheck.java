package org.driftwatch.viewer.verdict;

import java.util.Locale;
import org.driftwatch.detector.Histogram;
import org.driftwatch.viewer.verdict.Thresholds.Limit;
import org.driftwatch.viewer.verdict.Verdict.Check;

/**
 * The muons' peak at as many active channels as the chamber has layers: a muon crosses them all, so
 * orbits with that number outnumber the mean of those with one less and one more. At a limit {@code
 * r} of that ratio an orbit of the three kinds has that number with probability r / (r + 2);
 * accused if so few have, with less than the chance of a false alarm (binomial).
 */
final class MuonPeakCheck {
  private MuonPeakCheck() {}

  /** True if a chamber can have such a peak: both neighbours are among its bins. */
  static boolean isPossible(int layers, int cells) {
    return layers > 1 && layers < cells;
  }

  static Verdict judge(Histogram activeChannels, int layers, Thresholds thresholds) {
    int bin = layers - 1;
    long peak = activeChannels.count(bin);
    long beside = activeChannels.count(bin - 1) + activeChannels.count(bin + 1);
    long orbits = peak + beside;
    double least = thresholds.get(Limit.PEAK_MINIMUM_ORBITS);
    double limit = thresholds.get(Limit.PEAK_LOWEST_RATIO);
    String word = Figures.word(layers);
    if (orbits < least) {
      return new Verdict(
          Level.UNDECIDED,
          Check.MUON_PEAK,
          String.format(
              Locale.ROOT,
              "too few orbits to judge the peak at %s: %,d with %d to %d channels, %s needed",
              word,
              orbits,
              layers - 1,
              layers + 1,
              Figures.brief(least)),
          orbits,
          least,
          orbits);
    }
    double ratio = beside == 0 ? Double.POSITIVE_INFINITY : 2.0 * peak / beside;
    boolean missing =
        ratio < limit
            && CountStatistics.binomialAtMost(peak, orbits, limit / (limit + 2))
                < thresholds.get(Limit.FALSE_ALARM);
    String found = beside == 0 ? "all of them" : Figures.brief(ratio) + " times its neighbours";
    String reason =
        missing
            ? String.format(
                Locale.ROOT,
                "no peak at %s active channels: %s, limit %s (%,d orbits with %d to %d)",
                word,
                found,
                Figures.brief(limit),
                orbits,
                layers - 1,
                layers + 1)
            : String.format(
                Locale.ROOT,
                "peak at %s: %s, limit %s (%,d orbits)",
                word,
                found,
                Figures.brief(limit),
                orbits);
    return new Verdict(
        missing ? Level.WARNING : Level.GOOD, Check.MUON_PEAK, reason, ratio, limit, orbits);
  }
}
