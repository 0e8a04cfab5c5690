package org.driftwatch.viewer.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;

/**
 * A window summary laid out as one row of counts, so that sums and storage need no objects: seven
 * numbers of the window, then 275 of each chamber (hits; occupancy, active channels and gated
 * occupancy of 64 bins each; 80 bins of drift time, under- and overflow).
 */
final class SummaryVector {
  private static final int WINDOW_COUNTS = 7;

  /** Numbers of a chamber. */
  static final int CHAMBER_COUNTS = 1 + 3 * Telescope.CELLS + ChamberSummary.DRIFT_BINS + 2;

  /** Numbers of a row. */
  static final int LENGTH = WINDOW_COUNTS + Telescope.CHAMBERS * CHAMBER_COUNTS;

  private SummaryVector() {}

  /** Where a chamber's numbers begin; the first is its hits. */
  static int chamber(int chamber) {
    return WINDOW_COUNTS + chamber * CHAMBER_COUNTS;
  }

  /** The counts of a summary in a new row. */
  static long[] of(WindowSummary s) {
    long[] row = new long[LENGTH];
    row[0] = s.totImport();
    row[1] = s.malformed();
    row[2] = s.hits();
    row[3] = s.scintillatorHits();
    row[4] = s.otherHits();
    row[5] = s.orbits();
    row[6] = s.scintillatorOrbits();
    int at = WINDOW_COUNTS;
    for (ChamberSummary chamber : s.chambers()) {
      row[at++] = chamber.hits();
      at = copy(chamber.occupancy(), row, at);
      at = copy(chamber.activeChannels(), row, at);
      at = copy(chamber.scintillatorOccupancy(), row, at);
      at = copy(chamber.driftTime(), row, at);
      row[at++] = chamber.driftTime().underflow();
      row[at++] = chamber.driftTime().overflow();
    }
    return row;
  }

  private static int copy(Histogram from, long[] row, int at) {
    for (int i = 0; i < from.bins(); i++) {
      row[at + i] = from.count(i);
    }
    return at + from.bins();
  }

  /** The summary a row stands for. */
  static WindowSummary summary(
      Optional<WindowSummary.Span> window,
      int revision,
      boolean incomplete,
      ChannelLayout channels,
      long[] row) {
    List<ChamberSummary> chambers = new ArrayList<>(Telescope.CHAMBERS);
    int at = WINDOW_COUNTS;
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      int[] channelEdges = ChamberSummary.occupancyEdges(channels.firstChannel(chamber));
      int occupancy = at + 1;
      int active = occupancy + Telescope.CELLS;
      int scintillator = active + Telescope.CELLS;
      int drift = scintillator + Telescope.CELLS;
      int flows = drift + ChamberSummary.DRIFT_BINS;
      chambers.add(
          new ChamberSummary(
              row[at],
              histogram(channelEdges, row, occupancy, 0, 0),
              histogram(ChamberSummary.activeChannelEdges(), row, active, 0, 0),
              histogram(channelEdges, row, scintillator, 0, 0),
              histogram(ChamberSummary.driftEdges(), row, drift, row[flows], row[flows + 1])));
      at += CHAMBER_COUNTS;
    }
    return new WindowSummary(
        window,
        revision,
        incomplete,
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        row[5],
        row[6],
        chambers);
  }

  private static Histogram histogram(int[] edges, long[] row, int at, long under, long over) {
    long[] counts = new long[edges.length - 1];
    System.arraycopy(row, at, counts, 0, counts.length);
    return Histogram.of(edges, counts, under, over);
  }
}
