package org.driftwatch.emulator.simulator;

import java.util.Arrays;
import java.util.List;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.detector.HitLayout;

/**
 * What a track needs to know of a chamber, in arrays: where it really is, and its wires within it.
 * Its wires are as long as it is wide.
 */
final class TrackedChamber {
  /** What {@link #cell} gives where a layer has no such wire. */
  static final int NONE = -1;

  final double xMm;
  final double yMm;
  final double zMm;

  /** Half its width and half the length of its wires. */
  final double halfMm;

  final double offsetNs;
  final int layers;
  private final boolean measuresX;
  private final double tiltSine;
  private final double tiltCosine;
  private final int[][] cells;
  private final double[] heightMm;
  private final double[] firstWireMm;
  private final int[] addresses;

  /**
   * A chamber.
   *
   * @param middleMm where its middle is along its wires
   * @param displacementMm how far it is across its wires from where it is said to be
   * @param tilt by how much it leans towards larger x or y, about its wires, rad
   */
  TrackedChamber(
      DetectorDescription detector,
      int chamber,
      double middleMm,
      double displacementMm,
      double tilt) {
    Chamber c = detector.chambers().get(chamber);
    HitLayout layout = new HitLayout(detector);
    measuresX = c.view() == View.X;
    double acrossMm = c.xMm() + displacementMm;
    xMm = measuresX ? acrossMm : middleMm;
    yMm = measuresX ? middleMm : acrossMm;
    tiltSine = StrictMath.sin(tilt);
    tiltCosine = StrictMath.cos(tilt);
    zMm = c.zMm();
    halfMm = detector.cellWidthMm() * c.wires() / 2;
    offsetNs = c.driftOffsetPs() / 1000.0;
    addresses = c.channels().stream().mapToInt(layout::address).toArray();
    // Layers in the order in which the channels name them first.
    List<Integer> order = c.cells().stream().map(cell -> cell.layer()).distinct().toList();
    layers = order.size();
    cells = new int[layers][c.wires()];
    heightMm = new double[layers];
    firstWireMm = new double[layers];
    for (int[] wires : cells) {
      Arrays.fill(wires, NONE);
    }
    for (int cell = 0; cell < c.size(); cell++) {
      int layer = order.indexOf(c.layer(cell));
      int wire = c.wire(cell) - 1;
      cells[layer][wire] = cell;
      heightMm[layer] = detector.wireZ(chamber, cell);
      firstWireMm[layer] = detector.wireX(chamber, cell) - wire * detector.cellWidthMm();
    }
  }

  /** Number of cells. */
  int size() {
    return addresses.length;
  }

  /** Board and channel of a cell in one number, see {@link HitLayout#address(long)}. */
  int address(int cell) {
    return addresses[cell];
  }

  /** The cell of a wire, from 0, or {@link #NONE}. */
  int cell(int layer, int wire) {
    return wire >= 0 && wire < cells[layer].length ? cells[layer][wire] : NONE;
  }

  /** Height of a layer above the chamber's middle, mm. */
  double heightMm(int layer) {
    return heightMm[layer];
  }

  /** Place of a layer's first wire across the chamber, mm from its middle. */
  double firstWireMm(int layer) {
    return firstWireMm[layer];
  }

  /** Of two coordinates the one that it measures, from its middle. */
  double across(double x, double y) {
    return measuresX ? x - xMm : y - yMm;
  }

  /** Of two slopes that of the coordinate that it measures. */
  double slope(double slopeX, double slopeY) {
    return measuresX ? slopeX : slopeY;
  }

  /**
   * Where a track crosses its middle plane, in its own coordinate.
   *
   * @param at the place at the height of its middle
   */
  double positionMm(double at, double slope) {
    return at / (tiltCosine + slope * tiltSine);
  }

  /** The slope of a track as it sees it. */
  double ownSlope(double slope) {
    return (slope * tiltCosine - tiltSine) / (tiltCosine + slope * tiltSine);
  }
}
