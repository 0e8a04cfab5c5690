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
import java.util.SortedMap;
import java.util.TreeMap;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.block.HitGroup;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrbitRunsTest {
  private static final List<HitGroup> GROUPS =
      List.of(
          HitGroup.NONE,
          new HitGroup(0, 0, 0),
          new HitGroup(591, 0, 0),
          new HitGroup(591, 0, 1),
          new HitGroup(591, 7, 1),
          new HitGroup(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));

  @ParameterizedTest
  @CsvSource({
    // bits of cell and time, hits, first orbit, span of orbits
    "26, 0, 0, 1",
    "26, 1, 0, 1",
    "26, 1, 4294967295, 1",
    "26, 300, 62, 1",
    "26, 300, 63, 1",
    "26, 300, 64, 1",
    "26, 300, 616953, 30000",
    "26, 2, 0, 4294967296",
    "26, 300, 4294967295, 1",
    "26, 300, 3387315431, 10",
    "26, 5000, 0, 4294967296",
    "26, 5000, 616953, 60000",
    "26, 20000, 2147483640, 20",
    "3, 5000, 0, 4294967296",
    "29, 5000, 0, 4294967296",
    "30, 5000, 616953, 60000",
    // From here on a hit takes more than four bytes.
    "31, 5000, 0, 4294967296",
    "33, 0, 0, 1",
    "33, 1, 1073741823, 1",
    "33, 300, 127, 1",
    "33, 5000, 0, 1073741824",
    "38, 5000, 616953, 60000",
    "39, 1, 16777215, 1",
    "39, 300, 511, 2",
    "39, 5000, 0, 16777216",
    "39, 20000, 8388608, 20",
    "46, 5000, 0, 131072",
    "51, 5000, 0, 4096",
  })
  void hitsInOrbitOrderArePackedAndUnpackedWhole(int bits, int size, long first, long span) {
    HitPacking packing = packing(bits);
    long[] hits = hits(Seed.random("orbit runs"), packing, size, first, span);

    byte[] packed = OrbitRuns.pack(packing, HitGroup.NONE, Arrays.copyOf(hits, size + 7), size);

    assertThat(new PackedRun(packed).size(), is(size));
    assertThat(unpacked(packing, List.of(new PackedRun(packed))), is(hits));
  }

  @ParameterizedTest
  @CsvSource({
    "26, 0, 1",
    "26, 10, 1",
    "26, 5000, 1",
    "26, 1, 2",
    "26, 5000, 2",
    "26, 5000, 7",
    "36, 5000, 7"
  })
  void eachOrbitIsWholeInOneShardAndNoHitIsLost(int bits, int size, int shards) {
    HitPacking packing = packing(bits);
    long[] hits = hits(Seed.random("orbit shards"), packing, size, 87_315_431L, 12_000);

    byte[][] packed =
        OrbitRuns.pack(packing, HitGroup.NONE, hits, size, shards, OrbitRuns.STRETCH_BITS);

    assertThat(packed.length, is(shards));
    Map<Long, Integer> shardOf = new HashMap<>();
    for (int shard = 0; shard < shards; shard++) {
      for (long hit : unpacked(packing, List.of(new PackedRun(packed[shard])))) {
        Integer other = shardOf.put(packing.orbit(hit), shard);
        assertThat(other == null || other == shard, is(true));
      }
    }
    assertThat(unpacked(packing, Arrays.stream(packed).map(PackedRun::new).toList()), is(hits));
  }

  @Test
  void anOrbitIsWholeInOneShardWhateverItsStepInTime() {
    HitPacking packing = new HitPacking(17, 9, 32, 15);
    Random random = Seed.random("steps");
    long[] hits = hits(random, packing, 5000, 0, 20 << 15);

    byte[][] packed =
        OrbitRuns.pack(packing, HitGroup.NONE, hits, hits.length, 5, OrbitRuns.STRETCH_BITS);

    Map<Long, Integer> shardOf = new HashMap<>();
    for (int shard = 0; shard < packed.length; shard++) {
      for (long hit : unpacked(packing(26), List.of(new PackedRun(packed[shard])))) {
        Integer other = shardOf.put(packing.orbit(hit) >>> 15, shard);
        assertThat(other == null || other == shard, is(true));
      }
    }
    assertThat(shardOf.size(), is(20));
  }

  @ParameterizedTest
  @CsvSource({"0, 700", "1, 700", "2, 3", "40, 700", "40, 100000000"})
  void partsInAnyNumberAndOrderAreReadOrbitByOrbit(int parts, long span) {
    Random random = Seed.random("orbit merge");
    HitPacking packing = packing(26 + random.nextInt(8));
    List<PackedRun> packed = new ArrayList<>();
    long[] all = new long[0];
    for (int part = 0; part < parts; part++) {
      int size = random.nextInt(400);
      // Parts follow each other in time, overlap, or are of the same time.
      long[] hits = hits(random, packing, size, 1_000_000 + random.nextInt(3) * span / 2, span);
      packed.add(new PackedRun(OrbitRuns.pack(packing, HitGroup.NONE, hits, size)));
      int before = all.length;
      all = Arrays.copyOf(all, before + size);
      System.arraycopy(hits, 0, all, before, size);
    }
    Arrays.sort(all);

    assertThat(unpacked(packing, packed), is(all));
  }

  @ParameterizedTest
  @CsvSource({"26, 700", "26, 3", "39, 5"})
  void orbitsOfTheSameNumberOfTwoGroupsAreNeverOne(int bits, long span) {
    Random random = Seed.random("orbit groups");
    HitPacking packing = packing(bits);
    List<PackedRun> packed = new ArrayList<>();
    SortedMap<HitGroup, SortedMap<Long, List<Long>>> expected = new TreeMap<>();
    for (int part = 0; part < 30; part++) {
      HitGroup group = GROUPS.get(random.nextInt(GROUPS.size()));
      long[] hits = hits(random, packing, random.nextInt(100), 616_953, span);
      packed.add(new PackedRun(OrbitRuns.pack(packing, group, hits, hits.length)));
      for (long hit : hits) {
        expected
            .computeIfAbsent(group, g -> new TreeMap<>())
            .computeIfAbsent(packing.orbit(hit), o -> new ArrayList<>())
            .add(hit & (1L << bits) - 1);
      }
    }

    List<List<Long>> orbits = new ArrayList<>();
    OrbitMerge merge = new OrbitMerge(packed, 0);
    while (merge.next()) {
      orbits.add(Arrays.stream(merge.hits(), 0, merge.size()).sorted().boxed().toList());
    }

    assertThat(
        orbits,
        is(
            expected.values().stream()
                .flatMap(group -> group.values().stream())
                .map(orbit -> orbit.stream().sorted().toList())
                .toList()));
  }

  @Test
  void whatIsPackedSaysOfWhichGroupItIs() {
    for (HitGroup group : GROUPS) {
      byte[] packed = OrbitRuns.pack(Course.PACKING, group, new long[] {1L << 40}, 1);

      assertThat(new OrbitRuns.Cursor(packed).group(), is(group));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // steps in time of hits with the same orbit number; how many of them are of one turn
    "0 0 0, 3",
    "0 4 8 12 16, 5",
    "0 5, 1 1",
    "0 4 9 13, 2 2",
    "3 3 7 12 17 18, 3 1 2",
    "0 31, 1 1",
  })
  void hitsOfOneNumberAreOfOneTurnWhileEachComesLessThanHalfATurnAfterTheOneBefore(
      String steps, String turns) {
    int stepBits = 5;
    HitPacking packing = new HitPacking(17, 9, 32, stepBits);
    List<PackedRun> packed = new ArrayList<>();
    for (String step : steps.split(" ", -1)) {
      // The same of the numbers beside it: they are orbits of their own.
      long[] hits = new long[3];
      for (int i = 0; i < hits.length; i++) {
        long orbit = (254L + i) << stepBits | Long.parseLong(step);
        hits[i] = orbit << packing.orbitShift() | (long) i << packing.timeBits();
      }
      packed.add(0, new PackedRun(OrbitRuns.pack(packing, HitGroup.NONE, hits, hits.length)));
    }

    OrbitMerge merge = new OrbitMerge(packed, stepBits);

    for (int number = 0; number < 3; number++) {
      for (String size : turns.split(" ", -1)) {
        assertThat(merge.next(), is(true));
        assertThat(merge.size(), is(Integer.parseInt(size)));
        for (int i = 0; i < merge.size(); i++) {
          assertThat(merge.hits()[i], is((long) number << 17));
        }
      }
    }
    assertThat(merge.next(), is(false));
  }

  @ParameterizedTest
  @CsvSource({"26, 1, 62, 4", "26, 3, 30, 4", "26, 1000, 62, 4", "33, 1, 100, 5", "39, 1, 500, 6"})
  void hitsTakeFewBytesEachWhereOrbitsAreNear(
      int bits, int hitsOfAnOrbit, int apart, int bytesOfAHit) {
    HitPacking packing = packing(bits);
    long[] hits = new long[1000];
    for (int i = 0; i < hits.length; i++) {
      long orbit = 7_315_431L + i / hitsOfAnOrbit * (long) apart;
      hits[i] = orbit << bits | i;
    }

    assertThat(
        OrbitRuns.pack(packing, HitGroup.NONE, hits, hits.length).length,
        is(lessThan(bytesOfAHit * 1000 + 20)));
  }

  private static HitPacking packing(int bits) {
    return new HitPacking(bits - 2, 2, 62 - bits, 0);
  }

  private static long[] hits(Random random, HitPacking packing, int size, long first, long span) {
    int shift = packing.orbitShift();
    long[] hits =
        random
            .longs(size, first, first + span)
            .map(orbit -> orbit << shift | random.nextLong(1L << shift))
            .toArray();
    Arrays.sort(hits);
    return hits;
  }

  /** All hits, sorted within an orbit; the orbits must ascend. */
  private static long[] unpacked(HitPacking packing, List<PackedRun> packed) {
    OrbitMerge orbits = new OrbitMerge(packed, packing.stepBits());
    List<Long> hits = new ArrayList<>();
    long previous = -1;
    while (orbits.next()) {
      assertThat(orbits.orbit(), is(greaterThan(previous)));
      previous = orbits.orbit();
      Arrays.stream(orbits.hits(), 0, orbits.size())
          .mapToObj(hit -> orbits.orbit() << packing.orbitShift() | hit)
          .sorted()
          .forEach(hits::add);
    }
    assertThat("at the end it stays there", orbits.next(), is(false));
    return hits.stream().mapToLong(Long::longValue).toArray();
  }
}
