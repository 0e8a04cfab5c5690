package org.driftwatch.pipelines.tracks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.TrackGeometry;

/**
 * What finding segments needs to know of a chamber, in whole numbers. The unit of time is a {@value
 * #UNITS_PER_TICK}th of a tick; places across the wires are in the same unit, the time of drift
 * that they stand for; heights are in half cells from the chamber's middle, so that layers are two
 * apart. Immutable.
 */
final class ChamberTables {
  /** Units of time in a tick. */
  static final int UNITS_PER_TICK = TrackGeometry.UNITS_PER_TICK;

  /** Fewest layers of a segment, and most layers of a chamber. */
  static final int FEWEST_LAYERS = TrackGeometry.FEWEST_LAYERS;

  static final int MOST_LAYERS = TrackGeometry.MOST_LAYERS;

  /** Steepest segment: tangent of its angle from the vertical. */
  static final double STEEPEST = 2;

  /** Of the longest drift, what times of drift and residuals may be beyond their limits. */
  private static final int MARGIN_FRACTION = 16;

  /** Of half a cell, how close to its edge a crossing may be and count for the efficiency. */
  private static final int EDGE_FRACTION = 10;

  /** The longest drift as a multiple of a hit's error. */
  private static final double DRIFT_IN_ERRORS = 80;

  private static final int SLOPE_STEPS = 64;

  /**
   * Slopes of cosmic rays through a horizontal area are distributed as 1 + m^2 to the power of
   * -5/2, seen in one view, where their intensity goes as the squared cosine.
   */
  private static final int SLOPE_POWER = 5;

  private static final int NO_CELL = -1;

  /** Wires of two layers are less than 2 to the power of this apart. */
  private static final int APART_BITS = 6;

  private static final int PATTERNS = 1 << 12;

  /** Half a cell, that is, the longest drift. */
  final int halfCell;

  /** What times of drift and residuals may be beyond their limits. */
  final int margin;

  /** Largest square of residuals, per degree of freedom. */
  final long limit;

  /** How far from its wire a crossing may be and count for the efficiency. */
  final int fiducial;

  /** Steepest slope, units per half cell of height. */
  final int steepest;

  /** Square of a hit's error. */
  private final long variance;

  /** Of each step of the slope up to the steepest. */
  private final long[] slopePenalties = new long[SLOPE_STEPS + 1];

  /** Added to times after the scintillator's: the chamber's offset. */
  final long offset;

  final int layers;

  /** Height of each layer. */
  final int[] heights;

  /** Layer of each cell, from 0 at the bottom. */
  final int[] layerOf;

  /** Place of each cell's wire. */
  final int[] wireOf;

  /** Most that wires of two hits may be apart whose layers are so many apart. */
  final int[] farthest;

  private final Divisor byCell;
  private final Divisor bySteepest;
  private final int[] firstWire;
  private final int[][] cells;

  /** Number of each cell's wire. */
  private final int[] wireNumberOf;

  /**
   * Fits of what was asked for of late, those of all chambers that are built alike; whoever writes
   * one writes what others would have.
   */
  private final Pattern[] patterns;

  /** The lines that hits on some wires may lie on. Immutable. */
  static final class Pattern {
    private final long key;

    /**
     * One for each set of sides, by ascending {@link Fit#sides}; those are left out that no line
     * can have which passes through the cells and is not too steep.
     */
    final Fit[] fits;

    /** A {@link Fit#gate} and a {@link Fit#row} for each. */
    final long[] gates;

    final long[] rows;

    private Pattern(long key, Fit[] fits, long[] gates, long[] rows) {
      this.key = key;
      this.fits = fits;
      this.gates = gates;
      this.rows = rows;
    }
  }

