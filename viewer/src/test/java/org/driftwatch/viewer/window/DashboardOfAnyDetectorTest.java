package org.driftwatch.viewer.window;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.swing.SwingUtilities;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.ManualClocks;
import org.driftwatch.viewer.Muons;
import org.driftwatch.viewer.SimulatedEvents;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.EventLog;
import org.driftwatch.viewer.model.MalformedMessage;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.plot.CellMapPlot;
import org.driftwatch.viewer.plot.EventPlot;
import org.driftwatch.viewer.plot.HistogramPlot;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.PointPlot;
import org.driftwatch.viewer.plot.TrendPlot;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Judging;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Theme;
import org.driftwatch.viewer.view.ViewState;
import org.junit.jupiter.api.Test;

class DashboardOfAnyDetectorTest {
  private static final Connection LIVE = new Connection(Connection.State.LIVE, "test");

  /** Least height of a plot with its title and axis, in units of the design. */
  private static final double READABLE = 85;

  private Snapshot newest = Snapshot.empty(LIVE);

  private Snapshot windows(DetectorDescription detector) {
    Random random = new Random(31);
    SnapshotFeed feed = new SnapshotFeed(LIVE, Clocks.system(), snapshot -> newest = snapshot);
    for (int n = 0; n < 20; n++) {
      feed.window(Muons.window(detector, n, 20, random), Summaries.start(n + 1));
    }
    feed.batchEnded();
    return newest;
  }

  private static DashboardModel model(DetectorDescription described, Snapshot first, Page page) {
    return new DashboardModel(
        described,
        Thresholds.standard(),
        first,
        new ViewState(page, Accumulation.sinceStart(), false, Theme.DARK),
        new ManualClocks(Summaries.start(20)).clocks(),
        new Judging(Runnable::run, Runnable::run));
  }

  private static List<Component> shown(Container in) {
    List<Component> all = new ArrayList<>();
    for (Component part : in.getComponents()) {
      if (part.isVisible()) {
        all.add(part);
        if (part instanceof Container inner) {
          all.addAll(shown(inner));
        }
      }
    }
    return all;
  }

  private static List<String> names(Container in) {
    return shown(in).stream().map(Component::getName).filter(name -> name != null).toList();
  }

  private static BufferedImage picture(Dashboard dashboard) {
    return Picture.of(dashboard, Dashboard.DESIGN);
  }

  /** In a chamber of few wires no muon need cross all layers. */
  private static long segments(DashboardModel model, int chamber) {
    return model
        .shown()
        .flatMap(sum -> sum.chamber(chamber).tracks())
        .map(TrackSummary::segments)
        .orElse(0L);
  }

  private interface Look {
    void at(Dashboard dashboard, DashboardModel model);
  }

  private static void look(DashboardModel model, Look look) throws Exception {
    SwingUtilities.invokeAndWait(
        () -> {
          LookAndFeel.install(Theme.DARK);
          Dashboard dashboard = new Dashboard(model, theme -> {}, rate -> {});
          picture(dashboard);
          look.at(dashboard, model);
        });
  }

  @Test
  void plotsAreLargeEnoughToReadWithAnyNumberOfChambers() throws Exception {
    for (int chambers = 1; chambers <= DetectorDescription.MAX_CHAMBERS; chambers++) {
      DetectorDescription detector = Detectors.of("any", chambers, 4, 16);
      for (Page page : Page.values()) {
        look(
            model(detector, windows(detector), page),
            (dashboard, model) -> {
              for (Component part : shown(dashboard)) {
                if (part instanceof HistogramPlot
                    || part instanceof TrendPlot
                    || part instanceof PointPlot) {
                  assertThat(
                      model.detector().chambers() + " chambers, " + page,
                      part.getHeight() / dashboard.look().zoom(),
                      greaterThan(READABLE));
                }
              }
            });
      }
    }
  }

