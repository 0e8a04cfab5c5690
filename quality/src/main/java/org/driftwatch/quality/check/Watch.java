package org.driftwatch.quality.check;

import org.driftwatch.quality.CountStatistics;

/**
 * Whether one count, such as a cell's, has left its limits, and whether it is back. It is accused
 * as soon as on any stretch the count is significantly beyond a limit: a count at the limit would
 * give as many, or more extremely many, with less than a given chance (Poisson). It stays accused
 * until on a stretch after that the count lies within the limits and is not to be explained by a
 * rate as it was when accused. Stretches that reach back beyond the end of an accusation say
 * nothing of what comes after. Not safe for several threads.
 */
final class Watch extends Accusation {
  /** Chance that what lasts is taken for over, in one look. */
  private static final double OVER_BY_CHANCE = 1e-6;

  private int direction;
  private double ratio;

  /**
   * Limits of a count.
   *
   * @param low multiple of what is expected below which it is accused; 0 for none
   * @param high multiple above which it is accused; infinite for none
   * @param chance that a count at a limit is accused, in one look
   */
  record Limits(double low, double high, double chance) {}

  /** -1 while it is accused of too few, 1 of too many, else 0. */
  int direction() {
    return isAccused() ? direction : 0;
  }

  /** True if the count of a stretch is significantly below the lower limit. */
  static boolean isFew(long count, double expected, Limits limits) {
    double least = limits.low() * expected;
    return count < least && CountStatistics.poissonAtMost(count, least) < limits.chance();
  }

  /** True if the count of a stretch is significantly above the upper limit. */
  static boolean isMany(long count, double expected, Limits limits) {
    double most = limits.high() * expected;
    return count > most && CountStatistics.poissonAtLeast(count, most) < limits.chance();
  }

  /**
   * Looks at whether a count is too small, or is back.
   *
   * @return true if that has changed: longer stretches say nothing new then
   */
  boolean look(long count, double expected, Limits limits, Stretch stretch) {
    if (!mayUse(stretch.from())) {
      return false;
    }
    if (!isAccused()) {
      if (isFew(count, expected, limits)) {
        accuse(-1, count, expected, stretch);
      }
      return isAccused();
    }
    if (isAfter(stretch.from()) && isBack(count, expected, limits)) {
      end(stretch.from());
    }
    return !isAccused();
  }

  /** Accuses it. */
  void accuse(int newDirection, long count, double expected, Stretch stretch) {
    direction = newDirection;
    ratio = (count + 0.5) / expected;
    accuse(stretch.from(), stretch.to());
  }

  /** Accuses it as an earlier look has done; what is seen from now on may end it. */
  void restore(int newDirection, double newRatio, long now) {
    if (direction() != newDirection) {
      direction = newDirection;
      accuse(now, now);
    }
    ratio = newRatio;
  }

  /** True if a stretch after the accusation shows that the count is back. */
  boolean isBack(long count, double expected, Limits limits) {
    if (direction < 0) {
      double lasting = Math.min(ratio, limits.low()) * expected;
      return count >= limits.low() * expected
          && CountStatistics.poissonAtLeast(count, lasting) < OVER_BY_CHANCE;
    }
    double lasting = Math.max(ratio, limits.high()) * expected;
    return count <= limits.high() * expected
        && CountStatistics.poissonAtMost(count, lasting) < OVER_BY_CHANCE;
  }
}