  private ChamberTables(DetectorDescription detector, Chamber chamber, Pattern[] patterns) {
    this.patterns = patterns;
    halfCell = TrackGeometry.halfCell(detector);
    margin = halfCell / MARGIN_FRACTION;
    limit = (long) margin * margin;
    fiducial = halfCell - halfCell / EDGE_FRACTION;
    double aspect = detector.cellHeightMm() / detector.cellWidthMm();
    steepest = (int) Math.rint(STEEPEST * aspect * halfCell);
    byCell = new Divisor(2L * halfCell);
    bySteepest = new Divisor(steepest);
    variance = Math.round(halfCell / DRIFT_IN_ERRORS * (halfCell / DRIFT_IN_ERRORS));
    for (int i = 0; i <= SLOPE_STEPS; i++) {
      double tangent = STEEPEST * i / SLOPE_STEPS;
      slopePenalties[i] =
          Math.round(SLOPE_POWER * variance * StrictMath.log(1 + tangent * tangent));
    }
    offset = Math.round(chamber.driftOffsetPs() / 1000.0 / TrackGeometry.unitNs(detector));
    layers = chamber.layers();
    heights = new int[layers];
    farthest = new int[layers];
    firstWire = new int[layers];
    cells = new int[layers][chamber.wires()];
    for (int layer = 0; layer < layers; layer++) {
      heights[layer] = 2 * layer - (layers - 1);
      farthest[layer] = 2 * layer * steepest + 2 * (halfCell + margin);
      firstWire[layer] =
          BigDecimal.valueOf(chamber.layerShifts().get(layer))
              .subtract(BigDecimal.valueOf((chamber.wires() - 1) / 2.0))
              .multiply(BigDecimal.valueOf(2L * halfCell))
              .setScale(0, RoundingMode.HALF_EVEN)
              .intValueExact();
      Arrays.fill(cells[layer], NO_CELL);
    }
    layerOf = new int[chamber.size()];
    wireOf = new int[chamber.size()];
    wireNumberOf = new int[chamber.size()];
    for (int cell = 0; cell < layerOf.length; cell++) {
      int layer = chamber.layer(cell) - 1;
      int wire = chamber.wire(cell) - 1;
      layerOf[cell] = layer;
      wireOf[cell] = firstWire[layer] + 2 * halfCell * wire;
      wireNumberOf[cell] = wire;
      cells[layer][wire] = cell;
    }
  }

  /**
   * The tables of each chamber; null for one that has no segments, see {@link
   * TrackGeometry#hindrance}.
   */
  static @Nullable ChamberTables[] of(DetectorDescription detector) {
    Map<List<Double>, Pattern[]> alike = new HashMap<>();
    ChamberTables[] tables = new ChamberTables[detector.chambers().size()];
    for (int i = 0; i < tables.length; i++) {
      Chamber chamber = detector.chambers().get(i);
      if (TrackGeometry.hindrance(detector, i).isEmpty()) {
        Pattern[] patterns =
            alike.computeIfAbsent(chamber.layerShifts(), shifts -> new Pattern[PATTERNS]);
        tables[i] = new ChamberTables(detector, chamber, patterns);
      }
    }
    return tables;
  }

  /** Number of cells. */
  int size() {
    return layerOf.length;
  }

