package org.driftwatch.viewer.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.TrackCalibration;
import org.driftwatch.detector.TrackCalibration.Estimate;
import org.driftwatch.detector.TrackGeometry;
import org.driftwatch.detector.TrackHistogram;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Verdict;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.BinAxis;
import org.driftwatch.viewer.plot.CellMap;
import org.driftwatch.viewer.plot.CellMap.Shades;
import org.driftwatch.viewer.plot.Heading;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.HistogramView.Band;
import org.driftwatch.viewer.plot.HistogramView.Decoration;

/**
 * A chamber's muon segments as a physicist reads them: all that the screen says of them is here.
 */
final class MuonViews {
  /** Lower end of the colours of efficiencies, percent: below it a cell is as good as dead. */
  static final int LEAST_EFFICIENCY = 70;

  /** A healthy chamber's efficiency, percent. */
  static final int HEALTHY_EFFICIENCY = 95;

  /** What t0 may be off in a healthy chamber, ns. */
  static final int HEALTHY_T0_NS = 5;

  static final String RATE_HELP =
      "Cosmic muons come at a steady rate: healthy is level. A drop means high voltage, threshold"
          + " or readout; a rise without reason means noise that looks like muons.";
  static final String EFFICIENCY_HELP =
      "How often a cell had a hit when hits of other layers said that a muon crossed it. Healthy is"
          + " above 95 %, and level; it falls with high voltage, gas or threshold.";
  static final String VELOCITY_HELP =
      "Drift velocity by the segments alone, without the scintillator. Healthy is the description's"
          + " (dashed), and level; it moves with gas, pressure and high voltage.";
  static final String T0_HELP =
      "How much later muons pass than the scintillator, or else the other chambers, say. Healthy is"
          + " within 5 ns of 0, and level; a step means that a delay, a cable or a clock changed. It"
          + " moves with the drift velocity, too: by 2 ns for 1 %.";
  static final String RESOLUTION_HELP =
      "Error of a single hit. Healthy is 200 to 300 µm for cosmic muons, and level; it grows with"
          + " noise, with a wrong geometry, and where the gas is not as it should be.";

  private static final String TELESCOPE_HELP =
      " With three chambers in a view, one that is displaced shows in all three, and nothing here"
          + " tells which it is.";

  /** With fewer tests of a cell its efficiency says little. */
  private static final int FEWEST_TESTS = 20;

  private final Detector detector;
  private final int number;
  private final ChamberCells cells;

  MuonViews(Detector detector, int number) {
    this.detector = detector;
    this.number = number;
    cells = new ChamberCells(detector, number);
  }

  /**
   * What is shown of it.
   *
   * @param large true where it has the page for itself: there it is compared with the others of its
   *     view, if the detector has a telescope with it
   */
  List<TrackHistogram> histograms(boolean large) {
    List<TrackHistogram> all = new ArrayList<>(List.of(TrackHistogram.values()));
    if (!large || !isCompared()) {
      all.removeAll(List.of(TrackHistogram.TRACK_RESIDUAL, TrackHistogram.TRACK_ANGLE));
    }
    return all;
  }

  private boolean isCompared() {
    return detector.description().filter(d -> TrackGeometry.isInTelescope(d, number)).isPresent();
  }

  /** True if it is known where the cells lie. */
  boolean hasMap() {
    return cells.hasMap();
  }

  /** Why there is nothing to show of a stretch, in sentences; empty if there is something. */
  Optional<String> absence(WindowSummary shown) {
    Optional<TrackSummary> tracks = shown.chamber(number).tracks();
    if (tracks.isEmpty()) {
      return detector
          .description()
          .flatMap(d -> TrackGeometry.hindrance(d, number))
          .map(why -> "No muon segments can be found here: " + why + ".")
          .or(
              () ->
                  Optional.of(
                      "These results say nothing of muon segments. The pipeline runs with"
                          + " --tracks=false, or it is older than them."));
    }
    return tracks.get().segments() > 0
        ? Optional.empty()
        : Optional.of(
            "No muon segment in this stretch: nowhere did hits of three layers lie on a line. The"
                + " chamber is off, gives only noise, or is wired otherwise than described. See"
                + " page Chambers.");
  }

  /** Cells where they lie, by their efficiency. */
  CellMap map(Optional<WindowSummary> shown, List<Verdict> verdicts, String stretch) {
    Optional<TrackSummary> tracks = shown.flatMap(s -> s.chamber(number).tracks());
    int first =
        shown
            .map(s -> s.chamber(number).occupancy().edge(0))
            .orElse(detector.channels().firstChannel(number));
    return cells.map(
        "Efficiency",
        ChamberViews.in("%", stretch),
        "Healthy cells are above 95 %, but for known bad ones (crossed out). Dark cells lose hits;"
            + " a dark row means that a layer is off or badly timed. Empty frames: fewer than "
            + FEWEST_TESTS
            + " muons crossed the cell.",
        tracks.map(MuonViews::efficiencies),
        cells.found(verdicts),
        first,
        cell -> shown.map(s -> said(s, cell)).orElse(""));
  }

