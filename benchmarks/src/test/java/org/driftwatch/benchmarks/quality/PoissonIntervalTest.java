package org.driftwatch.benchmarks.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoissonIntervalTest {
  @ParameterizedTest
  @CsvSource({
    // of Garwood's table
    "0, 0, 3.689",
    "1, 0.0253, 5.572",
    "3, 0.619, 8.767",
    "10, 4.795, 18.39",
    "100, 81.36, 121.6",
  })
  void limitsAreThoseOfGarwoodsTable(long count, double least, double most) {
    PoissonInterval interval = PoissonInterval.of(count);

    assertThat(interval.least(), closeTo(least, 0.001 * most));
    assertThat(interval.most(), closeTo(most, 0.001 * most));
  }
}