  /**
   * Fits of hits in these cells, by ascending {@link Fit#sides}; without those that no line can
   * have which passes through the cells and is not too steep. Places count from that of the first
   * wire.
   *
   * @param hits the first of the array; at most one per layer, in the order of the layers
   * @param isFree true where the time of passage is fitted
   */
  Pattern pattern(int[] cellsOfHits, int hits, boolean isFree) {
    long key = isFree ? 1 : 0;
    int layerSet = 0;
    for (int i = 0; i < hits; i++) {
      int cell = cellsOfHits[i];
      layerSet |= 1 << layerOf[cell];
      if (i > 0) {
        int apart = wireNumberOf[cell] - wireNumberOf[cellsOfHits[i - 1]];
        key = key << APART_BITS | (apart & ((1 << APART_BITS) - 1));
      }
    }
    key = key << MOST_LAYERS | layerSet;
    int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 52) & (PATTERNS - 1);
    Pattern pattern = patterns[at];
    if (pattern == null || pattern.key != key) {
      pattern = newPattern(key, cellsOfHits, hits, isFree);
      patterns[at] = pattern;
    }
    return pattern;
  }

  /** The fit of these sides of the wires, the time of passage free. */
  Fit fit(int[] cellsOfHits, int hits, int sides) {
    for (Fit fit : pattern(cellsOfHits, hits, true).fits) {
      if (fit.sides == sides) {
        return fit;
      }
    }
    throw new IllegalArgumentException("no line is on the sides " + sides + " of these wires");
  }

  private Pattern newPattern(long key, int[] cellsOfHits, int hits, boolean isFree) {
    int[] z = new int[hits];
    long[] w = new long[hits];
    for (int i = 0; i < hits; i++) {
      z[i] = heights[layerOf[cellsOfHits[i]]];
      w[i] = (long) wireOf[cellsOfHits[i]] - wireOf[cellsOfHits[0]];
    }
    List<Fit> fits = new ArrayList<>();
    for (int right = 0; right < 1 << hits; right++) {
      int[] sides = new int[hits];
      for (int i = 0; i < hits; i++) {
        sides[i] = (right & 1 << i) != 0 ? 1 : -1;
      }
      if (isPossible(z, w, sides)) {
        fits.add(new Fit(z, w, sides, isFree, halfCell, variance));
      }
    }
    long[] gates = new long[fits.size() * Fit.gateSize(hits)];
    long[] rows = new long[fits.size() * Fit.rowSize(hits)];
    for (int i = 0; i < fits.size(); i++) {
      fits.get(i).gate(limit, gates, i * Fit.gateSize(hits));
      fits.get(i).row(rows, i * Fit.rowSize(hits));
    }
    return new Pattern(key, fits.toArray(Fit[]::new), gates, rows);
  }

  /** False where no line is on these sides of the wires, whatever the errors that are allowed. */
  private boolean isPossible(int[] z, long[] w, int[] sides) {
    // A time of drift may be beyond its limits by the margin, and a residual as large.
    long slack = margin + (long) Math.ceil(margin * Math.sqrt(z.length)) + 1;
    long least = -steepest - 1L;
    long most = steepest + 1L;
    for (int i = 0; i < z.length; i++) {
      for (int j = i + 1; j < z.length; j++) {
        long lowI = w[i] - (sides[i] > 0 ? slack : halfCell + slack);
        long highI = w[i] + (sides[i] > 0 ? halfCell + slack : slack);
        long lowJ = w[j] - (sides[j] > 0 ? slack : halfCell + slack);
        long highJ = w[j] + (sides[j] > 0 ? halfCell + slack : slack);
        int higher = z[j] - z[i];
        least = Math.max(least, Math.floorDiv(lowJ - highI, higher));
        most = Math.min(most, -Math.floorDiv(lowI - highJ, higher));
      }
    }
    return least <= most;
  }

  /** How much less likely a line of this slope is than a vertical one, as squared residuals. */
  long penalty(long slope) {
    return slopePenalties[(int) bySteepest.floor(SLOPE_STEPS * Math.abs(slope))];
  }

  /** True where each layer has a wire on both sides of a place. */
  boolean isInside(long place) {
    for (int layer = 0; layer < layers; layer++) {
      long lastWire = firstWire[layer] + 2L * halfCell * (cells[layer].length - 1);
      if (place < firstWire[layer] || place > lastWire) {
        return false;
      }
    }
    return true;
  }

  /** The cell of a layer at this place, if it is well inside one; else a negative number. */
  int cellAt(int layer, long place) {
    long fromEdge = place - firstWire[layer] + halfCell;
    long wire = byCell.floor(fromEdge);
    long distance = Math.abs(fromEdge - wire * 2 * halfCell - halfCell);
    return wire < 0 || wire >= cells[layer].length || distance > fiducial
        ? NO_CELL
        : cells[layer][(int) wire];
  }
}
