package org.driftwatch.viewer.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.WindowSeries.Column;
import org.junit.jupiter.api.Test;

/** Windows of long ago, joined by the minute and by the hour. */
class JoinedHistoryTest {
  private static final HistoryLimits LIMITS =
      new HistoryLimits(Duration.ofMinutes(10), Duration.ofHours(2), Long.MAX_VALUE);
  private static final SummaryLayout LAYOUT = SummaryLayout.of(Summaries.COURSE);
  private static final int WINDOWS = 3_600;

  private final long seed = Long.getLong("driftwatch.seed", 20);
  private final Random random = new Random(seed);
  private final List<WindowSummary> contents = new ArrayList<>();

  JoinedHistoryTest() {
    for (int i = 0; i < 40; i++) {
      WindowSummary some =
          i % 3 == 0
              ? Summaries.ofRuns(0, List.of(590L + i / 20), random)
              : Summaries.window(0, random.nextInt(3), random);
      contents.add(i % 13 == 0 ? some.markedIncomplete() : some);
    }
  }

  private WindowSummary any(int n) {
    return Summaries.moved(contents.get(random.nextInt(contents.size())), n);
  }

  /** Windows of five seconds, some missing: five hours. */
  private NavigableMap<Instant, WindowSummary> run() {
    TreeMap<Instant, WindowSummary> run = new TreeMap<>();
    for (int n = 0; n < WINDOWS; n++) {
      if (random.nextInt(10) > 0 || n == WINDOWS - 1) {
        run.put(Summaries.start(n), any(n));
      }
    }
    return run;
  }

  @Test
  void rowsAreWindowsThenMinutesThenHours() {
    RunHistory history = new RunHistory(LIMITS);
    for (int n = 0; n < WINDOWS; n++) {
      history.put(any(n));
    }
    WindowSeries series = history.series();
    assertThat(series.windows(0, series.size()), is((long) WINDOWS));
    // 10 to 11 minutes of windows, 2 to 3 hours of minutes, and the hours before.
    assertThat(series.size(), is(greaterThan(120 + 109 + 3)));
    assertThat(series.size(), is(lessThan(132 + 171 + 5)));
    assertThat(series.get(Column.WINDOWS, 0), is(greaterThan(12L)));
    assertThat(series.get(Column.WINDOWS, series.size() - 140), is(12L));
    assertThat(series.get(Column.LENGTH, series.size() - 140), is(60_000L));
    assertThat(series.get(Column.WINDOWS, series.size() - 120), is(1L));
  }

  @Test
  void aRowIsTheExactSumOfItsWindows() {
    NavigableMap<Instant, WindowSummary> run = run();
    RunHistory history = new RunHistory(LIMITS);
    run.values().forEach(history::put);
    isTheSumOf(history.series(), run);
  }

  @Test
  void anyOrderOfArrivalGivesTheSameRows() {
    NavigableMap<Instant, WindowSummary> run = run();
    List<PackedWindow> windows =
        new ArrayList<>(run.values().stream().map(PackedWindow::of).toList());
    RunHistory ordered = new RunHistory(LIMITS);
    windows.forEach(ordered::put);
    WindowSeries expected = ordered.series();
    for (int round = 0; round < 3; round++) {
      Collections.shuffle(windows, random);
      RunHistory history = new RunHistory(LIMITS);
      for (PackedWindow window : windows) {
        if (random.nextInt(3) == 0) {
          history.put(window);
        } else {
          history.putPast(window);
        }
        if (random.nextInt(200) == 0) {
          assertThat(history.series().isEmpty(), is(false));
        }
      }
      WindowSeries series = history.series();
      assertThat(series.size(), is(expected.size()));
      for (int i = 0; i < series.size(); i++) {
        assertThat("seed " + seed + " row " + i, series.packed(i), is(expected.packed(i)));
      }
    }
  }

  /** A topic that goes on while its past is read backwards, and again whenever that is needed. */
  @Test
  void whateverIsRefinedOrDeletedTheHistoryIsThatOfTheLastMessages() {
    for (int round = 0; round < 2; round++) {
      List<Message> topic = new ArrayList<>();
      for (int i = 0; i < 2_500; i++) {
        topic.add(message(i * WINDOWS / 2_500));
      }
      RunHistory history = new RunHistory(LIMITS);
      int behind = topic.size();
      boolean lacks = true;
      for (int step = 0; step < 200 || behind > 0 || lacks; step++) {
        if (behind == 0 && lacks) {
          behind = topic.size();
        }
        for (int i = random.nextInt(100); i > 0 && behind > 0; i--) {
          tellPast(topic.get(--behind), history);
        }
        if (step < 200 && random.nextInt(3) == 0) {
          Message now = message(WINDOWS - 1);
          topic.add(now);
          tell(now, history);
        }
        if (behind == 0) {
          history.pastRead();
          lacks = history.lacks();
        }
        if (random.nextInt(10) == 0) {
          assertThat(history.series().size(), is(lessThan(WINDOWS)));
        }
      }
      TreeMap<Instant, WindowSummary> last = new TreeMap<>();
      for (Message message : topic) {
        message.window.ifPresentOrElse(
            window -> last.put(Summaries.start(message.n), window),
            () -> last.remove(Summaries.start(message.n)));
      }
      isTheSumOf(history.series(), last);
    }
  }

