package org.driftwatch.viewer.verdict;

import java.util.Locale;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.Telescope;
import org.driftwatch.viewer.verdict.Thresholds.Limit;
import org.driftwatch.viewer.verdict.Verdict.Check;

/**
 * The muons' peak at four active channels: a muon crosses the four layers, so orbits with four
 * channels outnumber the mean of those with three and five. At a limit {@code r} of that ratio an
 * orbit of the three kinds has four channels with probability r / (r + 2); accused if so few have,
 * with less than the chance of a false alarm (binomial).
 */
final class MuonPeakCheck {
  private MuonPeakCheck() {}

  static Verdict judge(Histogram activeChannels, Thresholds thresholds) {
    int bin = Telescope.LAYERS - 1;
    long four = activeChannels.count(bin);
    long beside = activeChannels.count(bin - 1) + activeChannels.count(bin + 1);
    long orbits = four + beside;
    double least = thresholds.get(Limit.PEAK_MINIMUM_ORBITS);
    double limit = thresholds.get(Limit.PEAK_LOWEST_RATIO);
    if (orbits < least) {
      return new Verdict(
          Level.UNDECIDED,
          Check.MUON_PEAK,
          String.format(
              Locale.ROOT,
              "too few orbits to judge the peak at four: %,d with 3 to 5 channels, %s needed",
              orbits,
              Figures.brief(least)),
          orbits,
          least,
          orbits);
    }
    double ratio = beside == 0 ? Double.POSITIVE_INFINITY : 2.0 * four / beside;
    boolean missing =
        ratio < limit
            && CountStatistics.binomialAtMost(four, orbits, limit / (limit + 2))
                < thresholds.get(Limit.FALSE_ALARM);
    String found = beside == 0 ? "all of them" : Figures.brief(ratio) + " times its neighbours";
    return new Verdict(
        missing ? Level.WARNING : Level.GOOD,
        Check.MUON_PEAK,
        String.format(
            Locale.ROOT,
            missing
                ? "no peak at four active channels: %s, limit %s (%,d orbits with 3 to 5)"
                : "peak at four: %s, limit %s (%,d orbits)",
            found,
            Figures.brief(limit),
            orbits),
        ratio,
        limit,
        orbits);
  }
}
