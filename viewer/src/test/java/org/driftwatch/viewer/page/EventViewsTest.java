package org.driftwatch.viewer.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.detector.MuonEvents.Event;
import org.driftwatch.detector.MuonEvents.Hit;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.SimulatedEvents;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.plot.EventView;
import org.junit.jupiter.api.Test;

class EventViewsTest {
  private static final DetectorDescription COURSE = Summaries.COURSE;

  private final EventViews views = new EventViews(Detector.of(COURSE), COURSE);

  @Test
  void chambersStandInTheirViewTheHighestFirst() {
    assertThat(views.views(), is(List.of(View.X, View.Y)));
    EventView xz = views.view(View.X, Optional.empty());
    assertThat(xz.panels().stream().map(EventView.Panel::chamber).toList(), is(List.of(3, 2, 0)));
    assertThat(xz.across(), is("x [mm]"));
    assertThat(views.view(View.Y, Optional.empty()).panels().size(), is(1));
  }

  @Test
  void aDetectorWithoutChambersOfAViewHasNotThatView() {
    DetectorDescription one = Detectors.of("one", 1, 4, 16);
    assertThat(new EventViews(Detector.of(one), one).views(), is(List.of(View.X)));
  }

  @Test
  void theChosenSideOfEachHitLiesOnTheMuon() {
    Event event = SimulatedEvents.event(COURSE, 1, new Random(5));
    int seen = 0;
    for (EventView.Panel panel : views.view(View.X, Optional.of(event)).panels()) {
      for (EventView.Hit hit : panel.hits()) {
        if (hit.side() != 0) {
          EventView.Cell cell = panel.cells().get(hit.cell());
          double muon =
              SimulatedEvents.PLACE + SimulatedEvents.TANGENT * (panel.height() + cell.z());
          assertThat(cell.x() + hit.side() * hit.drift().orElseThrow(), closeTo(muon, 1e-9));
          seen++;
        }
      }
    }
    assertThat(seen, is(12));
  }

  @Test
  void aCellTellsItsHitsWithTimesAndWhatTheyMean() {
    Event event =
        new Event(
            1,
            OptionalDouble.of(1_093.9),
            List.of(new Hit(0, 2, 3, 1_100), new Hit(0, 2, 3, 4_000)),
            List.of());
    String words =
        views.view(View.X, Optional.of(event)).panels().get(2).cells().stream()
            .map(EventView.Cell::words)
            .filter(cell -> cell.startsWith("<b>layer 2, wire 3<"))
            .findFirst()
            .orElseThrow();
    assertThat(words, containsString("hit at 1100.0 ns: drifted 100.0 ns, 5.38 mm from the wire"));
    assertThat(words, containsString("hit at 4000.0 ns: no muon that is known explains its time"));
  }
}
