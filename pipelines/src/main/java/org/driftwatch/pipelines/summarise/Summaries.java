package org.driftwatch.pipelines.summarise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;

/** From a window's counts to the summary that is published. */
public final class Summaries {
  private Summaries() {}

  /** The summary of these counts. */
  public static WindowSummary of(
      WindowCounts window, RunConfiguration run, Optional<WindowSummary.Span> span, int revision) {
    long[] counts = window.counts;
    List<ChamberSummary> chambers = new ArrayList<>();
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      chambers.add(
          chamber(
              counts, WindowCounts.chamber(chamber), run.chambers().get(chamber).firstChannel()));
    }
    return new WindowSummary(
        span,
        revision,
        false,
        counts[WindowCounts.RECORDS],
        counts[WindowCounts.MALFORMED],
        counts[WindowCounts.HITS],
        counts[WindowCounts.SCINTILLATOR_HITS],
        counts[WindowCounts.OTHER_HITS],
        counts[WindowCounts.ORBITS],
        counts[WindowCounts.SCINTILLATOR_ORBITS],
        chambers);
  }

  private static ChamberSummary chamber(long[] counts, int base, int firstChannel) {
    int[] occupancyEdges = ChamberSummary.occupancyEdges(firstChannel);
    Histogram occupancy = cells(occupancyEdges, counts, base + WindowCounts.OCCUPANCY);
    return new ChamberSummary(
        occupancy.entries(),
        occupancy,
        cells(ChamberSummary.activeChannelEdges(), counts, base + WindowCounts.ACTIVE),
        cells(occupancyEdges, counts, base + WindowCounts.SCINTILLATOR_OCCUPANCY),
        Histogram.of(
            ChamberSummary.driftEdges(),
            Arrays.copyOfRange(
                counts,
                base + WindowCounts.DRIFT,
                base + WindowCounts.DRIFT + ChamberSummary.DRIFT_BINS),
            counts[base + WindowCounts.DRIFT_UNDERFLOW],
            counts[base + WindowCounts.DRIFT_OVERFLOW]));
  }

  private static Histogram cells(int[] edges, long[] counts, int from) {
    return Histogram.of(edges, Arrays.copyOfRange(counts, from, from + Telescope.CELLS), 0, 0);
  }
}
