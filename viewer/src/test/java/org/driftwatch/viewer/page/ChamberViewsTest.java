package org.driftwatch.viewer.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.plot.HistogramView;
import org.junit.jupiter.api.Test;

class ChamberViewsTest {
  private final ChamberViews views = new ChamberViews(RunConfiguration.course(), 1);
  private final Optional<ChamberSummary> shown =
      Optional.of(Summaries.window(0, 0, new Random(14)).chamber(1));

  @Test
  void theCursorTellsChannelCountCellAndWhatIsKnownOfIt() {
    HistogramView view = views.occupancy(shown, List.of());
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
    long[] counts = new long[ChamberSummary.DRIFT_BINS];
    counts[20] = 7;
    ChamberSummary outside =
        new ChamberSummary(
            chamber.hits(),
            chamber.occupancy(),
            chamber.activeChannels(),
            chamber.scintillatorOccupancy(),
            Histogram.of(ChamberSummary.driftEdges(), counts, 3, 5));
    assertThat(views.driftTime(Optional.of(outside)).note(), is("15 entries, 3 below, 5 above"));
  }

  @Test
  void beforeTheFirstWindowTheRunConfigurationNamesTheChannels() {
    assertThat(views.wiring(Optional.empty()), is("FPGA 0 · TDC 64–127"));
    assertThat(views.agrees(Optional.empty()), is(true));
    assertThat(
        views.occupancy(Optional.empty(), List.of()).axis().ticks().get(0).label(), is("64"));
  }

  @Test
  void dataOfOtherChannelsThanConfiguredAreShownAndSaidSo() {
    Optional<ChamberSummary> swapped =
        Optional.of(
            Summaries.window(
                    0, 0, new Summaries.ChamberChannels(List.of(64, 0, 0, 64)), new Random(15))
                .chamber(1));
    assertThat(views.agrees(swapped), is(false));
    assertThat(views.wiring(swapped), is("FPGA 0 · TDC 0–63 (configured: from 64)"));
    assertThat(views.occupancy(swapped, List.of()).axis().ticks().get(0).label(), is("0"));
  }
}
