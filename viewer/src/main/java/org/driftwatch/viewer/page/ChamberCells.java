package org.driftwatch.viewer.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.quality.Verdict;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.CellMap;
import org.driftwatch.viewer.plot.CellMap.Shades;
import org.driftwatch.viewer.plot.Heading;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.HistogramView.Kind;

/** A chamber's cells: where they lie, what they are called, what is known of them. */
final class ChamberCells {
  private final Detector detector;
  private final int number;
  private final Optional<Chamber> chamber;
  private final List<HistogramView.Mark> known = new ArrayList<>();
  private final List<CellMap.Cell> cells = new ArrayList<>();

  ChamberCells(Detector detector, int number) {
    this.detector = detector;
    this.number = number;
    chamber = detector.chamber(number);
    detector.description().ifPresent(this::place);
    chamber.ifPresent(
        c -> {
          c.deadCells().forEach(cell -> known.add(new HistogramView.Mark(cell, Kind.DEAD)));
          c.weakCells().forEach(cell -> known.add(new HistogramView.Mark(cell, Kind.WEAK)));
          c.hotCells().forEach(cell -> known.add(new HistogramView.Mark(cell, Kind.HOT)));
        });
  }

  private void place(DetectorDescription d) {
    Chamber of = d.chambers().get(number);
    for (int cell = 0; cell < of.size(); cell++) {
      cells.add(
          new CellMap.Cell(
              d.wireX(number, cell),
              d.wireZ(number, cell),
              d.cellWidthMm(),
              d.cellHeightMm(),
              of.layer(cell)));
    }
  }

  /** True if it is known where the cells lie. */
  boolean hasMap() {
    return chamber.isPresent();
  }

  /** Those that the description says are bad. */
  List<HistogramView.Mark> known() {
    return known;
  }

  /** Those that the description says are bad, and others. */
  List<HistogramView.Mark> with(List<HistogramView.Mark> found) {
    List<HistogramView.Mark> all = new ArrayList<>(known);
    all.addAll(found);
    return all;
  }

  /** Cells that verdicts accuse, each with the stretch that it is accused of. */
  List<HistogramView.Mark> found(List<Verdict> verdicts) {
    List<HistogramView.Mark> found = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      Duration stretch = Duration.ofMillis(Math.round(verdict.stretchSeconds() * 1000));
      String over = stretch.isZero() ? "" : " (" + Numbers.windowLength(stretch) + ")";
      for (int number : verdict.cells()) {
        switch (verdict.check()) {
          case DEAD_CELLS ->
              found.add(new HistogramView.Mark(number, Kind.FOUND_DEAD, "dead" + over));
          case NOISY_CELLS ->
              found.add(new HistogramView.Mark(number, Kind.FOUND_NOISY, "noisy" + over));
          case LAYERS ->
              layer(number)
                  .forEach(
                      cell ->
                          found.add(
                              new HistogramView.Mark(
                                  cell, Kind.FOUND_DEAD, "layer " + number + " dead" + over)));
          default -> {
            // Its numbers are no cells.
          }
        }
      }
    }
    return found;
  }

  private List<Integer> layer(int layer) {
    return chamber.stream()
        .flatMap(c -> IntStream.range(0, c.size()).filter(i -> c.layer(i) == layer).boxed())
        .toList();
  }

  /**
   * Cells where they lie; see {@link DetectorDescription#wireX}.
   *
   * @param title what is shown of them
   * @param in unit and stretch
   * @param found cells that are accused
   * @param first number of the first cell
   * @param said what is said of a cell below its name, as HTML
   */
  CellMap map(
      String title,
      String in,
      String help,
      Optional<Shades> shades,
      List<HistogramView.Mark> found,
      int first,
      Said said) {
    boolean turned = chamber.map(Chamber::view).filter(View.Y::equals).isPresent();
    List<HistogramView.Mark> marks = with(found);
    return new CellMap(
        new Heading(turned ? title + ", turned by 90°" : title, in, help),
        cells,
        shades,
        marks,
        cell -> text(first, cell, said.of(cell), marks));
  }

  /** What is said of a cell. */
  interface Said {
    String of(int cell);
  }

  /** A cell's name, what is said of it, where it is, and what is known of it, as HTML. */
  String text(int first, int cell, String said, List<HistogramView.Mark> marks) {
    StringBuilder text = new StringBuilder("<html><b>");
    text.append(detector.binWord(number)).append(' ').append(first + cell).append("</b>");
    text.append(said);
    chamber.ifPresent(
        c -> {
          text.append("<br>wire ").append(c.wire(cell));
          text.append(", layer ").append(c.layer(cell));
        });
    for (HistogramView.Mark mark : marks) {
      if (mark.bin() == cell) {
        text.append("<br>").append(mark.words());
      }
    }
    return text.append("</html>").toString();
  }
}
