package org.driftwatch.pipelines.tracks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Random;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;

class DivisorTest {
  private static final long LAST = Divisor.LIMIT - 1;

  private final Random random = Seed.random("divisor");

  @Test
  void quotientsAreThoseOfADivision() {
    for (int i = 0; i < 20_000; i++) {
      long divisor = 1 + (random.nextLong() >>> (1 + random.nextInt(62)));
      Divisor by = new Divisor(divisor);
      for (int j = 0; j < 20; j++) {
        check(by, divisor, random.nextLong() >> (4 + random.nextInt(59)));
        check(by, divisor, LAST / divisor * divisor);
        check(by, divisor, -(LAST / divisor * divisor));
        check(by, divisor, random.nextInt(1000) * Math.min(divisor, 1L << 50) - random.nextInt(2));
      }
    }
  }

  @Test
  void theLargestNumbersAreDivided() {
    for (long divisor :
        new long[] {1, 2, 3, 4, 5, 1L << 40, (1L << 40) - 1, LAST, Long.MAX_VALUE}) {
      Divisor by = new Divisor(divisor);
      for (long number : new long[] {LAST, -LAST, LAST - 1, 0, 1, -1}) {
        check(by, divisor, number);
      }
    }
  }

  private static void check(Divisor by, long divisor, long number) {
    assertThat(number + " / " + divisor, by.floor(number), is(Math.floorDiv(number, divisor)));
  }
}
