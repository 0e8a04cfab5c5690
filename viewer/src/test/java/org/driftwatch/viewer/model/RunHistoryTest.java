package org.driftwatch.viewer.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.WindowSeries.Column;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
  private final RunHistory history = new RunHistory();
  private final Random random = new Random(3);

  @Test
  void aSumIsIncompleteWhereOneOfItsWindowsIs() {
    RunHistory history = new RunHistory();
    for (int n = 0; n < 3; n++) {
      WindowSummary window = Summaries.window(n, 0, new Random(n));
      history.put(n == 1 ? window.markedIncomplete() : window);
    }
    assertThat(sum(history).orElseThrow().incomplete(), is(true));
    assertThat(history.series().window(1).incomplete(), is(true));
    assertThat(history.series().sum(2, 3).orElseThrow().incomplete(), is(false));
    assertThat(history.series().incomplete(0, 3), is(1));
  }

  @Test
  void anEmptyHistoryHasNeitherNewestNorSum() {
    assertThat(history.series().newest(), is(Optional.empty()));
    assertThat(sum(history), is(Optional.empty()));
    assertThat(history.series().isEmpty(), is(true));
  }

  @Test
  void aWindowComesBackAsItWasPut() {
    WindowSummary window = Summaries.window(4, 2, random);
    history.put(window);
    assertThat(history.series().newest(), is(Optional.of(window)));
  }

  @Test
  void aRefinementReplacesItsWindowEverywhere() {
    WindowSummary first = Summaries.window(0, 0, random);
    WindowSummary second = Summaries.window(1, 0, random);
    WindowSummary refined = Summaries.window(0, 1, random);
    history.put(first);
    history.put(second);
    history.put(refined);
    assertThat(history.series().size(), is(2));
    assertThat(history.series().window(0), is(refined));
    assertThat(history.series().newest(), is(Optional.of(second)));
    assertThat(sum(history).orElseThrow().hits(), is(refined.hits() + second.hits()));
    assertThat(history.series().get(Column.HITS, 0), is(refined.hits()));
    assertThat(history.series().lateRefinements(), is(1L));
  }

  @Test
  void afterARestartOfThePipelineRevisionZeroReplacesAHigherOne() {
    WindowSummary refined = Summaries.window(0, 3, random);
    WindowSummary again = Summaries.window(0, 0, random);
    history.put(refined);
    history.put(again);
    assertThat(history.series().newest(), is(Optional.of(again)));
    assertThat(history.series().lateRefinements(), is(0L));
  }

  @Test
  void aWindowThatComesLateTakesItsPlaceInTime() {
    WindowSummary third = Summaries.window(2, 0, random);
    WindowSummary first = Summaries.window(0, 0, random);
    WindowSummary second = Summaries.window(1, 0, random);
    history.put(third);
    history.put(first);
    history.put(second);
    List<Instant> starts = new ArrayList<>();
    for (int i = 0; i < history.series().size(); i++) {
      starts.add(history.series().start(i));
    }
    assertThat(starts, is(List.of(Summaries.start(0), Summaries.start(1), Summaries.start(2))));
    assertThat(history.series().newest(), is(Optional.of(third)));
  }

  @Test
  void aSeriesThatWasGivenOutDoesNotChangeAnyMore() {
    history.put(Summaries.window(0, 0, random));
    WindowSummary last = Summaries.window(1, 0, random);
    history.put(last);
    WindowSeries given = history.series();
    history.put(Summaries.window(2, 0, random));
    history.put(Summaries.window(1, 1, random));
    history.remove(Summaries.start(0));
    assertThat(given.size(), is(2));
    assertThat(given.get(Column.HITS, 1), is(last.hits()));
    assertThat(given.get(Column.REVISION, 1), is(0L));
    assertThrows(IndexOutOfBoundsException.class, () -> given.get(Column.HITS, 2));
  }

  @Test
  void twoHistoriesDoNotWriteIntoOneAnother() {
    RunHistory other = new RunHistory();
    WindowSummary here = Summaries.window(0, 0, random);
    WindowSummary there = Summaries.window(9, 0, random);
    history.put(here);
    other.put(there);
    assertThat(history.series().start(0), is(Summaries.start(0)));
    assertThat(other.series().start(0), is(Summaries.start(9)));
  }

  @Test
  void anyOrderOfPutsReplacementsAndDeletionsSumsUpAsTheLastMessagesDo() {
    long seed = Long.getLong("driftwatch.seed", 20);
    for (int i = 0; i < 5; i++) {
      Random any = new Random(seed + i);
      history.clear();
      sumsUp(i == 0 ? Summaries.COURSE : Detectors.random(any), any, "seed " + seed + "+" + i);
    }
  }

  private void sumsUp(DetectorDescription detector, Random any, String seed) {
    TreeMap<Instant, WindowSummary> last = new TreeMap<>();
    for (int step = 0; step < 400; step++) {
      int n = any.nextInt(60);
      if (any.nextInt(8) == 0) {
        boolean known = last.remove(Summaries.start(n)) != null;
        assertThat(seed, history.remove(Summaries.start(n)), is(known));
      } else {
        WindowSummary window = Summaries.window(detector, n, any.nextInt(4), any);
        last.put(Summaries.start(n), window);
        history.put(window);
      }
      assertThat(seed + " step " + step, sum(history), is(sum(last)));
    }
    int i = 0;
    for (WindowSummary window : last.values()) {
      assertThat(seed, history.series().window(i++), is(window));
    }
    assertThat(seed, history.series().size(), is(last.size()));
  }

  /** The sum window by window, by the detector's own words. */
  private static Optional<WindowSummary> sum(NavigableMap<Instant, WindowSummary> windows) {
    if (windows.isEmpty()) {
      return Optional.empty();
    }
    long[] scalars = new long[7];
    List<ChamberSummary> chambers = null;
    for (WindowSummary w : windows.values()) {
      long[] of = {
        w.totImport(),
        w.malformed(),
        w.hits(),
        w.scintillatorHits(),
        w.otherHits(),
        w.orbits(),
        w.scintillatorOrbits()
      };
      for (int i = 0; i < of.length; i++) {
        scalars[i] += of[i];
      }
      List<ChamberSummary> added = new ArrayList<>();
      for (int c = 0; c < w.chambers().size(); c++) {
        added.add(chambers == null ? w.chamber(c) : plus(chambers.get(c), w.chamber(c)));
      }
      chambers = added;
    }
    return Optional.of(
        new WindowSummary(
            new WindowSummary.Head(
                Optional.of(
                    new WindowSummary.Span(
                        windows.firstKey(),
                        windows.lastEntry().getValue().window().orElseThrow().end())),
                0,
                false,
                List.of()),
            scalars[0],
            scalars[1],
            scalars[2],
            scalars[3],
            scalars[4],
            scalars[5],
            scalars[6],
            chambers));
  }

  private static ChamberSummary plus(ChamberSummary a, ChamberSummary b) {
    return new ChamberSummary(
        a.hits() + b.hits(),
        Stream.of(ChamberHistogram.values())
            .map(which -> plus(a.histogram(which), b.histogram(which)))
            .toList());
  }

  private static Histogram plus(Histogram a, Histogram b) {
    long[] counts = a.counts();
    for (int i = 0; i < counts.length; i++) {
      counts[i] += b.count(i);
    }
    return Histogram.of(
        a.edges(), counts, a.underflow() + b.underflow(), a.overflow() + b.overflow());
  }

  @Test
  void acrossAChangeOfTheMappingCellsAddUpUnderTheNewestChannels() {
    WindowSummary before = Summaries.window(0, 0, random);
    WindowSummary after = Summaries.window(1, 0, List.of(64, 0, 64, 0), new Random(8));
    history.put(before);
    history.put(after);
    ChamberSummary sum = sum(history).orElseThrow().chamber(0);
    assertThat(sum.occupancy().edge(0), is(64));
    for (int cell = 0; cell < 64; cell++) {
      assertThat(
          sum.occupancy().count(cell),
          is(before.chamber(0).occupancy().count(cell) + after.chamber(0).occupancy().count(cell)));
    }
    assertThat(history.series().window(0), equalTo(before));
  }

  @Test
  void aSummaryWithoutWindowIsRefusedAndLeavesTheHistoryAsItWas() {
    WindowSummary kept = Summaries.window(0, 0, random);
    history.put(kept);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> history.put(Summaries.batch(Summaries.window(1, 0, random))));
    assertThat(e.getMessage(), containsString("window is null"));
    assertThat(sum(history).orElseThrow().hits(), is(kept.hits()));
  }

  @Test
  void clearingForgetsSumsToo() {
    history.put(Summaries.window(0, 0, random));
    history.clear();
    WindowSummary next = Summaries.window(1, 0, random);
    history.put(next);
    assertThat(sum(history).orElseThrow().chambers(), is(next.chambers()));
  }

  @Test
  void seriesGivenOutInALongRunNeverChange() {
    long seed = Long.getLong("driftwatch.seed", 20);
    Random any = new Random(seed);
    WindowSummary[] some = new WindowSummary[40];
    for (int i = 0; i < some.length; i++) {
      some[i] = Summaries.window(0, 0, any);
    }
    List<WindowSeries> given = new ArrayList<>();
    List<long[]> told = new ArrayList<>();
    int newest = 0;
    for (int step = 0; step < 3_000; step++) {
      boolean refines = any.nextInt(5) == 0 && newest > 0;
      int n = refines ? newest - any.nextInt(Math.min(newest, 700)) : ++newest;
      if (any.nextInt(50) == 0) {
        history.remove(Summaries.start(n - 1));
      }
      history.put(Summaries.moved(some[any.nextInt(some.length)], n));
      if (step % 100 == 0) {
        given.add(history.series());
        told.add(hits(history.series()));
      }
    }
    for (int i = 0; i < given.size(); i++) {
      assertThat("seed " + seed + " series " + i, hits(given.get(i)), is(told.get(i)));
    }
    for (int i = 1; i < history.series().size(); i++) {
      assertThat(
          "seed " + seed,
          history.series().start(i).isAfter(history.series().start(i - 1)),
          is(true));
    }
    for (int i = 0; i < history.series().size(); i += 97) {
      assertThat(
          "seed " + seed,
          history.series().get(Column.HITS, i),
          is(history.series().window(i).hits()));
    }
  }

  private static long[] hits(WindowSeries series) {
    long[] hits = new long[series.size()];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = series.get(Column.HITS, i) * 31 + series.get(Column.START, i);
    }
    return hits;
  }

  @Test
  void aDayOfSecondsStaysSmall() {
    for (int n = 0; n < 2_000; n++) {
      history.put(Summaries.window(n, 0, random));
    }
    assertThat(history.series().bytes() / 2_000, lessThan(1_000L));
  }

  private static Optional<WindowSummary> sum(RunHistory history) {
    return history.series().sum(0, history.series().size());
  }

  @Test
  void windowsOfAnotherDetectorTakeThePlaceOfOlderOnesAndNotOfNewerOnes() {
    DetectorDescription two = Detectors.of("two", 2, 4, 16);
    history.put(Summaries.window(0, 0, random));
    history.put(Summaries.window(1, 0, random));
    WindowSummary other = Summaries.window(two, 2, 0, random);
    history.put(other);
    assertThat(history.series().size(), is(1));
    assertThat(sum(history).orElseThrow().chambers(), is(other.chambers()));
    history.put(Summaries.window(1, 1, random));
    assertThat(history.series().newest(), is(Optional.of(other)));
    history.remove(Summaries.start(2));
    WindowSummary after = Summaries.window(1, 1, random);
    history.put(after);
    assertThat(history.series().newest(), is(Optional.of(after)));
  }

  @Test
  void aSumBearsTheRunsOfItsWindows() {
    history.put(Summaries.ofRuns(0, List.of(591L), random));
    history.put(Summaries.ofRuns(1, List.of(591L, 592L), random));
    history.put(Summaries.ofRuns(2, List.of(590L), random));
    assertThat(history.series().window(1).runs(), is(List.of(591L, 592L)));
    assertThat(sum(history).orElseThrow().runs(), is(List.of(590L, 591L, 592L)));
    assertThat(history.series().sum(0, 2).orElseThrow().runs(), is(List.of(591L, 592L)));
  }
}
