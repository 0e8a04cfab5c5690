package org.driftwatch.detector;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.View;

/**
 * Where muon segments can be found, and the unit of their sums: docs/tracks.md, "Units and
 * geometry".
 */
public final class TrackGeometry {
  /** Units of time in a tick. */
  public static final int UNITS_PER_TICK = 16;

  /** Fewest layers of a segment. */
  public static final int FEWEST_LAYERS = 3;

  /** Most layers of a chamber with segments. */
  public static final int MOST_LAYERS = 8;

  /** Fewest chambers of a telescope. */
  public static final int FEWEST_CHAMBERS = 3;

  /** Most that chambers of a telescope are apart in height: beyond, sums became too large. */
  private static final long HIGHEST = 100_000;

  private static final double TENTHS = 10;

  /** Neighbouring layers are staggered by this fraction of a cell at least. */
  private static final BigDecimal LEAST_SHIFT = new BigDecimal("0.2");

  /** Shortest drift across half a cell, in units: the clock must resolve it. */
  private static final int LEAST_HALF_CELL = 160;

  private TrackGeometry() {}

  /** A unit of time, ns. */
  public static double unitNs(DetectorDescription detector) {
    return detector.clock().tickNs() / UNITS_PER_TICK;
  }

  /** Half a cell's width as a time of drift: the longest one, in units. */
  public static int halfCell(DetectorDescription detector) {
    double micrometres = detector.cellWidthMm() * 1000 / 2;
    return (int) Math.rint(micrometres / detector.driftVelocityUmPerNs() / unitNs(detector));
  }

  /**
   * Why segments cannot be found in a chamber, as a sentence without its full stop; empty where
   * they can.
   *
   * @param number the chamber, from 0
   */
  public static Optional<String> hindrance(DetectorDescription detector, int number) {
    Chamber chamber = detector.chambers().get(number);
    if (chamber.layers() < FEWEST_LAYERS || chamber.layers() > MOST_LAYERS) {
      return Optional.of(
          "chamber %s has %d layers, segments need %d to %d"
              .formatted(chamber.name(), chamber.layers(), FEWEST_LAYERS, MOST_LAYERS));
    }
    if (halfCell(detector) < LEAST_HALF_CELL) {
      return Optional.of(
          "half a cell of chamber %s is a drift of %.1f ticks, segments need %d"
              .formatted(
                  chamber.name(),
                  (double) halfCell(detector) / UNITS_PER_TICK,
                  LEAST_HALF_CELL / UNITS_PER_TICK));
    }
    for (int layer = 1; layer < chamber.layers(); layer++) {
      double below = chamber.layerShifts().get(layer - 1);
      double here = chamber.layerShifts().get(layer);
      BigDecimal shift = BigDecimal.valueOf(here).subtract(BigDecimal.valueOf(below));
      BigDecimal nearest = shift.setScale(0, RoundingMode.HALF_EVEN);
      if (shift.subtract(nearest).abs().compareTo(LEAST_SHIFT) < 0) {
        return Optional.of(
            "layers %d and %d of chamber %s are not staggered (layerShifts %s and %s), segments need"
                    .formatted(layer, layer + 1, chamber.name(), below, here)
                + " neighbours shifted by half a cell");
      }
    }
    return Optional.empty();
  }

  /** Height of a chamber's middle in tenths of a millimetre. */
  public static long height(Chamber chamber) {
    return Math.round(chamber.zMm() * TENTHS);
  }

  /**
   * Chambers that can be compared with each other, each telescope's by their numbers from 0: those
   * of a view that can have segments, where they are three or more and no two are too far apart in
   * height.
   */
  public static List<List<Integer>> telescopes(DetectorDescription detector) {
    List<List<Integer>> telescopes = new ArrayList<>();
    for (View view : View.values()) {
      List<Integer> members = new ArrayList<>();
      LongSummaryStatistics heights = new LongSummaryStatistics();
      for (int i = 0; i < detector.chambers().size(); i++) {
        Chamber chamber = detector.chambers().get(i);
        if (chamber.view() == view && hindrance(detector, i).isEmpty()) {
          members.add(i);
          heights.accept(height(chamber));
        }
      }
      if (members.size() >= FEWEST_CHAMBERS && heights.getMax() - heights.getMin() <= HIGHEST) {
        telescopes.add(List.copyOf(members));
      }
    }
    return telescopes;
  }

  /**
   * True where other chambers tell where muons crossed this one.
   *
   * @param number the chamber, from 0
   */
  public static boolean isInTelescope(DetectorDescription detector, int number) {
    return telescopes(detector).stream().anyMatch(members -> members.contains(number));
  }
}
