package org.driftwatch.quality.check;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.driftwatch.detector.WindowSummary.Span;
import org.junit.jupiter.api.Test;

class StretchesTest {
  private static final int SIZE = 8;
  private static final long START = 1_800_000_000_000L;

  private static Span span(long second, int seconds) {
    return new Span(
        Instant.ofEpochMilli(START + 1000 * second),
        Instant.ofEpochMilli(START + 1000 * (second + seconds)));
  }

  /** Counts that tell one window from another; many records, so that silence is a pause. */
  private static long[] counts(long number) {
    long[] counts = new long[SIZE];
    Arrays.setAll(counts, i -> number * 10 + i);
    counts[Columns.RECORDS] = 1000 + number;
    return counts;
  }

  private static Stretch longest(Stretches stretches) {
    List<Stretch> all = stretches.all();
    return all.get(all.size() - 1);
  }

  @Test
  void everySumIsThatOfTheNewestWindowsOfItsLengthWhateverCameAgainOrLate() {
    Random random = new Random(18);
    for (int round = 0; round < 20; round++) {
      int seconds = 1 + random.nextInt(5);
      Stretches stretches = new Stretches(SIZE, true);
      TreeMap<Long, long[]> reference = new TreeMap<>();
      long second = 0;
      List<Long> left = new ArrayList<>();
      for (int i = 0; i < 2500 / seconds; i++) {
        second += seconds;
        boolean isLast = !left.isEmpty() && left.get(left.size() - 1) == second - seconds;
        if (random.nextInt(40) == 0 && !isLast) {
          // It comes later, if at all; two in a row would be a pause.
          left.add(second);
        } else {
          stretches.put(span(second, seconds), counts(i));
          reference.put(second, counts(i));
        }
        long again = second - (long) seconds * random.nextInt(20);
        if (random.nextInt(5) == 0 && reference.containsKey(again)) {
          stretches.put(span(again, seconds), counts(7L * i));
          reference.put(again, counts(7L * i));
        }
        if (!left.isEmpty() && second - left.get(0) > 4L * seconds) {
          long late = left.remove(0);
          if (!reference.headMap(late).isEmpty()) {
            stretches.put(span(late, seconds), counts(i));
            reference.put(late, counts(i));
          }
        }
        if (i % 13 == 0) {
          compare(stretches, reference, seconds);
        }
      }
    }
  }

  private static void compare(
      Stretches stretches, NavigableMap<Long, long[]> reference, int seconds) {
    int windows = 0;
    for (Stretch stretch : stretches.all()) {
      long[] sum = new long[SIZE];
      int summed = 0;
      for (long[] counts : reference.tailMap((stretch.from() - START) / 1000).values()) {
        for (int i = 0; i < SIZE; i++) {
          sum[i] += counts[i];
        }
        summed++;
      }
      assertThat(stretch.counts(), is(sum));
      assertThat(stretch.windows(), is(summed));
      assertThat(stretch.millis(), is(1000L * seconds * summed));
      assertThat(stretch.windows(), greaterThanOrEqualTo(windows + 1));
      windows = stretch.windows();
    }
  }

  @Test
  void theFirstWindowOfAStreamAndTheFirstAfterAPauseAreNotJudged() {
    Stretches stretches = new Stretches(SIZE, false);
    stretches.put(span(0, 2), counts(1));
    assertThat(stretches.all(), is(empty()));
    stretches.put(span(2, 2), counts(2));
    assertThat(longest(stretches).counts(), is(counts(2)));
    stretches.put(span(100, 2), counts(3));
    assertThat(longest(stretches).counts(), is(counts(2)));
    stretches.put(span(102, 2), counts(4));
    assertThat(longest(stretches).windows(), is(2));
    assertThat(longest(stretches).millis(), is(4000L));
  }

  @Test
  void whatBecameDueSinceItWasAskedLastIsDue() {
    Stretches stretches = new Stretches(SIZE, true);
    for (int i = 0; i < 700; i++) {
      stretches.put(span(i, 1), counts(i));
    }
    assertThat(stretches.due(), is(stretches.all()));
    assertThat(stretches.due(), is(empty()));
    stretches.put(span(700, 1), counts(700));
    List<Stretch> due = stretches.due();
    assertThat(due, is(stretches.all().subList(0, due.size())));
    assertThat(due.size(), is(both(greaterThanOrEqualTo(5)).and(lessThan(20))));
  }

  @Test
  void aWindowOfNextYearIsNotBelievedUntilAnotherOneSaysTheSame() {
    Stretches stretches = new Stretches(SIZE, true);
    stretches.put(span(0, 2), counts(1));
    assertThat(stretches.put(span(31_000_000, 2), counts(2)), is(false));
    assertThat(stretches.put(span(2, 2), counts(3)), is(true));
    assertThat(longest(stretches).windows(), is(2));
    assertThat(stretches.put(span(31_000_000, 2), counts(2)), is(false));
    assertThat(stretches.put(span(31_000_002, 2), counts(4)), is(true));
    assertThat(stretches.put(span(4, 2), counts(3)), is(false));
  }

  @Test
  void silentWindowsCountWhereRecordsAreFew() {
    Stretches stretches = new Stretches(SIZE, true);
    long[] few = new long[SIZE];
    few[Columns.RECORDS] = 1;
    stretches.put(span(0, 1), few);
    stretches.put(span(5, 1), few);
    assertThat(longest(stretches).windows(), is(2));
    assertThat(longest(stretches).millis(), is(6000L));
  }

  @Test
  void memoryIsBoundedByTimeAndNotByTheNumberOfWindows() {
    Stretches stretches = new Stretches(SIZE, true);
    for (int i = 0; i < 10_000; i++) {
      stretches.put(span(i, 1), counts(i));
    }
    assertThat(longest(stretches).windows(), greaterThanOrEqualTo(1800));
    assertThat(longest(stretches).windows(), lessThan(1811));
    assertThat(stretches.rows(), lessThan(500));
  }
}
