package org.driftwatch.quality.check;

import java.util.Arrays;
import java.util.List;
import org.driftwatch.quality.CountStatistics;

/**
 * Rates that are looked at together, such as those of all chambers: each against what it was
 * before, or a reference, less what all have changed by. That is the middle of their changes: if
 * all step, nobody steps by himself, and a cell that flickers excuses nobody.
 *
 * <p>A count of a stretch is compared with the count of the time before it. Given their sum, it is
 * binomial (Przyborowski and Wilenski, Biometrika 31 (1940) 313). The time before ends half a
 * minute before now, or where the stretch begins if that is earlier, and reaches back half an hour;
 * while a rate is accused it stands still. Not safe for several threads.
 */
final class Rates {
  private static final double LEAST_BEFORE_SECONDS = 10;

  /** With fewer expected hits a ratio of rates says little of what all have in common. */
  private static final double LEAST_COMMON = 20;

  /** Noise comes in bursts: a rate has risen if it is so for this long. */
  private static final long BURST_MILLIS = 4_000;

  /** No rate is known. */
  private static final Before NONE = new Before(0, 0);

  /**
   * What a rate was before.
   *
   * @param hits the hits that it is known from; infinite where it is known by itself
   * @param hz the rate; 0 where it is not known
   */
  private record Before(double hits, double hz) {
    boolean isKnown() {
      return hz > 0;
    }
  }

  /**
   * How a rate is.
   *
   * @param direction -1 if it is accused of having fallen, 1 of having risen, else 0
   * @param stretch what is spoken of: since it stepped, else the last ten minutes
   * @param count its count there
   * @param hz its rate there
   * @param beforeHz the rate that it is compared with, what all have changed by included; 0 if none
   *     is known
   * @param isDecided true if a fault would have been seen
   */
  record State(
      int direction, Stretch stretch, long count, double hz, double beforeHz, boolean isDecided) {
    /** The rate as a multiple of what it is compared with. */
    double factor() {
      return hz / beforeHz;
    }
  }

  /** How many hits of a stretch are those of a rate. */
  interface Counting {
    /** Hits of rate {@code i}. */
    long of(Stretch stretch, int i);

    /**
     * How many of these hits come together, such as those that one muon leaves: the variance of
     * their number as a multiple of itself; 1 where each comes by itself.
     */
    default double together(Stretch stretch, int i) {
      return 1;
    }
  }

  private final int size;
  private final Counting counting;
  private final double[] referenceHz;
  private final Watch[] watches;
  private final double[] frozenHz;
  private final boolean[] wasFew;
  private final Watch.Limits limits;
  private final boolean takesTwoLooks;
  private final double[] heldHz;
  private boolean isHeld;
  private double[] shared = {};

  /**
   * Rates to be looked at.
   *
   * @param counting how they are counted
   * @param referenceHz what they are to be compared with, 1/s; 0 for what they were before
   * @param takesTwoLooks true if one has fallen only if it is so with and without the newest
   *     window, which may be cut by the end of the stream
   */
  Rates(Counting counting, double[] referenceHz, Watch.Limits limits, boolean takesTwoLooks) {
    this.counting = counting;
    size = referenceHz.length;
    this.referenceHz = referenceHz.clone();
    this.limits = limits;
    this.takesTwoLooks = takesTwoLooks;
    watches = new Watch[size];
    Arrays.setAll(watches, i -> new Watch());
    frozenHz = new double[size];
    wasFew = new boolean[size];
    heldHz = new double[size];
  }

  int size() {
    return size;
  }

  /**
   * Lets what the rates are compared with stand still, or move on again: while the run as a whole
   * is accused, no chamber is, and yet what comes now is not what was before.
   */
  void hold(boolean newHeld, List<Stretch> all) {
    if (newHeld && !isHeld) {
      for (int i = 0; i < size; i++) {
        heldHz[i] = before(i, all, 0).hz();
      }
    }
    isHeld = newHeld;
  }

