package org.driftwatch.benchmarks.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import org.driftwatch.quality.CountStatistics;
import org.junit.jupiter.api.Test;

class StatisticalLimitTest {
  private static final double CHANCE = 1e-6;

  @Test
  void aSingleCountIsToldWhenItsMedianIsThatUnlikelyForAHealthyOne() {
    // 20 instead of 10 a second: the best test is that of the count alone, with exact chances.
    double seconds =
        StatisticalLimit.seconds(
            new long[] {10_000_000}, 1e6, new long[] {20_000_000}, 1e6, CHANCE);

    double exact = 0;
    while (CountStatistics.poissonAtLeast(Math.round(20 * exact), 10 * exact) > CHANCE) {
      exact += 0.05;
    }

    assertThat(seconds, is(closeTo(exact, 0.1 * exact)));
  }

  @Test
  void twiceTheRateTakesHalfTheTime() {
    long[] healthy = {1000, 2000, 3000};
    long[] faulty = {1500, 2000, 2500};
    double slow = StatisticalLimit.seconds(healthy, 1000, faulty, 1000, CHANCE);
    double fast = StatisticalLimit.seconds(healthy, 500, faulty, 500, CHANCE);

    assertThat(fast, is(closeTo(slow / 2, 1e-6 * slow)));
  }

  @Test
  void whatChangesLessTakesLongerAndWhatDoesNotChangeForever() {
    long[] healthy = {10_000, 10_000};

    double clear = StatisticalLimit.seconds(healthy, 1, new long[] {5000, 15_000}, 1, CHANCE);
    double faint = StatisticalLimit.seconds(healthy, 1, new long[] {9000, 11_000}, 1, CHANCE);

    assertThat(faint, is(greaterThan(20 * clear)));
    assertThat(StatisticalLimit.seconds(healthy, 1, healthy, 1, CHANCE), is(greaterThan(1e8)));
  }
}
