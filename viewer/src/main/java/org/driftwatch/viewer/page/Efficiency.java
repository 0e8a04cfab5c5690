package org.driftwatch.viewer.page;

import java.util.Locale;
import java.util.Optional;
import org.driftwatch.quality.CountStatistics;

/**
 * How often cells had a hit when a muon crossed them. Immutable.
 *
 * @param found times with a hit
 * @param tested times that a muon crossed, at least 1
 */
record Efficiency(long found, long tested) {
  /** The efficiency; empty without tests, and of numbers that cannot be counts of such. */
  static Optional<Efficiency> of(long found, long tested) {
    return tested > 0 && found >= 0 && found <= tested
        ? Optional.of(new Efficiency(found, tested))
        : Optional.empty();
  }

  /** In percent. */
  double percent() {
    return 100.0 * found / tested;
  }

  /** Its error at a confidence of 68 %, as shares. */
  CountStatistics.Interval interval() {
    return CountStatistics.binomialInterval(found, tested);
  }

  /** With its interval: {@code 97.2 % (96.1 – 98.0)}. */
  String words() {
    CountStatistics.Interval interval = interval();
    return String.format(
        Locale.ROOT,
        "%.1f %% (%.1f – %.1f)",
        percent(),
        100 * interval.low(),
        100 * interval.high());
  }
}