  boolean isAccused(int i) {
    return watches[i].isAccused();
  }

  /** By what factor all have changed, for each stretch: the middle of their changes. */
  double[] shared() {
    return shared;
  }

  /**
   * Looks at all rates.
   *
   * @param all the stretches
   * @param outer by what factor everything has changed anyway, for each stretch
   */
  void look(List<Stretch> all, double[] outer) {
    look(all, outer, (k, direction) -> true);
  }

  /** Whether a rate may be accused on stretch {@code k} of a change in a direction. */
  interface Gate {
    boolean isOpen(int k, int direction);
  }

  /** Looks at all rates; accuses none unless the gate is open. */
  void look(List<Stretch> all, double[] outer, Gate gate) {
    Before[][] before = new Before[all.size()][size];
    shared = new double[all.size()];
    double[] common = new double[all.size()];
    for (int k = 0; k < all.size(); k++) {
      for (int i = 0; i < size; i++) {
        before[k][i] = before(i, all, k);
      }
      shared[k] = common(all.get(k), before[k]);
      common[k] = size > 1 ? shared[k] : outer[k];
    }
    for (int i = 0; i < size; i++) {
      look(i, all, before, common, gate);
    }
  }

  /** The middle of all changes; of two in the middle the one nearer to none. */
  private double common(Stretch stretch, Before[] before) {
    double[] factors = new double[size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      double expected = before[i].hz() * stretch.seconds();
      if (expected >= LEAST_COMMON) {
        factors[n++] = counting.of(stretch, i) / expected;
      }
    }
    if (n == 0) {
      return 1;
    }
    Arrays.sort(factors, 0, n);
    double lower = factors[(n - 1) / 2];
    double upper = factors[n / 2];
    return Math.abs(Math.log(lower)) < Math.abs(Math.log(upper)) ? lower : upper;
  }

  private void look(int i, List<Stretch> all, Before[][] before, double[] common, Gate gate) {
    Watch watch = watches[i];
    double together = counting.together(all.get(all.size() - 1), i);
    boolean few = false;
    for (int k = 0; k < all.size(); k++) {
      Stretch stretch = all.get(k);
      Before b = before[k][i];
      if (!b.isKnown() || !watch.mayUse(stretch.from())) {
        continue;
      }
      long count = counting.of(stretch, i);
      if (watch.isAccused()) {
        double expected = b.hz() * stretch.seconds() * common(common[k], watch.direction());
        if (watch.isAfter(stretch.from())
            && watch.isBack(Math.round(count / together), expected / together, limits)) {
          watch.end(stretch.from());
          wasFew[i] = false;
          return;
        }
        continue;
      }
      double seconds = stretch.seconds();
      if (isBeyond(-1, count, seconds * common(common[k], -1), b, together) && gate.isOpen(k, -1)) {
        few = true;
        if (!takesTwoLooks || wasFew[i]) {
          accuse(i, -1, count, b, seconds * common(common[k], -1), stretch);
          return;
        }
      } else if (stretch.millis() >= BURST_MILLIS
          && stretch.windows() > 1
          && isBeyond(1, count, seconds * common(common[k], 1), b, together)
          && gate.isOpen(k, 1)) {
        accuse(i, 1, count, b, seconds * common(common[k], 1), stretch);
        return;
      }
    }
    wasFew[i] = few;
  }

  private void accuse(int i, int direction, long count, Before b, double seconds, Stretch stretch) {
    frozenHz[i] = b.hz();
    watches[i].accuse(direction, count, b.hz() * seconds, stretch);
  }

  /** What all have changed by excuses a change in that direction, and none in the other. */
  private static double common(double factor, int direction) {
    return direction < 0 ? Math.min(1, factor) : Math.max(1, factor);
  }

