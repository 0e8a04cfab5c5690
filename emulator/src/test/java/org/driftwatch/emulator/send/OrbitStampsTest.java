package org.driftwatch.emulator.send;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription.Clock;
import org.driftwatch.emulator.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrbitStampsTest {
  private static final long START = 1_800_000_000_000L;

  private final OrbitStamps stamps = new OrbitStamps(Course.DETECTOR.clock());

  @Test
  void hitsOfAnOrbitCarryTheStampOfItsFirst() {
    assertThat(stamps.stamp(7, START), is(START));
    assertThat(stamps.stamp(8, START + 1), is(START + 1));
    assertThat(stamps.stamp(7, START + 900), is(START));
    assertThat(stamps.stamp(7, START + 2000), is(START));
  }

  @Test
  void aHitMoreThanTwoSecondsLaterBeginsAnew() {
    stamps.stamp(7, START);
    assertThat(stamps.stamp(7, START + 2001), is(START + 2001));
    assertThat(stamps.stamp(7, START + 2500), is(START + 2001));
  }

  @Test
  void orbitsOfTheWholeUnsignedRangeAreKeptApart() {
    long[] orbits = {0, 1, 2147483647L, 2147483648L, 3387315431L, 4294967295L};
    for (int i = 0; i < orbits.length; i++) {
      stamps.stamp(orbits[i], START + i);
    }
    for (int i = 0; i < orbits.length; i++) {
      assertThat(stamps.stamp(orbits[i], START + 100), is(START + i));
    }
  }

  @Test
  void anOrbitOneTurnOfAShortCounterLaterIsAnother() {
    OrbitStamps wrapping = new OrbitStamps(new Clock(BigDecimal.valueOf(25), 3564, 30, 8));
    long stamp = START;
    for (int orbit = 0; orbit < 10_000; orbit++, stamp++) {
      assertThat(wrapping.stamp(orbit & 0xFF, stamp), is(stamp));
      assertThat(
          wrapping.stamp(Math.max(0, orbit - 60) & 0xFF, stamp), is(Math.max(START, stamp - 60)));
    }
  }

  @Test
  void orbitsOfALongCounterAreKeptApart() {
    OrbitStamps wide = new OrbitStamps(new Clock(BigDecimal.valueOf(25), 3564, 30, 64));
    assertThat(wide.stamp(-1, START), is(START));
    assertThat(wide.stamp(0, START + 1), is(START + 1));
    assertThat(wide.stamp(-1, START + 2), is(START));
  }

  @Test
  void aLongSilenceForgetsEverything() {
    stamps.stamp(7, START);
    assertThat(stamps.stamp(7, START + 86_400_000L * 365), is(START + 86_400_000L * 365));
  }

  @Test
  void aHitWhoseTimeFellBackKeepsTheStampOfItsOrbit() {
    stamps.stamp(7, START);
    assertThat(stamps.stamp(8, START - 20_000), is(START - 20_000));
    assertThat(stamps.stamp(7, START - 10_000), is(START));
    assertThat(stamps.stamp(9, START - 40_000), is(START - 40_000));
    assertThat(stamps.stamp(9, START - 39_000), is(START - 40_000));
  }

  @Test
  void ofMoreOrbitsThanFindRoomTheNewestAreRemembered() {
    OrbitStamps small = new OrbitStamps(Course.DETECTOR.clock(), 1 << 14);
    for (int orbit = 0; orbit < 100_000; orbit++) {
      assertThat(small.stamp(orbit, START + orbit / 100), is(START + orbit / 100));
    }
    for (int orbit = 88_000; orbit < 100_000; orbit++) {
      assertThat(small.stamp(orbit, START + 1500), is(START + orbit / 100));
    }
    assertThat(small.stamp(1, START + 1500), is(START + 1500));
  }

  /** Orbits of several densities: a few met again and again, and many met once. */
  @ParameterizedTest
  @ValueSource(longs = {10, 1000, 50_000, 4_294_967_296L})
  void agreesWithAnUnboundedMemoryInEveryOrder(long orbitRange) {
    long seed = Long.getLong("driftwatch.seed", 20);
    Random random = new Random(seed);
    Map<Long, Long> first = new HashMap<>();
    long due = START;
    for (int i = 0; i < 400_000; i++) {
      if (random.nextInt(20) == 0) {
        due += random.nextInt(1000) == 0 ? random.nextInt(9000) : random.nextInt(3);
      }
      long orbit = (long) (random.nextDouble() * orbitRange);
      Long known = first.get(orbit);
      if (known == null || due - known > 2000) {
        known = due;
        first.put(orbit, due);
      }
      assertThat("seed " + seed + ", hit " + i, stamps.stamp(orbit, due), is(known));
    }
  }
}
