package org.driftwatch.viewer.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeTicksTest {
  private static List<String> labels(String from, String to, int most) {
    return TimeTicks.between(Instant.parse(from), Instant.parse(to), most).stream()
        .map(Tick::label)
        .toList();
  }

  @Test
  void aMinuteIsNamedInSeconds() {
    assertThat(
        labels("2026-11-20T20:36:46.500Z", "2026-11-20T20:37:46.500Z", 5),
        is(List.of("20:37:00", "20:37:15", "20:37:30", "20:37:45")));
  }

  @Test
  void anHourIsNamedInMinutesAndWeeksInDays() {
    assertThat(
        labels("2026-11-20T20:00:00Z", "2026-11-20T21:00:00Z", 6),
        is(List.of("20:00", "20:10", "20:20", "20:30", "20:40", "20:50", "21:00")));
    assertThat(
        labels("2026-11-20T12:00:00Z", "2026-11-23T12:00:00Z", 3),
        is(List.of("21 Nov", "22 Nov", "23 Nov")));
  }

  @Test
  void ticksAreNeverMoreThanAskedForAndLieWithinTheAxis() {
    long seed = Long.getLong("driftwatch.seed", 20);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Instant from = Instant.ofEpochMilli(random.nextInt(Integer.MAX_VALUE) * 1_000L);
      Duration length = Duration.ofMillis(1 + (random.nextLong() >>> (30 + random.nextInt(30))));
      int most = 1 + random.nextInt(12);
      List<Tick> ticks = TimeTicks.between(from, from.plus(length), most);
      String where = "seed " + seed + " from " + from + " length " + length + " most " + most;
      assertThat(where, ticks.size(), lessThanOrEqualTo(most + 1));
      for (Tick tick : ticks) {
        assertThat(where, tick.fraction() >= 0 && tick.fraction() <= 1, is(true));
      }
    }
  }
}
