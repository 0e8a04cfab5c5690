package org.driftwatch.viewer.plot;

import java.util.List;
import java.util.Optional;

/**
 * A muon in one view of the detector, its chambers from above. Places across are those of the
 * detector, heights those from the chamber's middle, in mm. Immutable.
 *
 * @param heading title and help
 * @param across what the coordinate across is
 * @param cellWidth width of a cell
 * @param cellHeight height of a cell
 * @param panels the chambers, the highest first
 * @param track the line through segments of several chambers, its place that at height 0 of the
 *     detector
 */
public record EventView(
    Heading heading,
    String across,
    double cellWidth,
    double cellHeight,
    List<Panel> panels,
    Optional<Line> track) {
  /** Copies the list. */
  public EventView {
    panels = List.copyOf(panels);
  }

  /**
   * A chamber.
   *
   * @param chamber its number
   * @param name its name, short
   * @param height of its middle in the detector
   * @param cells its cells
   * @param hits its hits
   * @param segments its segments, their places those at the chamber's middle
   */
  public record Panel(
      int chamber,
      String name,
      double height,
      List<Cell> cells,
      List<Hit> hits,
      List<Line> segments) {
    /** Copies the lists. */
    public Panel {
      cells = List.copyOf(cells);
      hits = List.copyOf(hits);
      segments = List.copyOf(segments);
    }
  }

  /**
   * A cell.
   *
   * @param x place of its wire
   * @param z height of its wire
   * @param isDead true where it is known to give nothing
   * @param words what is told of it and its hits
   */
  public record Cell(double x, double z, boolean isDead, String words) {}

  /**
   * A hit.
   *
   * @param cell number of its cell in the panel
   * @param drift distance from the wire at which the muon passed; empty where no time of passage
   *     puts it into the cell
   * @param side 1 where it lies on the side of larger x, -1 on the other, 0 on no segment
   */
  public record Hit(int cell, Optional<Double> drift, int side) {}

  /**
   * A straight line.
   *
   * @param x its place where the height is 0
   * @param tangent how far it goes to larger x per height
   * @param isSure false where it is one of several that are as good
   */
  public record Line(double x, double tangent, boolean isSure) {
    double at(double z) {
      return x + tangent * z;
    }
  }
}
