package org.driftwatch.viewer.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.detector.Histogram;
import org.driftwatch.quality.Verdict;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.BinAxis;
import org.driftwatch.viewer.plot.CellMap;
import org.driftwatch.viewer.plot.Heading;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.HistogramView.Decoration;
import org.driftwatch.viewer.plot.HistogramView.Kind;

/**
 * A chamber's histograms as a physicist reads them: titles, units, what is known beforehand. All
 * that the screen says of a kind of histogram is here.
 */
final class ChamberViews {
  private final Detector detector;
  private final int number;
  private final Optional<Chamber> chamber;
  private final List<HistogramView.Mark> marks = new ArrayList<>();
  private final List<CellMap.Cell> cells = new ArrayList<>();

  ChamberViews(Detector detector, int number) {
    this.detector = detector;
    this.number = number;
    chamber = detector.chamber(number);
    detector.description().ifPresent(this::place);
    chamber.ifPresent(
        c -> {
          c.deadCells().forEach(cell -> marks.add(new HistogramView.Mark(cell, Kind.DEAD)));
          c.weakCells().forEach(cell -> marks.add(new HistogramView.Mark(cell, Kind.WEAK)));
          c.hotCells().forEach(cell -> marks.add(new HistogramView.Mark(cell, Kind.HOT)));
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

  /** The kinds that the detector has, from the top of a column to its bottom. */
  List<ChamberHistogram> kinds() {
    return Stream.of(ChamberHistogram.values())
        .filter(detector::has)
        .sorted(Comparator.comparing(ChamberViews::place))
        .toList();
  }

  private static int place(ChamberHistogram which) {
    return switch (which) {
      case OCCUPANCY -> 0;
      case SCINTILLATOR_OCCUPANCY -> 1;
      case ACTIVE_CHANNELS -> 2;
      case DRIFT_TIME -> 3;
    };
  }

  /** Its height in a column, in parts. */
  static double height(ChamberHistogram which) {
    return switch (which) {
      case OCCUPANCY -> 1.1;
      case SCINTILLATOR_OCCUPANCY -> 0.9;
      case ACTIVE_CHANNELS, DRIFT_TIME -> 1;
    };
  }

  /** Number of the first bin of the occupancies shown. */
  int firstChannel(Optional<ChamberSummary> shown) {
    return shown.map(c -> c.occupancy().edge(0)).orElse(detector.channels().firstChannel(number));
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

  /** True if it is known where the cells lie. */
  boolean hasMap() {
    return chamber.isPresent();
  }

  /** Cells where they lie; see {@link DetectorDescription#wireX}. */
  CellMap map(Optional<ChamberSummary> shown, List<HistogramView.Mark> found, String stretch) {
    Optional<Histogram> histogram = shown.map(ChamberSummary::occupancy);
    List<HistogramView.Mark> all = with(found);
    boolean turned = chamber.map(Chamber::view).filter(View.Y::equals).isPresent();
    return new CellMap(
        new Heading(
            turned ? "Cells, turned by 90°" : "Cells",
            in("layer × wire", stretch),
            "Healthy cells glow evenly in all layers, except for known bad ones (crossed out)."
                + " Dark cells are dead, single bright ones noisy; a dark row means that a layer is"
                + " off."),
        cells,
        histogram,
        all,
        cell -> cellText(firstChannel(shown), histogram, all, cell));
  }

  /**
   * A histogram.
   *
   * @param found cells that are accused
   * @param stretch of which windows it is, for the title
   */
  HistogramView view(
      ChamberHistogram which,
      Optional<ChamberSummary> shown,
      List<HistogramView.Mark> found,
      String stretch) {
    Optional<Histogram> histogram = shown.map(c -> c.histogram(which));
    return switch (which) {
      case OCCUPANCY ->
          occupancy(
              "Occupancy",
              stretch,
              histogram,
              firstChannel(shown),
              with(found),
              "A healthy occupancy is level within a factor of two. Gaps are dead channels, spikes"
                  + " noisy ones; known ones are shaded.");
      case SCINTILLATOR_OCCUPANCY ->
          occupancy(
              "Occupancy with scintillator",
              stretch,
              histogram,
              firstChannel(shown),
              marks,
              "In orbits with a scintillator hit muons outweigh noise: healthy is broad and level,"
                  + " without noisy channels. It fills slowly, with the scintillator's rate.");
      case ACTIVE_CHANNELS -> activeChannels(histogram, stretch);
      case DRIFT_TIME -> driftTime(histogram, stretch);
    };
  }

  /** A unit, and of which windows the plot is. */
  private static String in(String unit, String stretch) {
    return stretch.isEmpty() ? unit : unit + ", " + stretch;
  }

  private HistogramView occupancy(
      String title,
      String stretch,
      Optional<Histogram> histogram,
      int first,
      List<HistogramView.Mark> marks,
      String help) {
    String bin = detector.binWord(number);
    return new HistogramView(
        new Heading(title, in("hits / " + bin, stretch), help),
        BinAxis.channels(bin, first, detector.channels().cells(number)),
        histogram,
        cell -> cellText(first, histogram, marks, cell),
        Decoration.marked(marks));
  }

  private List<HistogramView.Mark> with(List<HistogramView.Mark> found) {
    List<HistogramView.Mark> all = new ArrayList<>(marks);
    all.addAll(found);
    return all;
  }

  private String cellText(
      int first, Optional<Histogram> histogram, List<HistogramView.Mark> marks, int cell) {
    StringBuilder text = new StringBuilder("<html><b>");
    text.append(detector.binWord(number)).append(' ').append(first + cell).append("</b>");
    text.append(count(histogram, cell, " hits"));
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

  private HistogramView activeChannels(Optional<Histogram> histogram, String stretch) {
    int most = detector.channels().cells(number);
    return new HistogramView(
        new Heading(
            "Active channels per orbit",
            in("orbits", stretch),
            "A healthy chamber has two peaks: noise at one channel, muons at as many as there are"
                + " layers. Without the second the chamber does not see muons."),
        BinAxis.activeChannels(most),
        histogram,
        bin ->
            "<html><b>"
                + (bin + 1)
                + (bin == 0 ? " active channel</b>" : " active channels</b>")
                + count(histogram, bin, " orbits")
                + "</html>",
        Decoration.bars(
            chamber
                .map(Chamber::layers)
                .filter(layers -> layers > 1 && layers <= most)
                .map(
                    layers -> new HistogramView.Guide(layers - 1, "muon: " + layers + " layers"))));
  }

  private HistogramView driftTime(Optional<Histogram> histogram, String stretch) {
    int width = ChamberHistogram.DRIFT_BIN_NS;
    Optional<Double> longest = detector.description().map(DetectorDescription::maxDriftNs);
    return new HistogramView(
        new Heading(
            "Drift time",
            in("hits / " + width + " ns", stretch),
            "Healthy drift times fill a box with steep edges between the dashed lines. If the box"
                + " has moved, the time offset is wrong; if its length has changed, the drift"
                + " velocity has."),
        BinAxis.driftTime(),
        histogram,
        bin -> {
          int from = ChamberHistogram.DRIFT_FIRST_NS + bin * width;
          return "<html><b>"
              + from
              + " to "
              + (from + width)
              + " ns</b>"
              + count(histogram, bin, " hits")
              + "</html>";
        },
        Decoration.over(
            longest.map(
                ns -> new HistogramView.Band(0, ns, "0–" + Numbers.tick(ns) + " ns expected"))));
  }

  /** Board and channels; if the data disagree with the description, both. */
  String wiring(Optional<ChamberSummary> shown) {
    int first = firstChannel(shown);
    int last = first + detector.channels().cells(number) - 1;
    Optional<String> boards = detector.description().flatMap(this::boards);
    String cells =
        detector.isByChannel(number)
            ? "TDC " + first + "–" + last
            : chamber.map(c -> c.layers() + " layers × " + c.wires() + " wires").orElse("");
    String text = boards.map(board -> board + " · " + cells).orElse(cells);
    return agrees(shown)
        ? text
        : text + " (configured: from " + detector.channels().firstChannel(number) + ")";
  }

  /** The boards as records call them, after the last word of their field's name. */
  private Optional<String> boards(DetectorDescription d) {
    return d.format()
        .field(Role.BOARD)
        .map(
            field ->
                d.chambers().get(number).channels().stream()
                    .map(channel -> Integer.toString(channel.board() + field.first()))
                    .distinct()
                    .collect(
                        Collectors.joining(
                            ", ",
                            field.name().substring(field.name().lastIndexOf('/') + 1) + " ",
                            "")));
  }

  /** True if the histograms have the channels of the description. */
  boolean agrees(Optional<ChamberSummary> shown) {
    return firstChannel(shown) == detector.channels().firstChannel(number);
  }

  int number() {
    return number;
  }

  private static String count(Optional<Histogram> histogram, int bin, String unit) {
    return histogram.map(h -> "<br>" + Numbers.grouped(h.count(bin)) + unit).orElse("");
  }
}
