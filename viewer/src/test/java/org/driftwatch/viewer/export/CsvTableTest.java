package org.driftwatch.viewer.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.List;
import java.util.Random;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.TrackHistogram;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Muons;
import org.driftwatch.viewer.Summaries;
import org.junit.jupiter.api.Test;

class CsvTableTest {
  @Test
  void everyBinIsALineAndFlowsHaveOneEdge() {
    WindowSummary window = Summaries.window(0, 0, new Random(2));
    List<String> lines = new String(CsvTable.of(window), UTF_8).lines().toList();
    assertThat(lines.size(), is(1 + 4 * (3 * 64 + 80 + 2)));
    Histogram occupancy = window.chamber(1).occupancy();
    assertThat(lines, hasItem("histo_ch1,1,70,71," + occupancy.count(6)));
    Histogram drift = window.chamber(2).driftTime();
    assertThat(lines, hasItem("histo_drift_ch2,2,,-150," + drift.underflow()));
    assertThat(lines, hasItem("histo_drift_ch2,2,650,," + drift.overflow()));
  }

  @Test
  void segmentsOfMuonsFollowTheHistogramsOfTheirChamber() {
    WindowSummary window = Muons.window(Summaries.COURSE, 0, 100, new Random(2));
    List<String> lines = new String(CsvTable.of(window), UTF_8).lines().toList();
    TrackSummary tracks = window.chamber(1).tracks().orElseThrow();
    assertThat(lines, hasItem("tracks_ch1.segments,1,,," + tracks.segments()));
    assertThat(lines, hasItem("tracks_ch1.tested,1,7,8," + tracks.tested().get(7)));
    Histogram angle = tracks.histogram(TrackHistogram.ANGLE);
    assertThat(lines, hasItem("tracks_ch1.histo_angle,1,-40,0," + angle.count(29)));
    assertThat(lines, hasItem("tracks_ch1.histo_angle,1,1200,," + angle.overflow()));
    assertThat(lines, hasItem("tracks_ch1.sums.free_wr,1,,," + tracks.sum(TrackSum.FREE_WR)));
    assertThat(
        lines.indexOf("tracks_ch1.busy,1,,,0"),
        lessThan(lines.indexOf("histo_ch2,2,0,1," + window.chamber(2).occupancy().count(0))));
  }

  @Test
  void chambersOfAnySizeHaveTheirLines() {
    WindowSummary window = Summaries.window(Detectors.of("sixteen", 16, 2, 5), 0, 0, new Random(2));
    List<String> lines = new String(CsvTable.of(window), UTF_8).lines().toList();
    assertThat(lines.size(), is(1 + 16 * (3 * 10 + 80 + 2)));
    Histogram occupancy = window.chamber(15).occupancy();
    assertThat(lines, hasItem("histo_ch15,15,1509,1510," + occupancy.count(9)));
  }
}
