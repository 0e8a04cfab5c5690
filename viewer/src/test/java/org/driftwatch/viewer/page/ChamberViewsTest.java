package org.driftwatch.viewer.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.Histogram;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.ChannelLayout;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.plot.HistogramView;
import org.junit.jupiter.api.Test;

class ChamberViewsTest {
  private final ChamberViews views = new ChamberViews(Detector.of(Summaries.COURSE), 1);
  private final Optional<ChamberSummary> shown =
      Optional.of(Summaries.window(0, 0, new Random(14)).chamber(1));

  private HistogramView occupancy(Optional<ChamberSummary> chamber) {
    return views.view(ChamberHistogram.OCCUPANCY, chamber, List.of(), "last 10 min");
  }

  @Test
  void theCursorTellsChannelCountCellAndWhatIsKnownOfIt() {
    HistogramView view = views.view(ChamberHistogram.OCCUPANCY, shown, List.of(), "last 10 min");
    String text = view.binText().apply(2);
    assertThat(text, containsString("TDC channel 66"));
    assertThat(text, containsString(shown.orElseThrow().occupancy().count(2) + " hits"));
    assertThat(text, containsString("wire 1, layer 3"));
    assertThat(text, containsString("known hot"));
    assertThat(
        view.decoration().marks(), hasItem(new HistogramView.Mark(23, HistogramView.Kind.DEAD)));
  }

  @Test
  void entriesOutsideTheDriftTimeAxisAreTold() {
    ChamberSummary chamber = shown.orElseThrow();
    long[] counts = new long[ChamberHistogram.DRIFT_BINS];
    counts[20] = 7;
    Histogram drift = Histogram.of(ChamberHistogram.DRIFT_TIME.edges(0, 64), counts, 3, 5);
    List<Histogram> histograms =
        Stream.of(ChamberHistogram.values())
            .map(which -> which == ChamberHistogram.DRIFT_TIME ? drift : chamber.histogram(which))
            .toList();
    Optional<ChamberSummary> outside = Optional.of(new ChamberSummary(chamber.hits(), histograms));
    assertThat(
        views.view(ChamberHistogram.DRIFT_TIME, outside, List.of(), "last 10 min").notes(),
        is(List.of("15 entries, 3 below, 5 above")));
  }

  @Test
  void beforeTheFirstWindowTheDescriptionNamesTheChannels() {
    assertThat(views.wiring(Optional.empty()), is("FPGA 0 · TDC 64–127"));
    assertThat(views.agrees(Optional.empty()), is(true));
    assertThat(occupancy(Optional.empty()).axis().ticks().get(0).label(), is("64"));
  }

  @Test
  void dataOfOtherChannelsThanConfiguredAreShownAndSaidSo() {
    Optional<ChamberSummary> swapped =
        Optional.of(Summaries.window(0, 0, List.of(64, 0, 0, 64), new Random(15)).chamber(1));
    assertThat(views.agrees(swapped), is(false));
    assertThat(views.wiring(swapped), is("FPGA 0 · TDC 0–63 (configured: from 64)"));
    assertThat(occupancy(swapped).axis().ticks().get(0).label(), is("0"));
  }

  @Test
  void withoutScintillatorNothingIsShownThatNeedsOne() {
    Detector course = Detector.of(Summaries.COURSE);
    Detector bare = Detector.of(Detectors.withoutScintillator(Summaries.COURSE));
    assertThat(
        new ChamberViews(course, 0).kinds(),
        is(
            List.of(
                ChamberHistogram.OCCUPANCY,
                ChamberHistogram.SCINTILLATOR_OCCUPANCY,
                ChamberHistogram.ACTIVE_CHANNELS,
                ChamberHistogram.DRIFT_TIME)));
    assertThat(
        new ChamberViews(bare, 0).kinds(),
        is(List.of(ChamberHistogram.OCCUPANCY, ChamberHistogram.ACTIVE_CHANNELS)));
  }

  @Test
  void cellsWithoutChannelsOfTheirOwnAreNamedByWhereTheyAre() throws IOException {
    DetectorDescription stations = DetectorDescription.load("two-stations");
    ChamberViews views = new ChamberViews(Detector.of(stations), 1);
    assertThat(views.wiring(Optional.empty()), is("st 1 · 4 layers × 16 wires"));
    HistogramView occupancy =
        views.view(ChamberHistogram.OCCUPANCY, Optional.empty(), List.of(), "last 10 min");
    assertThat(occupancy.axis().title(), is("cell"));
    assertThat(occupancy.binText().apply(17), containsString("<b>cell 17</b><br>wire 2, layer 2"));
  }

  @Test
  void ofADetectorThatIsNotDescribedOnlyTheBinsAreKnown() {
    DetectorDescription two = Detectors.of("two", 2, 3, 7);
    Detector unknown = Detector.of(Summaries.COURSE, ChannelLayout.of(two));
    ChamberViews views = new ChamberViews(unknown, 1);
    assertThat(views.hasMap(), is(false));
    assertThat(views.wiring(Optional.empty()), is("TDC 100–120"));
    HistogramView active =
        views.view(ChamberHistogram.ACTIVE_CHANNELS, Optional.empty(), List.of(), "last 10 min");
    assertThat(active.axis().bins(), is(21));
    assertThat(active.decoration().guide(), is(Optional.empty()));
    HistogramView drift =
        views.view(ChamberHistogram.DRIFT_TIME, Optional.empty(), List.of(), "last 10 min");
    assertThat(drift.decoration().band(), is(Optional.empty()));
  }
}
