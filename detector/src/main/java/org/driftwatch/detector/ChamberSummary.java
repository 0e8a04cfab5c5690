package org.driftwatch.detector;

import java.util.Objects;

/**
 * What one window says of one chamber. Immutable.
 *
 * @param hits hits of the chamber
 * @param occupancy counts per TDC_CHANNEL, 64 bins ({@code histo_ch})
 * @param activeChannels orbits with 1, 2, ... distinct active channels, edges 1 to 65 ({@code
 *     histo_orbit_ch})
 * @param scintillatorOccupancy as {@code occupancy}, orbits with a scintillator hit only ({@code
 *     histo_scint_ch})
 * @param driftTime drift time, ns, -150 to 650 in bins of 10 with under- and overflow ({@code
 *     histo_drift_ch})
 */
public record ChamberSummary(
    long hits,
    Histogram occupancy,
    Histogram activeChannels,
    Histogram scintillatorOccupancy,
    Histogram driftTime) {

  /** Lower edge of the first drift-time bin, ns. */
  public static final int DRIFT_FIRST_NS = -150;

  /** Width of a drift-time bin, ns. */
  public static final int DRIFT_BIN_NS = 10;

  /** Drift-time bins. */
  public static final int DRIFT_BINS = 80;

  /** Checks that all four histograms are there. */
  public ChamberSummary {
    Objects.requireNonNull(occupancy, "occupancy");
    Objects.requireNonNull(activeChannels, "activeChannels");
    Objects.requireNonNull(scintillatorOccupancy, "scintillatorOccupancy");
    Objects.requireNonNull(driftTime, "driftTime");
  }

  /** Edges of the occupancy histograms of a chamber whose first TDC channel is given. */
  public static int[] occupancyEdges(int firstChannel) {
    return Histogram.regularEdges(firstChannel, 1, Telescope.CELLS);
  }

  /** Edges of the active-channels histogram: 1, 2, ..., 65. */
  public static int[] activeChannelEdges() {
    return Histogram.regularEdges(1, 1, Telescope.CELLS);
  }

  /** Edges of the drift-time histogram, ns: -150, -140, ..., 650. */
  public static int[] driftEdges() {
    return Histogram.regularEdges(DRIFT_FIRST_NS, DRIFT_BIN_NS, DRIFT_BINS);
  }
}
