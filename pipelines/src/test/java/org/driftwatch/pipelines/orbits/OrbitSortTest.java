package org.driftwatch.pipelines.orbits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrbitSortTest {
  private static final int ORBIT_SHIFT = Course.PACKING.orbitShift();

  @ParameterizedTest
  @CsvSource({
    // hits, first orbit, span of orbits
    "0, 0, 1",
    "1, 4294967295, 1",
    "512, 3387315431, 1000",
    "513, 3387315431, 1000",
    "5000, 0, 1",
    "5000, 4294967295, 1",
    "5000, 616953, 2",
    "5000, 616953, 2048",
    "5000, 616953, 2049",
    "5000, 616953, 10000",
    "5000, 616953, 10001",
    "5000, 3387200947, 60000",
    "5000, 0, 4194305",
    "5000, 0, 4294967296",
  })
  void hitsComeInTheOrderOfTheirOrbitsAndNoneIsLost(int size, long first, long span) {
    Random random = Seed.random("orbit sort");
    for (int round = 0; round < 5; round++) {
      long[] hits =
          random
              .longs(size, first, first + span)
              .map(orbit -> orbit << ORBIT_SHIFT | random.nextInt(1 << 26))
              .toArray();
      assertSorted(hits);
      Arrays.sort(hits);
      assertSorted(hits);
    }
  }

  @Test
  void whatLiesBehindTheSizeIsNotLookedAt() {
    for (int size : new int[] {100, 1000}) {
      long[] hits = LongStream.range(0, size + 50).map(i -> (size - i) * (1L << 26)).toArray();
      long[] expected = Arrays.copyOf(hits, size);
      Arrays.sort(expected);

      assertThat(Arrays.copyOf(OrbitSort.sorted(hits, size, ORBIT_SHIFT), size), is(expected));
    }
  }

  private static void assertSorted(long[] hits) {
    long[] before = hits.clone();
    long[] sorted = Arrays.copyOf(OrbitSort.sorted(hits, hits.length, ORBIT_SHIFT), hits.length);

    assertThat("the input is left as it was", hits, is(before));
    long[] orbits = Arrays.stream(sorted).map(Course.PACKING::orbit).toArray();
    long[] expectedOrbits = orbits.clone();
    Arrays.sort(expectedOrbits);
    assertThat(orbits, is(expectedOrbits));
    Arrays.sort(before);
    Arrays.sort(sorted);
    assertThat("none is lost, none is made", sorted, is(before));
  }
}
