package org.driftwatch.detector;

import java.util.List;
import java.util.Optional;

/**
 * What one window says of one chamber. Immutable.
 *
 * @param hits hits of the chamber
 * @param histograms one of each {@link ChamberHistogram}, in their order
 * @param tracks its muon segments; empty where they were not looked for
 */
public record ChamberSummary(long hits, List<Histogram> histograms, Optional<TrackSummary> tracks) {

  /** Checks that each histogram is there. */
  public ChamberSummary {
    histograms = List.copyOf(histograms);
    if (histograms.size() != ChamberHistogram.values().length) {
      throw new IllegalArgumentException(
          histograms.size() + " histograms, expected " + ChamberHistogram.values().length);
    }
  }

  /** A chamber where segments were not looked for. */
  public ChamberSummary(long hits, List<Histogram> histograms) {
    this(hits, histograms, Optional.empty());
  }

  /** One of the histograms. */
  @SuppressWarnings("EnumOrdinal") // They are in the order of the constants, by definition.
  public Histogram histogram(ChamberHistogram which) {
    return histograms.get(which.ordinal());
  }

  /** Number of the chamber's cells. */
  public int cells() {
    return histogram(ChamberHistogram.OCCUPANCY).bins();
  }

  /** Counts per TDC channel ({@code histo_ch}). */
  public Histogram occupancy() {
    return histogram(ChamberHistogram.OCCUPANCY);
  }

  /** Orbits with 1, 2, ... distinct active channels ({@code histo_orbit_ch}). */
  public Histogram activeChannels() {
    return histogram(ChamberHistogram.ACTIVE_CHANNELS);
  }

  /** As {@code occupancy}, orbits with a scintillator hit only ({@code histo_scint_ch}). */
  public Histogram scintillatorOccupancy() {
    return histogram(ChamberHistogram.SCINTILLATOR_OCCUPANCY);
  }

  /** Drift time, ns ({@code histo_drift_ch}). */
  public Histogram driftTime() {
    return histogram(ChamberHistogram.DRIFT_TIME);
  }
}
