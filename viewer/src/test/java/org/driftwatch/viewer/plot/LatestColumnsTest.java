package org.driftwatch.viewer.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.RunHistory;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.model.WindowSeries.Column;
import org.driftwatch.viewer.plot.TrendView.Curve;
import org.driftwatch.viewer.plot.TrendView.Ink;
import org.junit.jupiter.api.Test;

class LatestColumnsTest {
  private static final int COLUMNS = 20;
  private static final List<Curve> HITS = List.of(new Curve("all", Column.HITS, Ink.TOTAL, true));

  private final Random random = new Random(12);
  private final RunHistory history = new RunHistory();
  private final AtomicLong nanos = new AtomicLong();
  private final CountDownLatch drawnAgain = new CountDownLatch(1);
  private final LatestColumns latest = new LatestColumns(drawnAgain::countDown, nanos::get);
  private int windows;

  private WindowSeries series(int more) {
    for (int n = windows; n < windows + more; n++) {
      history.put(Summaries.window(n, 0, random));
    }
    windows += more;
    return history.series();
  }

  private static TrendView view(WindowSeries series, List<Curve> curves, boolean rates) {
    Instant end = series.end(series.size() - 1);
    return new TrendView(Heading.NONE, series, series.start(0), end, rates, curves, List.of());
  }

  private TrendColumns of(WindowSeries series) {
    return latest.of(view(series, HITS, false), COLUMNS);
  }

  @Test
  void aWindowThatMovesNothingByHalfAPixelIsDrawnWithinASecond() throws InterruptedException {
    TrendColumns first = of(series(400));
    assertThat(of(series(9)), is(sameInstance(first)));
    assertTrue(drawnAgain.await(20, TimeUnit.SECONDS), "drawn again by itself");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    TrendColumns second = of(series(0));
    assertThat(second, is(not(sameInstance(first))));
    assertThat(of(history.series()), is(sameInstance(second)));
  }

  @Test
  void windowsThatMoveTheRunByHalfAPixelAreDrawnAtOnce() {
    TrendColumns first = of(series(400));
    assertThat(of(series(11)), is(not(sameInstance(first))));
  }

  @Test
  void anotherStretchOtherCurvesAndAnotherWidthAreDrawnAtOnce() {
    WindowSeries series = series(400);
    TrendColumns drawn = of(series);
    assertThat(latest.of(view(series, HITS, false), 21), is(not(sameInstance(drawn))));
    drawn = of(series);
    assertThat(latest.of(view(series, HITS, true), COLUMNS), is(not(sameInstance(drawn))));
    drawn = of(series);
    List<Curve> chamber = List.of(new Curve("C", Column.chamber(1), Ink.chamber(1), false));
    assertThat(latest.of(view(series, chamber, false), COLUMNS), is(not(sameInstance(drawn))));
    drawn = of(series);
    TrendView half =
        new TrendView(
            Heading.NONE, series, series.start(200), series.end(399), false, HITS, List.of());
    assertThat(latest.of(half, COLUMNS), is(not(sameInstance(drawn))));
  }
}