  @Test
  void whateverAFileDescribesCanBeDrawn() throws Exception {
    long seed = Long.getLong("driftwatch.seed", 20);
    Random random = new Random(seed);
    for (int i = 0; i < 12; i++) {
      DetectorDescription detector = Detectors.random(random);
      look(
          model(detector, windows(detector), Page.OVERVIEW),
          (dashboard, model) -> {
            picture(dashboard);
            model.page(Page.CHAMBERS);
            picture(dashboard);
            model.enlarge(detector.chambers().size() - 1);
            picture(dashboard);
            assertThat(
                "seed " + seed,
                plots(dashboard, HistogramPlot.class),
                is(detector.scintillators().isEmpty() ? 2 : 4));
            model.page(Page.MUONS);
            picture(dashboard);
            int last = detector.chambers().size() - 1;
            model.enlarge(last);
            picture(dashboard);
            assertThat(
                "seed " + seed,
                plots(dashboard, PointPlot.class),
                is(segments(model, last) > 0 ? 5 : 0));
            model.events(events(detector));
            model.page(Page.EVENTS);
            picture(dashboard);
            assertThat("seed " + seed, plots(dashboard, EventPlot.class), greaterThan(0));
          });
    }
  }

  @Test
  void theOverviewHasAStateOfEachChamber() throws Exception {
    for (int chambers : new int[] {1, 2, 16}) {
      DetectorDescription detector = Detectors.of("any", chambers, 4, 16);
      look(
          model(detector, windows(detector), Page.OVERVIEW),
          (dashboard, model) -> {
            for (int chamber = 0; chamber < chambers; chamber++) {
              assertThat(names(dashboard), hasItem("state" + chamber));
            }
          });
    }
  }

  @Test
  void sixteenChambersAreTurnedFourByFour() throws Exception {
    DetectorDescription detector = Detectors.of("sixteen", 16, 4, 16);
    look(
        model(detector, windows(detector), Page.CHAMBERS),
        (dashboard, model) -> {
          assertThat(names(dashboard), hasItem("chamber3"));
          assertThat(names(dashboard), not(hasItem("chamber4")));
          assertThat(names(dashboard), hasItem("Chambers 12 – 15"));
          model.turn(-1);
          assertThat(names(dashboard), hasItem("chamber12"));
          assertThat(names(dashboard), not(hasItem("chamber3")));
          model.enlarge(5);
          assertThat(names(dashboard), hasItem("large5"));
          model.reduce();
          assertThat(names(dashboard), hasItem("chamber5"));
        });
  }

  @Test
  void oneChamberFillsThePage() throws Exception {
    DetectorDescription detector = Detectors.of("one", 1, 4, 16);
    look(
        model(detector, windows(detector), Page.CHAMBERS),
        (dashboard, model) -> {
          assertThat(plots(dashboard, HistogramPlot.class), is(4));
          assertThat(plots(dashboard, CellMapPlot.class), is(1));
        });
  }

  @Test
  void chambersOfMuonsHaveTheirPlotsAndLargeOnesTheirTrends() throws Exception {
    look(
        model(Summaries.COURSE, windows(Summaries.COURSE), Page.MUONS),
        (dashboard, model) -> {
          assertThat(names(dashboard), hasItem("muons3"));
          assertThat(plots(dashboard, CellMapPlot.class), is(4));
          assertThat(plots(dashboard, HistogramPlot.class), is(4 * 4));
          assertThat(plots(dashboard, PointPlot.class), is(0));
          model.enlarge(1);
          assertThat(names(dashboard), hasItem("large muons1"));
          assertThat(plots(dashboard, HistogramPlot.class), is(4));
          assertThat(plots(dashboard, PointPlot.class), is(5));
          model.enlarge(2);
          assertThat("compared with the others", plots(dashboard, HistogramPlot.class), is(6));
        });
  }

  private static EventLog events(DetectorDescription detector) {
    MuonEvents window = SimulatedEvents.window(detector, 3, 0, 1, new Random(9));
    return new EventLog(
        List.of(new EventLog.Entry(window.window(), 0, window.events().get(0))), "");
  }

