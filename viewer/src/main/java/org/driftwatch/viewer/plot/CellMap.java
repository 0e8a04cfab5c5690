package org.driftwatch.viewer.plot;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.driftwatch.detector.Histogram;

/**
 * A chamber's cells where they lie: what a {@link CellMapPlot} draws. Immutable.
 *
 * @param heading what it is
 * @param cells the place of each cell, by its number
 * @param counts hits per cell; empty before the first window
 * @param marks cells that are special
 * @param cellText what a cell is, as HTML for the tool tip
 */
public record CellMap(
    Heading heading,
    List<Cell> cells,
    Optional<Histogram> counts,
    List<HistogramView.Mark> marks,
    IntFunction<String> cellText) {
  /** Copies the lists. */
  public CellMap {
    cells = List.copyOf(cells);
    marks = List.copyOf(marks);
  }

  /**
   * A cell seen along its wire, mm from the chamber's middle.
   *
   * @param x of its wire, across the chamber
   * @param z of its wire, upwards
   * @param width of the cell
   * @param height of the cell
   * @param layer its layer, from 1 at the bottom
   */
  public record Cell(double x, double z, double width, double height, int layer) {}
}
