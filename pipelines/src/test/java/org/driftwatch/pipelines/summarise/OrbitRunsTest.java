package org.driftwatch.pipelines.summarise;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.Arrays;
import java.util.Random;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrbitRunsTest {
  @ParameterizedTest
  @CsvSource({
    // hits, first orbit, span of orbits
    "0, 0, 1",
    "1, 0, 1",
    "1, 4294967295, 1",
    "2, 0, 4294967296",
    "300, 4294967295, 1",
    "300, 3387315431, 10",
    "5000, 0, 4294967296",
    "5000, 616953, 60000",
    "20000, 2147483640, 20",
  })
  void hitsInOrbitOrderArePackedAndUnpackedWhole(int size, long first, long span) {
    Random random = Seed.random("orbit runs");
    long[] hits =
        random
            .longs(size, first, first + span)
            .map(orbit -> orbit << PackedHit.ORBIT_SHIFT | random.nextInt(1 << 26))
            .toArray();
    Arrays.sort(hits);

    byte[] packed = OrbitRuns.pack(Arrays.copyOf(hits, size + 7), size);
    long[] unpacked = new long[size + 5];
    OrbitRuns.unpack(packed, unpacked, 5);

    assertThat(OrbitRuns.size(packed), is(size));
    assertThat(Arrays.copyOfRange(unpacked, 5, size + 5), is(hits));
    assertThat(Arrays.copyOf(unpacked, 5), is(new long[5]));
  }

  @Test
  void anOrbitsHitsTakeFourBytesEach() {
    long[] hits = new long[1000];
    Arrays.setAll(hits, i -> 3_387_315_431L << PackedHit.ORBIT_SHIFT | i);

    assertThat(OrbitRuns.pack(hits, hits.length).length, is(lessThan(4 * 1000 + 16)));
  }
}
