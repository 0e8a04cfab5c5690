package org.driftwatch.viewer.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.IntStream;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.RunHistory;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.model.WindowSeries.Column;
import org.junit.jupiter.api.Test;

class TrendColumnsTest {
  private static final long WINDOW_MILLIS = 5_000;

  private WindowSeries given;

  private WindowSeries series(int windows, int gapFrom, int gapTo) {
    Random random = new Random(12);
    SnapshotFeed feed =
        new SnapshotFeed(
            new Connection(Connection.State.LIVE, "test"),
            Clocks.system(),
            snapshot -> given = snapshot.series());
    for (int n = 0; n < windows; n++) {
      if (n < gapFrom || n >= gapTo) {
        feed.window(Summaries.window(n, 0, random), Summaries.start(n));
      }
    }
    feed.batchEnded();
    return given;
  }

  private static TrendColumns columns(WindowSeries series, int windows, int columns) {
    TrendView view =
        new TrendView(
            Heading.NONE,
            series,
            Summaries.START,
            Summaries.START.plusMillis(windows * WINDOW_MILLIS),
            false,
            List.of(
                new TrendView.Curve("", Column.HITS, TrendView.Ink.TOTAL, true),
                new TrendView.Curve("", Column.ORBITS, TrendView.Ink.TOTAL, true)),
            List.of());
    return TrendColumns.of(view, columns);
  }

  @Test
  void eachColumnHoldsTheLeastTheMeanAndTheLargestNumberOfItsWindows() {
    WindowSeries series = series(1_000, 0, 0);
    TrendColumns columns = columns(series, 1_000, 100);
    for (int column = 0; column < 100; column++) {
      LongSummaryStatistics expected =
          IntStream.range(10 * column, 10 * column + 10)
              .mapToLong(i -> series.get(Column.ORBITS, i))
              .summaryStatistics();
      assertThat(columns.least(1, column), is((double) expected.getMin()));
      assertThat(columns.largest(1, column), is((double) expected.getMax()));
      assertThat(columns.mean(1, column), is(expected.getAverage()));
    }
  }

  @Test
  void aWindowThatLacksRecordsMarksItsColumnAndNoOther() {
    WindowSeries series = series(1_000, 0, 0);
    RunHistory history = new RunHistory();
    for (int i = 0; i < series.size(); i++) {
      history.put(i == 777 ? series.window(i).markedIncomplete() : series.window(i));
    }
    for (int wide : new int[] {100, 10}) {
      TrendColumns columns = columns(history.series(), 1_000, wide);
      for (int column = 0; column < wide; column++) {
        assertThat(columns.isIncomplete(column), is(column == 777 * wide / 1_000));
      }
    }
  }

  @Test
  void aLongRunIsTheSameAsWindowByWindowAlsoWhereSomeWereReplacedOrTakenOut() {
    Random random = new Random(31);
    RunHistory history = new RunHistory();
    for (int n = 0; n < 1_500; n++) {
      history.put(Summaries.window(n, 0, random));
    }
    WindowSeries before = history.series();
    for (int i = 0; i < 40; i++) {
      history.put(Summaries.window(random.nextInt(1_500), 1, random));
      history.remove(Summaries.start(random.nextInt(1_500)));
    }
    history.put(Summaries.window(1_500, 0, random));
    for (WindowSeries series : List.of(before, history.series())) {
      TrendColumns columns = columns(series, 1_500, 15);
      for (int column = 0; column < 15; column++) {
        int first = series.firstStartingFrom(Summaries.start(100 * column));
        int end = series.firstStartingFrom(Summaries.start(100 * column + 100));
        LongSummaryStatistics expected =
            IntStream.range(first, end)
                .mapToLong(i -> series.get(Column.HITS, i))
                .summaryStatistics();
        assertThat(columns.least(0, column), is((double) expected.getMin()));
        assertThat(columns.largest(0, column), is((double) expected.getMax()));
        assertThat(columns.mean(0, column), is(expected.getAverage()));
      }
    }
  }

  @Test
  void whereNoWindowLiesNothingIsDrawn() {
    TrendColumns columns = columns(series(1_000, 300, 420), 1_000, 100);
    for (int column = 0; column < 100; column++) {
      assertThat("column " + column, columns.isEmpty(column), is(column >= 30 && column < 42));
    }
  }

  @Test
  void windowsThatAreALittleWiderThanAColumnLeaveNoHoles() {
    TrendColumns columns = columns(series(100, 0, 0), 100, 140);
    for (int column = 0; column < 140; column++) {
      assertThat("column " + column, columns.isEmpty(column), is(false));
    }
  }
}
