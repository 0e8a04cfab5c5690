package org.driftwatch.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.driftwatch.quality.CountStatistics.Interval;
import org.junit.jupiter.api.Test;

class CountStatisticsTest {
  private static final double CONFIDENCE = 0.6826894;

  @Test
  void anIntervalWithoutSuccessOrFailureHasOneEndThatIsKnownInClosedForm() {
    double high = 1 - Math.pow((1 - CONFIDENCE) / 2, 0.1);
    assertThat(CountStatistics.binomialInterval(0, 10).low(), is(0.0));
    assertThat(CountStatistics.binomialInterval(0, 10).high(), closeTo(high, 1e-7));
    assertThat(CountStatistics.binomialInterval(10, 10).low(), closeTo(1 - high, 1e-7));
    assertThat(CountStatistics.binomialInterval(10, 10).high(), is(1.0));
    assertThat(CountStatistics.binomialInterval(0, 0), is(new Interval(0, 1)));
  }

  @Test
  void anIntervalHoldsTheTruthAtLeastAsOftenAsItSays() {
    for (double p : new double[] {0.02, 0.5, 0.9, 0.98}) {
      for (int n : new int[] {1, 7, 20, 150}) {
        double holds = 0;
        for (int k = 0; k <= n; k++) {
          Interval interval = CountStatistics.binomialInterval(k, n);
          if (interval.low() <= p && p <= interval.high()) {
            holds +=
                CountStatistics.binomialAtMost(k, n, p)
                    - CountStatistics.binomialAtMost(k - 1L, n, p);
          }
        }
        assertThat(p + ", " + n, holds, greaterThanOrEqualTo(CONFIDENCE - 1e-6));
      }
    }
  }

  @Test
  void anIntervalOfManyTrialsIsAsNarrowAsTheNormalOne() {
    Interval interval = CountStatistics.binomialInterval(9_000_000, 10_000_000);
    double sigma = Math.sqrt(0.9 * 0.1 / 10_000_000);
    assertThat((interval.high() - interval.low()) / 2, closeTo(sigma, 0.01 * sigma));
  }

  @Test
  void aMeanOfFewIsFurtherOffByChanceThanOneOfMany() {
    // Of one degree of freedom it is Cauchy's distribution; of very many the normal one.
    assertThat(CountStatistics.studentAtLeast(1, 1), closeTo(0.25, 1e-12));
    assertThat(CountStatistics.studentAtLeast(-1, 1), closeTo(0.75, 1e-12));
    assertThat(CountStatistics.studentAtLeast(2.228139, 10), closeTo(0.025, 1e-7));
    assertThat(CountStatistics.studentAtLeast(5, 1e7), closeTo(2.8665e-7, 1e-10));
  }

  @Test
  void moreSuccessesThanTrialsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> CountStatistics.binomialInterval(3, 2));
  }
}
