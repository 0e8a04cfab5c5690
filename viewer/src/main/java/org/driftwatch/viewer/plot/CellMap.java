package org.driftwatch.viewer.plot;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.driftwatch.detector.Histogram;
import org.driftwatch.viewer.model.Numbers;

/**
 * A chamber's cells where they lie: what a {@link CellMapPlot} draws. Immutable.
 *
 * @param heading what it is
 * @param cells the place of each cell, by its number
 * @param shades what colours the cells; empty before the first window
 * @param marks cells that are special
 * @param cellText what a cell is, as HTML for the tool tip
 */
public record CellMap(
    Heading heading,
    List<Cell> cells,
    Optional<Shades> shades,
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

  /**
   * A number for each cell, and the scale of their colours. Immutable.
   *
   * @param values the numbers; NaN where nothing is known, which is drawn as an empty frame
   * @param least what the darkest colour stands for, and whatever is below
   * @param most what the brightest stands for
   * @param isCount true for counts, which may be drawn on a logarithmic scale; other numbers are
   *     written into cells that are large enough
   * @param words a number in words, for the ends of the scale
   */
  public record Shades(
      List<Double> values,
      double least,
      double most,
      boolean isCount,
      DoubleFunction<String> words) {
    /** Copies the list. */
    public Shades {
      values = List.copyOf(values);
    }

    /** Counts of as many cells, from none to the largest. */
    public static Shades counts(Histogram counts) {
      return new Shades(
          LongStream.of(counts.counts()).asDoubleStream().boxed().toList(),
          0,
          LongStream.of(counts.counts()).max().orElse(0),
          true,
          Numbers::brief);
    }

    /** Place of a cell's number on the scale, 0 to 1. */
    double place(int cell, boolean log) {
      double value = values.get(cell);
      return log && isCount
          ? Math.log1p(value) / Math.log1p(most)
          : (value - least) / (most - least);
    }
  }
}
