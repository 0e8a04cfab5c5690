package org.driftwatch.viewer.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.driftwatch.detector.testing.SimulatedSegments.Truth;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.viewer.ManualClocks;
import org.driftwatch.viewer.Muons;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.plot.PointView;
import org.driftwatch.viewer.plot.PointView.Point;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Judging;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Theme;
import org.driftwatch.viewer.view.ViewState;
import org.junit.jupiter.api.Test;

class MuonTrendsTest {
  private static final Connection LIVE = new Connection(Connection.State.LIVE, "test");
  private static final int WINDOWS = 240;

  private final MuonTrends trends = new MuonTrends(Detector.of(Summaries.COURSE));
  private Snapshot newest = Snapshot.empty(LIVE);

  /** Windows of 5 s; of each another truth. */
  private DashboardModel model(int windows, IntFunction<Truth> truthOfWindow) {
    Random random = new Random(17);
    SnapshotFeed feed = new SnapshotFeed(LIVE, Clocks.system(), snapshot -> newest = snapshot);
    for (int n = 0; n < windows; n++) {
      Truth truth = truthOfWindow.apply(n);
      feed.window(Muons.window(n, chamber -> truth, 50, random), Summaries.start(n + 1));
    }
    feed.batchEnded();
    return new DashboardModel(
        Summaries.COURSE,
        Thresholds.standard(),
        newest,
        new ViewState(Page.MUONS, Accumulation.sinceStart(), false, Theme.DARK),
        new ManualClocks(Summaries.start(windows)).clocks(),
        new Judging(Runnable::run, Runnable::run));
  }

  private static double mean(List<Point> points) {
    return points.stream().mapToDouble(Point::value).average().orElseThrow();
  }

  @Test
  void aChangeOfTheChamberIsSeenWhereItHappened() {
    Truth before = new Truth(53.8, 0, 260, 0.97, 0.2);
    Truth after = new Truth(54.6, 6, 400, 0.85, 0.2);
    List<PointView> plots = trends.views(model(WINDOWS, n -> n < WINDOWS / 2 ? before : after), 2);
    for (PointView plot : plots) {
      assertThat(plot.heading().title(), plot.points().size(), is(21));
      assertThat(plot.heading().detail().endsWith("since start, each 1 min"), is(true));
    }
    List<List<Point>> firsts = plots.stream().map(p -> p.points().subList(0, 9)).toList();
    List<List<Point>> lasts = plots.stream().map(p -> p.points().subList(11, 21)).toList();
    assertThat("rate falls", mean(lasts.get(0)), lessThan(mean(firsts.get(0))));
    assertThat("efficiency", mean(firsts.get(1)), closeTo(97, 0.5));
    assertThat("efficiency", mean(lasts.get(1)), closeTo(85, 1));
    assertThat("drift velocity", mean(firsts.get(2)), closeTo(53.8, 0.1));
    assertThat("drift velocity", mean(lasts.get(2)), closeTo(54.6, 0.15));
    assertThat("t0", mean(firsts.get(3)), closeTo(0, 0.3));
    // Fitted with the description's drift velocity, it is 3 ns too early where that has risen.
    assertThat("t0", mean(lasts.get(3)), closeTo(6 - 2.9, 0.4));
    assertThat("resolution", mean(firsts.get(4)), closeTo(260, 10));
    assertThat("resolution", mean(lasts.get(4)), closeTo(400, 20));
  }

  @Test
  void everyPointLiesBetweenTheEndsOfItsError() {
    for (PointView plot : trends.views(model(60, n -> Truth.healthy(Summaries.COURSE)), 0)) {
      for (Point point : plot.points()) {
        assertThat(plot.heading().title(), point.low() <= point.value(), is(true));
        assertThat(plot.heading().title(), point.value() <= point.high(), is(true));
      }
      assertThat(plot.points().stream().map(Point::from).toList(), everyItem(lessThan(plot.to())));
    }
  }

  @Test
  void windowsWithoutSegmentsHaveNoPoints() {
    DashboardModel model = model(0, n -> Truth.healthy(Summaries.COURSE));
    assertThat(trends.views(model, 0).get(0).points(), is(List.of()));
    Random random = new Random(3);
    SnapshotFeed feed = new SnapshotFeed(LIVE, Clocks.system(), snapshot -> newest = snapshot);
    feed.window(Summaries.window(0, 0, random), Summaries.start(1));
    feed.batchEnded();
    model.show(newest);
    for (PointView plot : trends.views(model, 0)) {
      assertThat(plot.points(), is(List.of()));
    }
  }
}