  @Test
  void anEventIsDrawnInEachViewWithAnyNumberOfChambers() throws Exception {
    for (int chambers = 1; chambers <= DetectorDescription.MAX_CHAMBERS; chambers++) {
      DetectorDescription detector = Detectors.of("any", chambers, 4, 16);
      DashboardModel made = model(detector, windows(detector), Page.EVENTS);
      made.events(events(detector));
      look(
          made,
          (dashboard, model) -> {
            int count = detector.chambers().size();
            assertThat(plots(dashboard, EventPlot.class), is(count == 1 ? 1 : 2));
            for (Component part : shown(dashboard)) {
              if (part instanceof EventPlot) {
                assertThat(
                    count + " chambers",
                    part.getHeight() / dashboard.look().zoom(),
                    greaterThan(READABLE));
              }
            }
          });
    }
  }

  @Test
  void withoutEventsThePageSaysWhyInPlaceOfPlots() throws Exception {
    DashboardModel made = model(Summaries.COURSE, windows(Summaries.COURSE), Page.EVENTS);
    made.events(EventLog.none("There is no topic events."));
    look(
        made,
        (dashboard, model) -> {
          assertThat(plots(dashboard, EventPlot.class), is(0));
          assertThat(said(dashboard), hasItem("There is no topic events."));
        });
  }

  private static List<String> said(Dashboard dashboard) {
    return shown(dashboard).stream()
        .map(part -> part.getAccessibleContext().getAccessibleName())
        .filter(name -> name != null)
        .toList();
  }

  @Test
  void chambersWithoutSegmentsShowNoPlotThatCouldLookHealthy() throws Exception {
    DetectorDescription two = Detectors.of("two", 3, 2, 16);
    look(
        model(two, windows(two), Page.MUONS),
        (dashboard, model) -> {
          assertThat(plots(dashboard, HistogramPlot.class), is(0));
          assertThat(plots(dashboard, CellMapPlot.class), is(0));
          model.enlarge(1);
          assertThat(plots(dashboard, PointPlot.class), is(0));
        });
  }

  private static int plots(Dashboard dashboard, Class<?> kind) {
    return (int) shown(dashboard).stream().filter(kind::isInstance).count();
  }

  @Test
  void withoutScintillatorItsPlotsAreAbsent() throws Exception {
    DetectorDescription bare = Detectors.withoutScintillator(Summaries.COURSE);
    look(
        model(bare, windows(bare), Page.CHAMBERS),
        (dashboard, model) -> {
          assertThat(plots(dashboard, HistogramPlot.class), is(4 * 2));
          model.page(Page.OVERVIEW);
          assertThat("chambers, hits, rates", plots(dashboard, TrendPlot.class), is(4 + 2));
        });
  }

  @Test
  void resultsOfAnotherDetectorGetPagesOfTheirOwnWithoutMaps() throws Exception {
    DetectorDescription six = Detectors.of("six", 6, 4, 12);
    look(
        model(Summaries.COURSE, Snapshot.empty(LIVE), Page.CHAMBERS),
        (dashboard, model) -> {
          assertThat(plots(dashboard, CellMapPlot.class), is(4));
          dashboard.show(windows(six));
          BufferedImage image = picture(dashboard);
          assertThat(plots(dashboard, CellMapPlot.class), is(0));
          assertThat(plots(dashboard, HistogramPlot.class), is(3 * 4));
          assertThat("the bottom line warns", bottomLine(image, Palette.DARK.warning()), is(true));
        });
  }

  @Test
  void whereNoResultCouldBeReadThePageSaysSo() throws Exception {
    Snapshot unread =
        new Snapshot(
            LIVE,
            Snapshot.empty(LIVE).series(),
            Optional.empty(),
            1,
            Optional.of(new MalformedMessage("results", 0, 0, "the results have 2 chambers")));
    look(
        model(Summaries.COURSE, unread, Page.CHAMBERS),
        (dashboard, model) ->
            assertThat(pixels(picture(dashboard), Palette.DARK.bad(), 400, 600), greaterThan(20)));
  }

  private static boolean bottomLine(BufferedImage image, Color color) {
    return pixels(image, color, image.getHeight() - 30, image.getHeight()) > 20;
  }

  private static int pixels(BufferedImage image, Color color, int top, int bottom) {
    int count = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return count;
  }
}
