package org.driftwatch.detector;

/**
 * The histograms of a chamber, in the order of the message: the one list that counting, coding,
 * JSON and the viewer go by. CONTRIBUTING.md tells how to add one.
 */
public enum ChamberHistogram {
  /** Hits per TDC channel; one bin per cell. */
  OCCUPANCY("histo_ch", false),
  /** Orbits with 1, 2, ... distinct active channels. */
  ACTIVE_CHANNELS("histo_orbit_ch", false),
  /** As {@link #OCCUPANCY}, orbits with a scintillator hit only. */
  SCINTILLATOR_OCCUPANCY("histo_scint_ch", true),
  /** Drift time, ns, -150 to 650 in bins of 10; the only one with under- and overflow. */
  DRIFT_TIME("histo_drift_ch", true);

  /** Lower edge of the first drift-time bin, ns. */
  public static final int DRIFT_FIRST_NS = -150;

  /** Width of a drift-time bin, ns. */
  public static final int DRIFT_BIN_NS = 10;

  /** Drift-time bins. */
  public static final int DRIFT_BINS = 80;

  private final String prefix;
  private final boolean isGated;

  ChamberHistogram(String prefix, boolean isGated) {
    this.prefix = prefix;
    this.isGated = isGated;
  }

  /** The JSON's field of this histogram of a chamber. */
  public String field(int chamber) {
    return prefix + chamber;
  }

  /** True if only orbits with a scintillator hit have entries in it. */
  public boolean isGated() {
    return isGated;
  }

  /** Number of bins where a chamber has so many cells. */
  public int bins(int cells) {
    return this == DRIFT_TIME ? DRIFT_BINS : cells;
  }

  /** True if there is one bin per cell of the chamber. */
  public boolean isPerChannel() {
    return this == OCCUPANCY || this == SCINTILLATOR_OCCUPANCY;
  }

  /** True if entries below the first bin and above the last are counted, too. */
  public boolean hasFlows() {
    return this == DRIFT_TIME;
  }

  /** Number of counts: its bins, then under- and overflow, if it has these. */
  int counts(int cells) {
    return bins(cells) + (hasFlows() ? 2 : 0);
  }

  /**
   * Its bin edges, one more than bins, in a new array.
   *
   * @param firstBin what the chamber's first cell is called, see {@link
   *     DetectorDescription.Chamber#firstBin}
   * @param cells cells of the chamber
   */
  public int[] edges(int firstBin, int cells) {
    return switch (this) {
      case OCCUPANCY, SCINTILLATOR_OCCUPANCY -> Histogram.regularEdges(firstBin, 1, cells);
      case ACTIVE_CHANNELS -> Histogram.regularEdges(1, 1, cells);
      case DRIFT_TIME -> Histogram.regularEdges(DRIFT_FIRST_NS, DRIFT_BIN_NS, DRIFT_BINS);
    };
  }
}
