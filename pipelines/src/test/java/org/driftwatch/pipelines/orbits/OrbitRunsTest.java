package org.driftwatch.pipelines.orbits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrbitRunsTest {
  @ParameterizedTest
  @CsvSource({
    // hits, first orbit, span of orbits
    "0, 0, 1",
    "1, 0, 1",
    "1, 4294967295, 1",
    "300, 62, 1",
    "300, 63, 1",
    "300, 64, 1",
    "300, 616953, 30000",
    "2, 0, 4294967296",
    "300, 4294967295, 1",
    "300, 3387315431, 10",
    "5000, 0, 4294967296",
    "5000, 616953, 60000",
    "20000, 2147483640, 20",
  })
  void hitsInOrbitOrderArePackedAndUnpackedWhole(int size, long first, long span) {
    Random random = Seed.random("orbit runs");
    long[] hits = hits(random, size, first, span);

    byte[] packed = OrbitRuns.pack(Arrays.copyOf(hits, size + 7), size);

    assertThat(OrbitRuns.size(packed), is(size));
    assertThat(unpacked(List.of(packed)), is(hits));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "10, 1", "5000, 1", "1, 2", "5000, 2", "5000, 7"})
  void eachOrbitIsWholeInOneShardAndNoHitIsLost(int size, int shards) {
    long[] hits = hits(Seed.random("orbit shards"), size, 3_387_315_431L, 700);

    byte[][] packed = OrbitRuns.pack(hits, size, shards);

    assertThat(packed.length, is(shards));
    Map<Long, Integer> shardOf = new HashMap<>();
    for (int shard = 0; shard < shards; shard++) {
      for (long hit : unpacked(List.of(packed[shard]))) {
        Integer other = shardOf.put(PackedHit.orbit(hit), shard);
        assertThat(other == null || other == shard, is(true));
      }
    }
    assertThat(unpacked(Arrays.asList(packed)), is(hits));
  }

  @ParameterizedTest
  @CsvSource({"0, 700", "1, 700", "2, 3", "40, 700", "40, 100000000"})
  void partsInAnyNumberAndOrderAreReadOrbitByOrbit(int parts, long span) {
    Random random = Seed.random("orbit merge");
    List<byte[]> packed = new ArrayList<>();
    long[] all = new long[0];
    for (int part = 0; part < parts; part++) {
      int size = random.nextInt(400);
      // Parts follow each other in time, overlap, or are of the same time.
      long[] hits = hits(random, size, 1_000_000 + random.nextInt(3) * span / 2, span);
      packed.add(OrbitRuns.pack(hits, size));
      int before = all.length;
      all = Arrays.copyOf(all, before + size);
      System.arraycopy(hits, 0, all, before, size);
    }
    Arrays.sort(all);

    assertThat(unpacked(packed), is(all));
  }

  private static long[] hits(Random random, int size, long first, long span) {
    long[] hits =
        random
            .longs(size, first, first + span)
            .map(orbit -> orbit << PackedHit.ORBIT_SHIFT | random.nextInt(1 << 26))
            .toArray();
    Arrays.sort(hits);
    return hits;
  }

  /** All hits, sorted within an orbit; the orbits must ascend. */
  private static long[] unpacked(List<byte[]> packed) {
    OrbitMerge orbits = new OrbitMerge(packed);
    List<Long> hits = new ArrayList<>();
    long previous = -1;
    while (orbits.next()) {
      assertThat(orbits.orbit(), is(greaterThan(previous)));
      previous = orbits.orbit();
      Arrays.stream(orbits.hits(), 0, orbits.size())
          .mapToObj(hit -> orbits.orbit() << PackedHit.ORBIT_SHIFT | hit)
          .sorted()
          .forEach(hits::add);
    }
    assertThat("at the end it stays there", orbits.next(), is(false));
    return hits.stream().mapToLong(Long::longValue).toArray();
  }

  @ParameterizedTest
  @CsvSource({"1, 62", "3, 30", "1000, 62"})
  void hitsTakeFourBytesEachWhereOrbitsAreNear(int hitsOfAnOrbit, int apart) {
    long[] hits = new long[1000];
    for (int i = 0; i < hits.length; i++) {
      long orbit = 3_387_315_431L + i / hitsOfAnOrbit * (long) apart;
      hits[i] = orbit << PackedHit.ORBIT_SHIFT | i;
    }

    assertThat(OrbitRuns.pack(hits, hits.length).length, is(lessThan(4 * 1000 + 16)));
  }
}
