package org.driftwatch.viewer.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.BinAxis;
import org.driftwatch.viewer.plot.CellMap;
import org.driftwatch.viewer.plot.Heading;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.HistogramView.Decoration;
import org.driftwatch.viewer.plot.HistogramView.Kind;
import org.driftwatch.viewer.verdict.Verdict;

/** A chamber's histograms as a physicist reads them: titles, units, what is known beforehand. */
final class ChamberViews {
  /** Bin of four active channels: a muon that crosses the four layers. */
  private static final int MUON_BIN = Telescope.LAYERS - 1;

  private final RunConfiguration run;
  private final RunConfiguration.Chamber chamber;
  private final int number;
  private final List<HistogramView.Mark> marks = new ArrayList<>();
  private final List<CellMap.Cell> cells = new ArrayList<>();

  ChamberViews(RunConfiguration run, int number) {
    this.run = run;
    this.chamber = run.chambers().get(number);
    this.number = number;
    for (int cell = 0; cell < Telescope.CELLS; cell++) {
      cells.add(
          new CellMap.Cell(
              run.wireX(cell), run.wireZ(cell), run.cellWidthMm(), run.cellHeightMm()));
    }
    chamber.deadCells().forEach(cell -> marks.add(new HistogramView.Mark(cell, Kind.DEAD)));
    chamber.weakCells().forEach(cell -> marks.add(new HistogramView.Mark(cell, Kind.WEAK)));
    chamber.hotCells().forEach(cell -> marks.add(new HistogramView.Mark(cell, Kind.HOT)));
  }

  /** First TDC channel of the histograms shown. */
  int firstChannel(Optional<ChamberSummary> shown) {
    return shown.map(c -> c.occupancy().edge(0)).orElse(chamber.firstChannel());
  }

  /** Cells that verdicts accuse now. */
  List<HistogramView.Mark> found(List<Verdict> verdicts) {
    List<HistogramView.Mark> found = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      Kind kind = verdict.check() == Verdict.Check.DEAD_CELLS ? Kind.FOUND_DEAD : Kind.FOUND_NOISY;
      verdict.cells().forEach(cell -> found.add(new HistogramView.Mark(cell, kind)));
    }
    return found;
  }

  /** Cells where they lie; see {@link RunConfiguration#wireX}. */
  CellMap map(Optional<ChamberSummary> shown, List<HistogramView.Mark> found) {
    Optional<Histogram> histogram = shown.map(ChamberSummary::occupancy);
    List<HistogramView.Mark> all = with(found);
    return new CellMap(
        new Heading(
            chamber.turned() ? "Cells, turned by 90°" : "Cells",
            "layer × wire",
            "Healthy cells glow evenly in all four layers, except for known bad ones (crossed out)."
                + " Dark cells are dead, single bright ones noisy; a dark row means that a layer is"
                + " off."),
        cells,
        histogram,
        all,
        cell -> cellText(firstChannel(shown), histogram, all, cell));
  }

  HistogramView occupancy(Optional<ChamberSummary> shown, List<HistogramView.Mark> found) {
    return occupancy(
        "Occupancy",
        shown.map(ChamberSummary::occupancy),
        firstChannel(shown),
        with(found),
        "A healthy occupancy is level within a factor of two. Gaps are dead channels, spikes noisy"
            + " ones; known ones are shaded.");
  }

  HistogramView gated(Optional<ChamberSummary> shown) {
    return occupancy(
        "Occupancy with scintillator",
        shown.map(ChamberSummary::scintillatorOccupancy),
        firstChannel(shown),
        marks,
        "In orbits with a scintillator hit muons outweigh noise: healthy is broad and level,"
            + " without noisy channels. It fills slowly, with a few hits per second.");
  }

  private static HistogramView occupancy(
      String title,
      Optional<Histogram> histogram,
      int first,
      List<HistogramView.Mark> marks,
      String help) {
    return new HistogramView(
        new Heading(title, "hits / TDC channel", help),
        BinAxis.channels(first),
        histogram,
        cell -> cellText(first, histogram, marks, cell),
        Decoration.marked(marks));
  }

  private List<HistogramView.Mark> with(List<HistogramView.Mark> found) {
    List<HistogramView.Mark> all = new ArrayList<>(marks);
    all.addAll(found);
    return all;
  }

  private static String cellText(
      int first, Optional<Histogram> histogram, List<HistogramView.Mark> marks, int cell) {
    StringBuilder text = new StringBuilder("<html><b>TDC channel ");
    text.append(first + cell).append("</b>").append(count(histogram, cell, " hits"));
    text.append("<br>wire ").append(Telescope.wire(cell));
    text.append(", layer ").append(Telescope.layer(cell));
    for (HistogramView.Mark mark : marks) {
      if (mark.bin() == cell) {
        text.append("<br>").append(mark.kind().words());
      }
    }
    return text.append("</html>").toString();
  }

  HistogramView activeChannels(Optional<ChamberSummary> shown) {
    Optional<Histogram> histogram = shown.map(ChamberSummary::activeChannels);
    return new HistogramView(
        new Heading(
            "Active channels per orbit",
            "orbits",
            "A healthy chamber has two peaks: noise at one channel, muons through all four layers"
                + " at four. Without the second the chamber does not see muons."),
        BinAxis.activeChannels(),
        histogram,
        bin ->
            "<html><b>"
                + (bin + 1)
                + (bin == 0 ? " active channel</b>" : " active channels</b>")
                + count(histogram, bin, " orbits")
                + "</html>",
        Decoration.bars(new HistogramView.Guide(MUON_BIN, "muon: 4 layers")));
  }

  HistogramView driftTime(Optional<ChamberSummary> shown) {
    Optional<Histogram> histogram = shown.map(ChamberSummary::driftTime);
    return new HistogramView(
        new Heading(
            "Drift time",
            "hits / " + ChamberSummary.DRIFT_BIN_NS + " ns",
            "Healthy drift times fill a box with steep edges between the dashed lines. If the box"
                + " has moved, the time offset is wrong; if its length has changed, the drift"
                + " velocity has."),
        BinAxis.driftTime(),
        histogram,
        bin -> {
          int from = ChamberSummary.DRIFT_FIRST_NS + bin * ChamberSummary.DRIFT_BIN_NS;
          return "<html><b>"
              + from
              + " to "
              + (from + ChamberSummary.DRIFT_BIN_NS)
              + " ns</b>"
              + count(histogram, bin, " hits")
              + "</html>";
        },
        Decoration.over(
            new HistogramView.Band(
                0, run.maxDriftNs(), "0–" + Numbers.tick(run.maxDriftNs()) + " ns expected")));
  }

  /** Board and channels; if the data disagree with the run configuration, both. */
  String wiring(Optional<ChamberSummary> shown) {
    int first = firstChannel(shown);
    String text =
        "FPGA " + chamber.fpga() + " · TDC " + first + "–" + (first + Telescope.CELLS - 1);
    return agrees(shown) ? text : text + " (configured: from " + chamber.firstChannel() + ")";
  }

  /** True if the histograms have the channels of the run configuration. */
  boolean agrees(Optional<ChamberSummary> shown) {
    return firstChannel(shown) == chamber.firstChannel();
  }

  int number() {
    return number;
  }

  private static String count(Optional<Histogram> histogram, int bin, String unit) {
    return histogram.map(h -> "<br>" + Numbers.grouped(h.count(bin)) + unit).orElse("");
  }
}
