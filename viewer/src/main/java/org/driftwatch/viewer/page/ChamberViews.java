package org.driftwatch.viewer.page;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.Histogram;
import org.driftwatch.quality.Verdict;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.BinAxis;
import org.driftwatch.viewer.plot.CellMap;
import org.driftwatch.viewer.plot.Heading;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.HistogramView.Decoration;

/**
 * A chamber's histograms as a physicist reads them: titles, units, what is known beforehand. All
 * that the screen says of a kind of histogram is here.
 */
final class ChamberViews {
  private final Detector detector;
  private final int number;
  private final Optional<Chamber> chamber;
  private final ChamberCells cells;

  ChamberViews(Detector detector, int number) {
    this.detector = detector;
    this.number = number;
    chamber = detector.chamber(number);
    cells = new ChamberCells(detector, number);
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

  /** Cells that verdicts accuse. */
  List<HistogramView.Mark> found(List<Verdict> verdicts) {
    return cells.found(verdicts);
  }

  /** True if it is known where the cells lie. */
  boolean hasMap() {
    return cells.hasMap();
  }

  /** Cells where they lie, by their hits. */
  CellMap map(Optional<ChamberSummary> shown, List<HistogramView.Mark> found, String stretch) {
    Optional<Histogram> histogram = shown.map(ChamberSummary::occupancy);
    return cells.map(
        "Cells",
        in("layer × wire", stretch),
        "Healthy cells glow evenly in all layers, except for known bad ones (crossed out). Dark"
            + " cells are dead, single bright ones noisy; a dark row means that a layer is off.",
        histogram.map(CellMap.Shades::counts),
        found,
        firstChannel(shown),
        cell -> count(histogram, cell, " hits"));
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
              cells.with(found),
              "A healthy occupancy is level within a factor of two. Gaps are dead channels, spikes"
                  + " noisy ones; known ones are shaded.");
      case SCINTILLATOR_OCCUPANCY ->
          occupancy(
              "Occupancy with scintillator",
              stretch,
              histogram,
              firstChannel(shown),
              cells.known(),
              "In orbits with a scintillator hit muons outweigh noise: healthy is broad and level,"
                  + " without noisy channels. It fills slowly, with the scintillator's rate.");
      case ACTIVE_CHANNELS -> activeChannels(histogram, stretch);
      case DRIFT_TIME -> driftTime(histogram, stretch);
    };
  }

  /** A unit, and of which windows the plot is. */
  static String in(String unit, String stretch) {
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
        cell -> cells.text(first, cell, count(histogram, cell, " hits"), marks),
        Decoration.marked(marks));
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

  static String count(Optional<Histogram> histogram, int bin, String unit) {
    return histogram.map(h -> "<br>" + Numbers.grouped(h.count(bin)) + unit).orElse("");
  }
}
