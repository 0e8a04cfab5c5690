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
      Pattern.compile("([rqkos=])(\\d+|-)(?:@(\\d+))?(?: x(\\d+))?");

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "partition-clock.txt", delimiter = '|', maxCharsPerColumn = 500)
  void theClockTellsHowFarTheStreamHasGot(String name, String steps) {
    PartitionClock clock = new PartitionClock();
    for (String step : steps.split(" ; ", -1)) {
      take(clock, step.strip(), name + ", " + step);
    }
  }

  private static void take(PartitionClock clock, String step, String what) {
    Matcher parts = STEP.matcher(step);
    assertThat(what + " is a step", parts.matches());
    long number = parts.group(2).equals("-") ? PartitionClock.NOT_STARTED : number(parts.group(2));
    switch (parts.group(1)) {
      case "r" -> {
        int times = parts.group(4) == null ? 1 : Integer.parseInt(parts.group(4));
        for (int i = 0; i < times; i++) {
          clock.record(number, number(parts.group(3)));
        }
      }
      case "q" -> clock.nothingUnread(number);
      case "o" -> clock.oldRecord(number);
      case "k" -> clock.startAt(number, number(parts.group(3)));
      case "s" -> assertThat(what, clock.silentFor(), is(number));
      default -> assertThat(what, clock.time(), is(number));
    }
  }

  private static long number(String digits) {
    return Long.parseLong(digits);
  }

  @Test
  void whateverComesItNeverGoesBackAndNeverRunsAheadOfBothStreamAndSilence() {
    Random random = Seed.random("partition clock");
    for (int round = 0; round < 500; round++) {
      PartitionClock clock = new PartitionClock();
      long wall = 2_000_000;
      long time = clock.time();
      long largest = Long.MIN_VALUE;
      long firstArrival = -1;
      for (int i = 0; i < 300; i++) {
        wall += random.nextInt(random.nextInt(20) == 0 ? 20_000 : 200);
        if (random.nextInt(4) == 0) {
          clock.nothingUnread(wall - random.nextInt(300));
        } else {
          long stamp = wall - 500_000 - random.nextInt(5_000);
          if (random.nextInt(10) == 0) {
            stamp += random.nextInt(1_000_000) - 500_000;
          }
          clock.record(stamp, wall);
          largest = Math.max(largest, stamp);
          firstArrival = firstArrival < 0 ? wall : firstArrival;
        }
        assertThat(clock.time(), is(greaterThanOrEqualTo(time)));
        time = clock.time();
        if (time != PartitionClock.NOT_STARTED) {
          assertThat(largest + wall - firstArrival, is(greaterThanOrEqualTo(time)));
        }
      }
    }
  }

  @Test
  void itHasSeenRecordsOnceOneWasReadOrTheTimeWasKnown() {
    PartitionClock clock = new PartitionClock();
    assertThat(clock.hasSeenRecords(), is(false));
    clock.record(1, 1);
    assertThat(clock.hasSeenRecords(), is(true));

    PartitionClock known = new PartitionClock();
    known.startAt(1, 1);
    assertThat(known.hasSeenRecords(), is(true));
  }
}