  /**
   * True if a count is significantly below the lower limit, or, in direction 1, above the upper
   * one. The chance is that of as many groups of hits that come together.
   */
  private boolean isBeyond(int direction, long count, double seconds, Before b, double together) {
    double multiple = direction < 0 ? limits.low() : limits.high();
    double limit = multiple * b.hz() * seconds;
    if (direction < 0 ? count >= limit : count <= limit) {
      return false;
    }
    long groups = Math.round(count / together);
    double chance;
    if (Double.isInfinite(b.hits())) {
      double mean = limit / together;
      chance =
          direction < 0
              ? CountStatistics.poissonAtMost(groups, mean)
              : CountStatistics.poissonAtLeast(groups, mean);
    } else {
      long both = Math.round((count + b.hits()) / together);
      double part = part(multiple * seconds, b);
      chance =
          direction < 0
              ? CountStatistics.binomialAtMost(groups, both, part)
              : CountStatistics.binomialAtLeast(groups, both, part);
    }
    return chance < limits.chance();
  }

  /** The part of the newer time in both. */
  private static double part(double seconds, Before b) {
    return seconds / (seconds + b.hits() / b.hz());
  }

  private Before before(int i, List<Stretch> all, int k) {
    if (watches[i].isAccused()) {
      return new Before(Double.POSITIVE_INFINITY, frozenHz[i]);
    }
    if (isHeld && heldHz[i] > 0) {
      return new Before(Double.POSITIVE_INFINITY, heldHz[i]);
    }
    if (referenceHz[i] > 0) {
      return new Before(Double.POSITIVE_INFINITY, referenceHz[i]);
    }
    int guard = Stretches.guard(all, k);
    int longest = all.size() - 1;
    while (longest > guard && !watches[i].mayUse(all.get(longest).from())) {
      longest--;
    }
    Stretch without = all.get(guard);
    Stretch with = all.get(longest);
    double seconds = (with.millis() - without.millis()) / 1000.0;
    double hits = counting.of(with, i) - counting.of(without, i);
    if (seconds >= LEAST_BEFORE_SECONDS && hits > 0) {
      return new Before(hits, hits / seconds);
    }
    return frozenHz[i] > 0 ? new Before(Double.POSITIVE_INFINITY, frozenHz[i]) : NONE;
  }

  /** How a rate is, after a look. */
  State state(int i, List<Stretch> all, double[] outer) {
    Watch watch = watches[i];
    Stretch stretch = Stretches.shown(all, watch.since());
    int shown = all.indexOf(stretch);
    Before b = before(i, all, 0);
    double common = size > 1 ? shared[shown] : outer[shown];
    double expectedHz =
        b.hz() * (watch.isAccused() ? common(common, watch.direction()) : common(common, -1));
    long count = counting.of(stretch, i);
    boolean isDecided =
        b.isKnown()
            && CountStatistics.poissonAtMost(
                    0,
                    limits.low()
                        * expectedHz
                        * stretch.seconds()
                        / counting.together(all.get(all.size() - 1), i))
                < limits.chance();
    return new State(
        watch.direction(), stretch, count, count / stretch.seconds(), expectedHz, isDecided);
  }

  /** Rate before that was known of a stream, 1/s, for the shortest stretch; 0 if none is. */
  double beforeHz(int i, List<Stretch> all) {
    return all.isEmpty() ? 0 : before(i, all, 0).hz();
  }

  /** Takes the rate since a step as what is expected from now on. */
  void accept(int i, List<Stretch> all) {
    Watch watch = watches[i];
    if (watch.isAccused() && !all.isEmpty()) {
      State now = state(i, all, ones(all.size()));
      frozenHz[i] = now.hz();
      watch.end(now.stretch().to());
    }
  }

  /**
   * Accuses a rate as an earlier look has done, and compares it with what that has. What was seen
   * since then began within the step, and does not tell what the rate was before.
   */
  void restore(int i, double hz, double beforeHz, long now) {
    if (beforeHz > 0) {
      frozenHz[i] = beforeHz;
      watches[i].restore(hz < beforeHz ? -1 : 1, hz / beforeHz, now);
    }
  }

  /** Factors of things that have not changed. */
  static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }
}
