package org.driftwatch.viewer.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Accumulation.Range;
import org.junit.jupiter.api.Test;

class AccumulationTest {
  private final long seed = Long.getLong("driftwatch.seed", 20);
  private final Random random = new Random(seed);
  private final RunHistory history = new RunHistory();

  private WindowSeries run(int windows) {
    for (int n = 0; n < windows; n++) {
      history.put(Summaries.window(n, 0, random));
    }
    return history.series();
  }

  @Test
  void theLastMinutesEndWithTheNewestWindow() {
    Accumulation last = new Accumulation.Last(Duration.ofMinutes(1));
    assertThat(last.in(run(100)), is(new Range(88, 100)));
    assertThat(new Accumulation.Last(Duration.ofMillis(1)).in(run(100)), is(new Range(99, 100)));
    assertThat(new Accumulation.Last(Duration.ofDays(1)).in(run(100)), is(new Range(0, 100)));
    assertThat(last.of(WindowSeries.EMPTY), is(Optional.empty()));
  }

  @Test
  void aPickedStretchHoldsTheWindowsThatStartInItAndStandsStill() {
    Accumulation picked =
        new Accumulation.Picked(Summaries.start(10).plusMillis(1), Summaries.start(20));
    assertThat(picked.in(run(15)), is(new Range(11, 15)));
    assertThat(picked.in(run(100)), is(new Range(11, 20)));
    assertThat(picked.live(), is(false));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Accumulation.Picked(Summaries.start(1), Summaries.start(1)));
  }

  @Test
  void aStretchWithinAWindowOrWithinJoinedOnesHoldsThese() {
    Accumulation picked =
        new Accumulation.Picked(
            Summaries.start(10).plusMillis(1), Summaries.start(10).plusMillis(2));
    assertThat(picked.in(run(15)), is(new Range(10, 11)));
    Accumulation before =
        new Accumulation.Picked(Summaries.START.minusMillis(2), Summaries.START.minusMillis(1));
    assertThat(before.in(run(15)), is(new Range(0, 0)));
  }

  @Test
  void theNewestWindowKeepsItsRevision() {
    history.put(Summaries.window(0, 0, random));
    WindowSummary newest = Summaries.window(1, 3, random);
    history.put(newest);
    assertThat(Accumulation.newestWindow().of(history.series()), is(Optional.of(newest)));
  }

  @Test
  void anyStretchOfALongRunAddsUpAsItsWindowsDoAlsoWhenTheyWereRefined() {
    int windows = 1_700;
    WindowSummary[] some = new WindowSummary[30];
    for (int i = 0; i < some.length; i++) {
      some[i] = Summaries.window(0, 0, random);
    }
    for (int n = 0; n < windows; n++) {
      history.put(Summaries.moved(some[random.nextInt(some.length)], n));
    }
    for (int trial = 0; trial < 60; trial++) {
      int from = random.nextInt(windows);
      int to = from + 1 + random.nextInt(windows - from);
      assertThat(
          "seed " + seed + " " + from + " to " + to,
          history.series().sum(from, to).orElseThrow().hits(),
          is(hits(from, to)));
      WindowSummary sum = history.series().sum(from, to).orElseThrow();
      long cell = 0;
      for (int i = from; i < to; i++) {
        cell += history.series().window(i).chamber(1).occupancy().count(17);
      }
      assertThat("seed " + seed, sum.chamber(1).occupancy().count(17), is(cell));
      history.put(Summaries.moved(some[random.nextInt(some.length)], random.nextInt(windows)));
    }
  }

  private long hits(int from, int to) {
    long hits = 0;
    for (int i = from; i < to; i++) {
      hits += history.series().get(WindowSeries.Column.HITS, i);
    }
    return hits;
  }
}
