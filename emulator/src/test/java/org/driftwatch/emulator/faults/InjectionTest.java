package org.driftwatch.emulator.faults;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.emulator.faults.Injection.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InjectionTest {
  private static List<Long> rows(String injection, long seed, long expected, int most) {
    Schedule schedule = new Schedule(Injection.parse(injection).get(0), new Random(seed), expected);
    List<Long> rows = new ArrayList<>();
    while (rows.size() < most && schedule.next() != Schedule.NEVER) {
      rows.add(schedule.next());
      schedule.advance();
    }
    return rows;
  }

  @Test
  void probabilitiesCountsAndSizesAreRead() {
    assertThat(
        Injection.parse(
            "malformed=0.001, late=5@1.5m,clock-step=1@-250ms,malformed-word=3,late=1@2h"),
        is(
            List.of(
                new Injection(Kind.MALFORMED, null, 0.001, 0, 0),
                new Injection(Kind.LATE, null, 0, 5, 90_000),
                new Injection(Kind.CLOCK_STEP, null, 0, 1, -250),
                new Injection(Kind.MALFORMED, Malformation.WORD, 0, 3, 0),
                new Injection(Kind.LATE, null, 0, 1, 7_200_000))));
    assertThat(Injection.parse("orbit-flood=1").get(0).size(), is(10_000L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "late|\"late\": expected KIND=PROBABILITY or KIND=COUNT",
        "lost=3|kind \"lost\": expected one of malformed, duplicate, late",
        "late=-1|amount -1, expected a probability with a decimal point",
        "late=1.5|amount 1.5",
        "late=0.1%|amount 0.1%",
        "late=1@5|size 5, expected a time in ms, s, m or h",
        "late=1@-5s|size -5s, expected a time",
        "burst=1@0|size 0, expected a number of rows",
        "duplicate=1@5s|duplicate has no size",
        "malformed=1,|\"\": expected KIND",
      })
  void whatIsNotUnderstoodIsToldInOneLine(String text, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Injection.parse(text));
    assertThat(e.getMessage(), containsString(message));
    assertThat(e.getMessage().lines().count(), is(1L));
  }

  @Test
  void aProbabilityIsMetOnTheAverageAndTheSeedGivesTheRows() {
    List<Long> rows = rows("late=0.01", 7, 0, 20_000);
    assertThat(rows.get(rows.size() - 1) / 2e6, closeTo(1, 0.03));
    assertThat(rows("late=0.01", 7, 0, 100), is(rows.subList(0, 100)));
    assertThat(rows("late=0.01", 8, 0, 100), is(not(rows.subList(0, 100))));
    assertThat(rows("late=1.0", 7, 0, 3), is(List.of(0L, 1L, 2L)));
    assertThat(rows("late=0.0", 7, 0, 3), hasSize(0));
  }

  @Test
  void aCountIsMetExactlyWithinAStreamOfKnownLength() {
    List<Long> rows = rows("late=500", 7, 10_000, 1000);
    assertThat(rows, hasSize(500));
    assertThat(rows.get(499), lessThan(10_000L));
    assertThat(rows.stream().mapToLong(r -> r).average().orElse(0), closeTo(5000, 500));
    assertThat(rows("late=500", 7, 0, 1000), hasSize(500));
    assertThat(rows("late=0", 7, 0, 1000), hasSize(0));
  }
}
