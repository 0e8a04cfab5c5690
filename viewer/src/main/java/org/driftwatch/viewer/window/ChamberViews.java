package org.driftwatch.viewer.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.BinAxis;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.HistogramView.Kind;

/** A chamber's histograms as a physicist reads them: titles, units, what is known beforehand. */
final class ChamberViews {
  /** Bin of four active channels: a muon that crosses the four layers. */
  private static final int MUON_BIN = Telescope.LAYERS - 1;

  private final RunConfiguration run;
  private final RunConfiguration.Chamber chamber;
  private final int number;
  private final List<HistogramView.Mark> marks = new ArrayList<>();

  ChamberViews(RunConfiguration run, int number) {
    this.run = run;
    this.chamber = run.chambers().get(number);
    this.number = number;
    chamber.deadCells().forEach(cell -> marks.add(new HistogramView.Mark(cell, Kind.DEAD)));
    chamber.weakCells().forEach(cell -> marks.add(new HistogramView.Mark(cell, Kind.WEAK)));
    chamber.hotCells().forEach(cell -> marks.add(new HistogramView.Mark(cell, Kind.HOT)));
  }

  /** First TDC channel of the histograms shown. */
  int firstChannel(Optional<ChamberSummary> shown) {
    return shown.map(c -> c.occupancy().edge(0)).orElse(chamber.firstChannel());
  }

  HistogramView occupancy(Optional<ChamberSummary> shown) {
    Optional<Histogram> histogram = shown.map(ChamberSummary::occupancy);
    int first = firstChannel(shown);
    return new HistogramView(
        "Occupancy",
        "hits / TDC channel",
        "TDC channel",
        BinAxis.channels(first),
        histogram,
        false,
        marks,
        Optional.empty(),
        Optional.empty(),
        entries(histogram),
        cell ->
            "<html><b>TDC channel "
                + (first + cell)
                + "</b>"
                + count(histogram, cell, " hits")
                + "<br>wire "
                + Telescope.wire(cell)
                + ", layer "
                + Telescope.layer(cell)
                + known(cell)
                + "</html>");
  }

  HistogramView activeChannels(Optional<ChamberSummary> shown) {
    Optional<Histogram> histogram = shown.map(ChamberSummary::activeChannels);
    return new HistogramView(
        "Active channels per orbit",
        "orbits",
        "distinct active channels in an orbit",
        BinAxis.activeChannels(),
        histogram,
        true,
        List.of(),
        Optional.empty(),
        Optional.of(new HistogramView.Guide(MUON_BIN, "muon: 4 layers")),
        entries(histogram),
        bin ->
            "<html><b>"
                + (bin + 1)
                + (bin == 0 ? " active channel</b>" : " active channels</b>")
                + count(histogram, bin, " orbits")
                + "</html>");
  }

  HistogramView driftTime(Optional<ChamberSummary> shown) {
    Optional<Histogram> histogram = shown.map(ChamberSummary::driftTime);
    return new HistogramView(
        "Drift time",
        "hits / " + ChamberSummary.DRIFT_BIN_NS + " ns",
        "drift time [ns]",
        BinAxis.driftTime(),
        histogram,
        false,
        List.of(),
        Optional.of(
            new HistogramView.Band(
                0, run.maxDriftNs(), "0–" + Numbers.tick(run.maxDriftNs()) + " ns expected")),
        Optional.empty(),
        histogram.map(ChamberViews::entriesAndFlows).orElse(""),
        bin -> {
          int from = ChamberSummary.DRIFT_FIRST_NS + bin * ChamberSummary.DRIFT_BIN_NS;
          return "<html><b>"
              + from
              + " to "
              + (from + ChamberSummary.DRIFT_BIN_NS)
              + " ns</b>"
              + count(histogram, bin, " hits")
              + "</html>";
        });
  }

  /** Board and channels; where the data disagree with the run configuration, both. */
  String wiring(Optional<ChamberSummary> shown) {
    int first = firstChannel(shown);
    String text =
        "FPGA " + chamber.fpga() + " · TDC " + first + "–" + (first + Telescope.CELLS - 1);
    return agrees(shown) ? text : text + " (configured: from " + chamber.firstChannel() + ")";
  }

  /** True where the histograms bear the channels of the run configuration. */
  boolean agrees(Optional<ChamberSummary> shown) {
    return firstChannel(shown) == chamber.firstChannel();
  }

  int number() {
    return number;
  }

  private static String count(Optional<Histogram> histogram, int bin, String unit) {
    return histogram.map(h -> "<br>" + Numbers.grouped(h.count(bin)) + unit).orElse("");
  }

  private String known(int cell) {
    StringBuilder text = new StringBuilder();
    for (HistogramView.Mark mark : marks) {
      if (mark.bin() == cell) {
        text.append("<br>").append(mark.kind().words());
      }
    }
    return text.toString();
  }

  private static String entries(Optional<Histogram> histogram) {
    return histogram.map(h -> Numbers.grouped(h.entries()) + " entries").orElse("");
  }

  private static String entriesAndFlows(Histogram h) {
    String entries = Numbers.grouped(h.entries()) + " entries";
    return h.underflow() + h.overflow() == 0
        ? entries
        : entries
            + ", "
            + Numbers.grouped(h.underflow())
            + " below, "
            + Numbers.grouped(h.overflow())
            + " above";
  }
}