  private static Shades efficiencies(TrackSummary t) {
    return new Shades(
        IntStream.range(0, t.tested().size())
            .mapToObj(
                cell ->
                    Efficiency.of(t.found().get(cell), t.tested().get(cell))
                        .filter(e -> e.tested() >= FEWEST_TESTS)
                        .map(Efficiency::percent)
                        .orElse(Double.NaN))
            .toList(),
        LEAST_EFFICIENCY,
        100,
        false,
        percent -> String.format(Locale.ROOT, "%.0f %%", percent));
  }

  private String said(WindowSummary shown, int cell) {
    Optional<TrackSummary> tracks = shown.chamber(number).tracks();
    if (tracks.isEmpty()) {
      return "";
    }
    long tested = tracks.get().tested().get(cell);
    long found = tracks.get().found().get(cell);
    double seconds = shown.window().orElseThrow().seconds();
    return Efficiency.of(found, tested)
            .map(
                e ->
                    "<br>efficiency "
                        + e.words()
                        + "<br>hit by "
                        + Numbers.grouped(found)
                        + " of "
                        + Numbers.grouped(tested)
                        + " muons")
            .orElse("<br>no muon crossed it")
        + "<br>noise "
        + Numbers.rate(tracks.get().noise().get(cell) / seconds)
        + " Hz";
  }

  /** A histogram of the segments. */
  HistogramView view(TrackHistogram which, Optional<ChamberSummary> shown, String stretch) {
    Optional<Histogram> histogram =
        shown.flatMap(ChamberSummary::tracks).map(t -> t.histogram(which));
    return switch (which) {
      case POSITION ->
          view(
              which,
              histogram,
              new Heading(
                  "Position",
                  ChamberViews.in("segments / 20 mm", stretch),
                  "Where muons cross the chamber's middle. Healthy is broad and smooth, and falls"
                      + " to the edges of the chamber; gaps mean dead cells."),
              BinAxis.regular(across() + " at the middle [mm]", which.edges(), 200),
              "mm",
              width());
      case ANGLE ->
          view(
              which,
              histogram,
              new Heading(
                  "Angle",
                  ChamberViews.in("segments / 40 mrad", stretch),
                  "Cosmic muons come from above: healthy is one smooth peak at 0 that is alike on"
                      + " both sides. Spikes and a peak elsewhere mean wrong wiring."),
              BinAxis.regular("angle from the vertical [mrad]", which.edges(), 400),
              "mrad",
              Optional.empty());
      case RESIDUAL ->
          view(
              which,
              histogram,
              new Heading(
                  "Residual",
                  ChamberViews.in("hits / 100 µm", stretch),
                  "How far each hit is from the line through the segment's others. Healthy is one"
                      + " narrow peak at 0, twice as wide as the resolution. Two peaks or a flat"
                      + " floor mean a wrong drift velocity, geometry or wiring, or noise."),
              BinAxis.regular("hit less line [µm]", which.edges(), 1000),
              "µm",
              Optional.empty());
      case PASSAGE ->
          view(
              which,
              histogram,
              new Heading(
                  "Time of passage, t0", ChamberViews.in("segments / 2 ns", stretch), T0_HELP),
              BinAxis.regular(
                  detector.hasScintillators()
                      ? "t0 less that of scintillator, else of others [ns]"
                      : "t0 less that of other chambers [ns]",
                  which.edges(),
                  20),
              "ns",
              Optional.of(new Band(-HEALTHY_T0_NS, HEALTHY_T0_NS, "±" + HEALTHY_T0_NS + " ns")));
      case TRACK_RESIDUAL ->
          view(
              which,
              histogram,
              new Heading(
                  "Track residual",
                  ChamberViews.in("segments / 200 µm", stretch),
                  "How far the segment is from where the other chambers of its view say. Healthy is"
                      + " one peak at 0; a peak elsewhere means that this chamber or another of its"
                      + " view is not where it is described."
                      + TELESCOPE_HELP),
              BinAxis.regular("segment less track [µm]", which.edges(), 2000),
              "µm",
              Optional.empty());
      case TRACK_ANGLE ->
          view(
              which,
              histogram,
              new Heading(
                  "Track angle",
                  ChamberViews.in("segments / 4 mrad", stretch),
                  "By how much the segment is steeper than the line through the other chambers of"
                      + " its view. Healthy is one peak at 0; a peak elsewhere means that the"
                      + " chamber leans, or a wrong drift velocity."),
              BinAxis.regular("segment less track [mrad]", which.edges(), 40),
              "mrad",
              Optional.empty());
    };
  }

  private String across() {
    return detector.chamber(number).filter(c -> c.view() == View.Y).isPresent() ? "y" : "x";
  }

