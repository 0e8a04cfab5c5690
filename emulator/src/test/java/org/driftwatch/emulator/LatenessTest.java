package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import org.junit.jupiter.api.Test;

class LatenessTest {
  private final Lateness lateness = new Lateness();

  @Test
  void quantilesAreKnownToATenthOfAnOctaveFromAboveAndTheLargestExactly() {
    for (long i = 1; i <= 100_000; i++) {
      lateness.add(i * 1000);
    }
    for (double share : new double[] {0.001, 0.1, 0.5, 0.99, 0.999}) {
      double exact = share * 1e8;
      assertThat(
          (double) lateness.quantile(share),
          allOf(greaterThanOrEqualTo(exact), lessThanOrEqualTo(exact * 1.13)));
    }
    assertThat(lateness.largest(), is(100_000_000L));
    assertThat(lateness.quantile(1), is(100_000_000L));
  }

  @Test
  void timesFromNothingToYearsHaveTheirBins() {
    for (long nanos = 1; nanos > 0 && nanos < Long.MAX_VALUE / 4; nanos *= 3) {
      Lateness one = new Lateness();
      one.add(nanos);
      one.add(Long.MAX_VALUE);
      assertThat(
          (double) one.quantile(0.5),
          allOf(greaterThanOrEqualTo((double) nanos), lessThanOrEqualTo(1.13 * nanos)));
    }
    lateness.add(-5);
    assertThat(lateness.quantile(0.5), is(0L));
  }
}
