package org.driftwatch.viewer.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.plot.TrendView;
import org.driftwatch.viewer.view.AlarmList;
import org.junit.jupiter.api.Test;

class TrendViewsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static final Detector COURSE = Detector.of(Summaries.COURSE);

  private static final AlarmList NONE = new AlarmList(List.of());

  private WindowSeries given;

  private WindowSeries series(int windows) {
    Random random = new Random(16);
    SnapshotFeed feed =
        new SnapshotFeed(
            new Connection(Connection.State.LIVE, "test"),
            Clocks.system(),
            snapshot -> given = snapshot.series());
    for (int n = 0; n < windows; n++) {
      feed.window(Summaries.window(n, 0, random), Summaries.start(n));
    }
    feed.batchEnded();
    return given;
  }

  @Test
  void besideTheNewestWindowTheLastTenMinutesAreShown() {
    TrendView view =
        new TrendViews(COURSE, series(400), Accumulation.newestWindow(), NONE, NOW).hits();
    assertThat(view.to(), is(Summaries.start(400)));
    assertThat(Duration.between(view.from(), view.to()), is(Duration.ofMinutes(10)));
    assertThat(view.heading().detail(), is("hits, last 10 min"));
  }

  @Test
  void besideTheSumTheWholeRunIsShown() {
    TrendView view =
        new TrendViews(COURSE, series(400), Accumulation.sinceStart(), NONE, NOW).hits();
    assertThat(view.from(), is(Summaries.START));
    assertThat(view.to(), is(Summaries.start(400)));
  }

  @Test
  void theFirstWindowsDoNotFillTheWholeAxis() {
    TrendView view =
        new TrendViews(COURSE, series(1), Accumulation.sinceStart(), NONE, NOW).scintillator();
    assertThat(Duration.between(view.from(), view.to()), is(Duration.ofMinutes(1)));
  }

  @Test
  void withoutWindowsTheAxisEndsNow() {
    TrendView view =
        new TrendViews(COURSE, WindowSeries.EMPTY, Accumulation.newestWindow(), NONE, NOW).hits();
    assertThat(view.to(), is(NOW));
  }

  private static List<String> names(TrendView view) {
    return view.curves().stream().map(TrendView.Curve::name).toList();
  }

  @Test
  void manyChambersAreDrawnApartFromTheirSum() {
    TrendViews few =
        new TrendViews(COURSE, WindowSeries.EMPTY, Accumulation.newestWindow(), NONE, NOW);
    assertThat(names(few.hits()), is(List.of("all", "C0", "C1", "C2", "C3")));
    assertThat(names(few.rates()), is(names(few.hits())));
    Detector sixteen = Detector.of(Detectors.of("sixteen", 16, 4, 16));
    TrendViews many =
        new TrendViews(sixteen, WindowSeries.EMPTY, Accumulation.newestWindow(), NONE, NOW);
    assertThat(names(many.hits()), is(List.of("all")));
    assertThat(names(many.rates()).size(), is(16));
    assertThat(names(many.rates()).get(15), is("C15"));
  }
}