  /** A message of window {@code n}; without a window it deletes the key. */
  private record Message(int n, Optional<WindowSummary> window) {}

  private Message message(int about) {
    int n = random.nextInt(4) == 0 ? random.nextInt(WINDOWS) : Math.min(about, WINDOWS - 1);
    return new Message(n, random.nextInt(20) == 0 ? Optional.empty() : Optional.of(any(n)));
  }

  private static void tell(Message message, RunHistory history) {
    message.window.ifPresentOrElse(history::put, () -> history.remove(Summaries.start(message.n)));
  }

  private static void tellPast(Message message, RunHistory history) {
    message.window.ifPresentOrElse(
        window -> history.putPast(PackedWindow.of(window)),
        () -> history.removePast(Summaries.start(message.n)));
  }

  private void isTheSumOf(WindowSeries series, NavigableMap<Instant, WindowSummary> run) {
    String name = "seed " + seed;
    for (int i = 0; i < series.size(); i++) {
      boolean isLast = i == series.size() - 1;
      Collection<WindowSummary> of =
          isLast
              ? run.tailMap(series.start(i)).values()
              : run.subMap(series.start(i), series.start(i + 1)).values();
      WindowSummary row = series.window(i);
      assertThat(name, series.get(Column.WINDOWS, i), is((long) of.size()));
      assertThat(name, Arrays.equals(LAYOUT.counts(row), sum(of)), is(true));
      assertThat(name, row.runs(), is(List.copyOf(runs(of))));
      assertThat(name, series.get(Column.REVISION, i), is(revisions(of)));
      assertThat(name, series.incomplete(i, i + 1), is((int) incomplete(of)));
      assertThat(
          name,
          series.end(i),
          is(of.stream().map(w -> w.window().orElseThrow().end()).max(Instant::compareTo).get()));
      if (of.size() == 1) {
        assertThat(name, row, is(of.iterator().next()));
      }
    }
    Collection<WindowSummary> all = run.values();
    WindowSummary sum = series.sum(0, series.size()).orElseThrow();
    assertThat(name, Arrays.equals(LAYOUT.counts(sum), sum(all)), is(true));
    assertThat(name, sum.runs(), is(List.copyOf(runs(all))));
    assertThat(name, series.lateRefinements(), is(revisions(all)));
    assertThat(name, series.incomplete(0, series.size()), is((int) incomplete(all)));
    assertThat(name, series.windows(0, series.size()), is((long) all.size()));
  }

  private static long[] sum(Collection<WindowSummary> windows) {
    long[] sum = new long[LAYOUT.size()];
    for (WindowSummary window : windows) {
      long[] counts = LAYOUT.counts(window);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += counts[i];
      }
    }
    return sum;
  }

  private static SortedSet<Long> runs(Collection<WindowSummary> windows) {
    SortedSet<Long> runs = new TreeSet<>();
    windows.forEach(window -> runs.addAll(window.runs()));
    return runs;
  }

  private static long revisions(Collection<WindowSummary> windows) {
    return windows.stream().mapToLong(WindowSummary::revision).sum();
  }

  private static long incomplete(Collection<WindowSummary> windows) {
    return windows.stream().filter(WindowSummary::incomplete).count();
  }

  @Test
  void whereMemoryIsShortWindowsAreJoinedEarlierAndTheNewestStay() {
    HistoryLimits small = new HistoryLimits(Duration.ofDays(1), Duration.ofDays(30), 400_000);
    RunHistory history = new RunHistory(small);
    NavigableMap<Instant, WindowSummary> run = run();
    for (WindowSummary window : run.values()) {
      history.put(window);
      if (random.nextInt(50) == 0) {
        assertThat(history.series().bytes(), is(lessThan(410_000L)));
      }
    }
    isTheSumOf(history.series(), run);
    WindowSeries series = history.series();
    assertThat(series.get(Column.WINDOWS, series.size() - 100), is(1L));
  }
}
