package org.driftwatch.viewer.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.IntStream;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Connection;
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
            new Connection(Connection.State.LIVE, "test"), snapshot -> given = snapshot.series());
    for (int n = 0; n < windows; n++) {
      if (n < gapFrom || n >= gapTo) {
        feed.window(Summaries.window(n, 0, random), Summaries.start(n));
      }
    }
    feed.batchEnded();
    return given;
  }

  private static TrendColumns columns(WindowSeries series, int windows, int columns) {
    long from = Summaries.START.toEpochMilli();
    return TrendColumns.of(
        series, from, from + windows * WINDOW_MILLIS, columns, List.of(Column.HITS, Column.ORBITS));
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
      assertThat(columns.least(1, column), is(expected.getMin()));
      assertThat(columns.largest(1, column), is(expected.getMax()));
      assertThat(columns.mean(1, column), is(expected.getAverage()));
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
