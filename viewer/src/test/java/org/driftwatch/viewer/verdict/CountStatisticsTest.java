package org.driftwatch.viewer.verdict;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountStatisticsTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 4, 30})
  void poissonProbabilitiesAreTheSumsOfTheirTerms(double mean) {
    double term = Math.exp(-mean);
    double sum = 0;
    for (int k = 0; k < 60; k++) {
      assertThat(CountStatistics.poissonAtLeast(k, mean), closeTo(1 - sum, 1e-12));
      sum += term;
      assertThat(CountStatistics.poissonAtMost(k, mean), closeTo(sum, 1e-12));
      term *= mean / (k + 1);
    }
  }

  @Test
  void binomialProbabilitiesAreTheSumsOfTheirTerms() {
    int n = 25;
    double p = 0.3;
    double term = Math.pow(1 - p, n);
    double sum = 0;
    for (int k = 0; k <= n; k++) {
      assertThat(CountStatistics.binomialAtLeast(k, n, p), closeTo(1 - sum, 1e-12));
      sum += term;
      assertThat(CountStatistics.binomialAtMost(k, n, p), closeTo(sum, 1e-12));
      term *= (n - k) / (k + 1.0) * p / (1 - p);
    }
  }

  @Test
  void chiSquareProbabilitiesAreThoseOfTheTables() {
    assertThat(CountStatistics.chiSquareAtLeast(3.841, 1), closeTo(0.05, 1e-4));
    assertThat(CountStatistics.chiSquareAtLeast(18.307, 10), closeTo(0.05, 1e-4));
    assertThat(CountStatistics.chiSquareAtLeast(0, 10), is(1.0));
  }

  @Test
  void probabilitiesOutsideTheRangeAreNoneOrCertain() {
    assertThat(CountStatistics.poissonAtMost(-1, 3), is(0.0));
    assertThat(CountStatistics.poissonAtLeast(0, 3), is(1.0));
    assertThat(CountStatistics.poissonAtLeast(1, 0), is(0.0));
    assertThat(CountStatistics.binomialAtMost(5, 5, 0.5), is(1.0));
    assertThat(CountStatistics.binomialAtLeast(6, 5, 0.5), is(0.0));
  }
}
