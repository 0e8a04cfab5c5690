package org.driftwatch.pipelines.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class PartitionClockTest {
  private static final Pattern STEP =
      Pattern.compile("([rqQkosi=])(\\d+|[-+])(?:@(\\d+))?(?: x(\\d+))?");

  private final PartitionClock clock = new PartitionClock();
  private long wall;

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "partition-clock.txt", delimiter = '|', maxCharsPerColumn = 500)
  void theClockTellsHowFarTheStreamHasGot(String name, String steps) {
    for (String step : steps.split(" ; ", -1)) {
      take(step.strip(), name + ", " + step);
    }
  }

  private void take(String step, String what) {
    Matcher parts = STEP.matcher(step);
    assertThat(what + " is a step", parts.matches());
    String value = parts.group(2);
    switch (parts.group(1)) {
      case "r" -> {
        wall = number(parts.group(3));
        int times = parts.group(4) == null ? 1 : Integer.parseInt(parts.group(4));
        for (int i = 0; i < times; i++) {
          clock.record(number(value), wall);
        }
      }
      case "q" -> look(number(value));
      case "Q" -> {
        while (wall + 1_000 < number(value)) {
          look(wall + 1_000);
        }
        look(number(value));
      }
      case "o" -> clock.oldRecord(number(value));
      case "k" -> {
        wall = number(parts.group(3));
        clock.startAt(number(value), wall);
      }
      case "s" -> assertThat(what, clock.silentFor(), is(number(value)));
      case "i" -> assertThat(what, clock.isIdle(), is(value.equals("+")));
      default ->
          assertThat(
              what,
              clock.time(),
              is(value.equals("-") ? PartitionClock.NOT_STARTED : number(value)));
    }
  }

  private void look(long at) {
    wall = at;
    clock.nothingUnread(at);
  }

  private static long number(String digits) {
    return Long.parseLong(digits);
  }

  @Test
  void whateverComesItNeverGoesBackAndNeverRunsAheadOfBothStreamAndSilence() {
    Random random = Seed.random("partition clock");
    for (int round = 0; round < 500; round++) {
      PartitionClock any = new PartitionClock();
      wall = 2_000_000;
      long time = any.time();
      long largest = Long.MIN_VALUE;
      long firstArrival = -1;
      for (int i = 0; i < 300; i++) {
        wall += random.nextInt(random.nextInt(20) == 0 ? 20_000 : 200);
        if (random.nextInt(4) == 0) {
          any.nothingUnread(wall - random.nextInt(300));
        } else {
          long stamp = wall - 500_000 - random.nextInt(5_000);
          if (random.nextInt(10) == 0) {
            stamp += random.nextInt(1_000_000) - 500_000;
          }
          any.record(stamp, wall);
          largest = Math.max(largest, stamp);
          firstArrival = firstArrival < 0 ? wall : firstArrival;
        }
        assertThat(any.time(), is(greaterThanOrEqualTo(time)));
        time = any.time();
        if (time != PartitionClock.NOT_STARTED) {
          assertThat(largest + wall - firstArrival, is(greaterThanOrEqualTo(time)));
        }
      }
    }
  }
}