  private Optional<Band> width() {
    return detector
        .description()
        .map(
            d -> {
              double half = d.chambers().get(number).wires() * d.cellWidthMm() / 2;
              return new Band(-half, half, "");
            });
  }

  private static HistogramView view(
      TrackHistogram which,
      Optional<Histogram> histogram,
      Heading heading,
      BinAxis axis,
      String unit,
      Optional<Band> band) {
    return new HistogramView(
        heading,
        axis,
        histogram,
        bin -> {
          int from = which.first() + bin * which.width();
          String range = "<html><b>" + from + " to " + (from + which.width()) + " " + unit + "</b>";
          String counts = which == TrackHistogram.RESIDUAL ? " hits" : " segments";
          return range + ChamberViews.count(histogram, bin, counts) + "</html>";
        },
        Decoration.over(band));
  }

  /**
   * The chamber's numbers.
   *
   * @param large true where it has the page for itself, see {@link #histograms}
   */
  List<NumberTable.Entry> numbers(Optional<MuonFigures> figures, boolean large) {
    List<NumberTable.Entry> all = new ArrayList<>();
    all.add(
        entry(
            "segments",
            figures.map(f -> List.of(Numbers.grouped(f.segments()))),
            "Muon segments of the stretch. " + RATE_HELP));
    all.add(
        entry(
            "with 4 hits",
            figures.map(f -> List.of(Numbers.share(f.segments4(), f.segments()))),
            "Share of segments with a hit in four layers or more: healthy is above 80 %."));
    all.add(
        entry(
            "ambiguous",
            figures.map(f -> List.of(Numbers.share(f.ambiguous(), f.segments()))),
            "Share of segments that might as well pass their wires on other sides; they are in no"
                + " histogram. Segments of three hits and noise make it larger."));
    all.add(
        entry(
            "efficiency",
            figures
                .flatMap(MuonFigures::efficiency)
                .map(e -> List.of(e.words(), Numbers.share(e.found(), e.tested()))),
            EFFICIENCY_HELP + " Known dead and weak cells are left out."));
    all.add(
        entry(
            "noise per cell",
            figures.map(f -> List.of(Numbers.rate(f.noiseHz()) + " Hz")),
            "Hits on no segment, the mean of all cells: healthy is level."));
    Optional<TrackCalibration> calibration = figures.flatMap(MuonFigures::calibration);
    all.add(entry("v", calibration.flatMap(TrackCalibration::velocity), "µm/ns", VELOCITY_HELP));
    if (detector.hasScintillators()) {
      all.add(
          entry(
              "v, scint.",
              calibration.flatMap(TrackCalibration::scintillatorVelocity),
              "µm/ns",
              "Drift velocity by segments whose time of passage the scintillator tells. Healthy"
                  + " agrees with v."));
    }
    all.add(entry("t0", calibration.flatMap(TrackCalibration::t0), "ns", T0_HELP));
    if (detector.hasScintillators()) {
      all.add(
          entry(
              "t0, scint.",
              calibration.flatMap(TrackCalibration::scintillatorT0),
              "ns",
              "How much later muons pass than the scintillator says, fitted together with the drift"
                  + " velocity. Healthy agrees with t0."));
    }
    all.add(
        entry(
            "resolution",
            calibration.flatMap(TrackCalibration::resolution),
            "µm",
            RESOLUTION_HELP));
    if (large && isCompared()) {
      all.add(
          entry(
              "chamber eff.",
              figures
                  .flatMap(MuonFigures::crossings)
                  .map(e -> List.of(e.words(), Numbers.share(e.found(), e.tested()))),
              "How often the chamber had a segment where the chambers above and below say that a"
                  + " muon crossed it; the highest and the lowest cannot be asked. Healthy is above"
                  + " 95 %, and level."));
      all.add(
          entry(
              "displaced",
              calibration.flatMap(TrackCalibration::displacement),
              "µm",
              "How far the chamber is from its described place across the wires, if the others of"
                  + " its view are where they should be. Healthy is within 500 µm of 0, and level."
                  + TELESCOPE_HELP));
      all.add(
          entry(
              "tilt",
              calibration.flatMap(TrackCalibration::tilt),
              "mrad",
              "By how much the chamber leans towards larger "
                  + across()
                  + " about its wires, likewise. Healthy is within 5 mrad of 0, and level."));
    }
    return all;
  }

  private static NumberTable.Entry entry(String name, Optional<List<String>> words, String help) {
    return new NumberTable.Entry(name, words.orElse(List.of("–")), help);
  }

  private static NumberTable.Entry entry(
      String name, Optional<Estimate> estimate, String unit, String help) {
    return entry(
        name,
        estimate.map(
            e -> {
              String words = Numbers.measured(e.value(), e.error());
              return List.of(words + " " + unit, words, words.substring(0, words.indexOf(' ')));
            }),
        help);
  }
}
