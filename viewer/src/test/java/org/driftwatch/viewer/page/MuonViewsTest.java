package org.driftwatch.viewer.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.TrackGeometry;
import org.driftwatch.detector.TrackHistogram;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.detector.testing.SimulatedSegments.Truth;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Muons;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.ChannelLayout;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.CellMap;
import org.junit.jupiter.api.Test;

class MuonViewsTest {
  private static final Detector COURSE = Detector.of(Summaries.COURSE);

  private final MuonViews views = new MuonViews(COURSE, 1);
  private final WindowSummary window = Muons.window(Summaries.COURSE, 0, 3_000, new Random(21));
  private final TrackSummary tracks = window.chamber(1).tracks().orElseThrow();

  private static List<Long> with(List<Long> counts, int at, long count) {
    List<Long> changed = new ArrayList<>(counts);
    changed.set(at, count);
    return changed;
  }

  private WindowSummary cell(int cell, long tested, long found) {
    return Muons.with(
        window,
        1,
        Optional.of(
            new TrackSummary(
                tracks.segments(),
                tracks.segments4(),
                tracks.ambiguous(),
                tracks.busy(),
                with(tracks.tested(), cell, tested),
                with(tracks.found(), cell, found),
                with(tracks.noise(), cell, 10),
                tracks.histograms(),
                tracks.sums())));
  }

  private static double efficiency(WindowSummary shown) {
    return MuonFigures.of(COURSE, 1, shown)
        .flatMap(MuonFigures::efficiency)
        .orElseThrow()
        .percent();
  }

  private String words(WindowSummary shown, String name) {
    return views.numbers(MuonFigures.of(COURSE, 1, shown), true).stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow()
        .words()
        .get(0);
  }

  @Test
  void aCellTellsItsEfficiencyWithIntervalAndTestsAndItsNoise() {
    CellMap map = views.map(Optional.of(cell(2, 100, 90)), List.of(), "last 10 min");
    assertThat(map.shades().orElseThrow().values().get(2), is(90.0));
    String text = map.cellText().apply(2);
    assertThat(text, startsWith("<html><b>TDC channel 66</b><br>efficiency 90.0 % (86."));
    assertThat(text, containsString("<br>hit by 90 of 100 muons<br>noise 2.0 Hz<br>wire 1"));
  }

  @Test
  void aCellWithFewTestsHasNoColourAndStillTellsThem() {
    CellMap map = views.map(Optional.of(cell(2, 19, 19)), List.of(), "");
    assertThat(map.shades().orElseThrow().values().get(2), is(Double.NaN));
    assertThat(map.cellText().apply(2), containsString("hit by 19 of 19 muons"));
    CellMap never = views.map(Optional.of(cell(2, 0, 0)), List.of(), "");
    assertThat(never.cellText().apply(2), containsString("no muon crossed it"));
  }

  @Test
  void numbersThatAreNoCountsOfMuonsAreNoEfficiency() {
    CellMap map = views.map(Optional.of(cell(2, 90, 100)), List.of(), "");
    assertThat(map.shades().orElseThrow().values().get(2), is(Double.NaN));
    assertThat(map.cellText().apply(2), containsString("no muon crossed it"));
    assertThat(words(cell(3, 0, Long.MAX_VALUE / 2), "efficiency"), is("–"));
  }

  @Test
  void knownBadCellsDoNotCountInAChambersEfficiency() {
    int dead = Summaries.COURSE.chambers().get(1).deadCells().get(0);
    assertThat(efficiency(cell(dead, 1_000, 0)), is(efficiency(window)));
    assertThat(efficiency(cell(dead + 1, 10_000, 0)), lessThan(efficiency(window)));
  }

  @Test
  void numbersHaveUnitsAndErrors() {
    assertThat(words(window, "segments"), is(Numbers.grouped(tracks.segments())));
    assertThat(words(window, "v").matches("5[34]\\.\\d+ ± 0\\.\\d+ µm/ns"), is(true));
    assertThat(words(window, "t0").matches("-?[01]\\.\\d+ ± 0\\.\\d+ ns"), is(true));
    assertThat(words(window, "resolution").matches("2[4-8]\\d\\.\\d ± \\d\\.\\d µm"), is(true));
    assertThat(words(window, "efficiency").matches("9[67]\\.\\d % \\(9.* – 9.*\\)"), is(true));
  }

  @Test
  void whatTooFewSegmentsTellIsADash() {
    WindowSummary few = Muons.window(Summaries.COURSE, 0, 3, new Random(21));
    assertThat(words(few, "v"), is("–"));
    assertThat(words(few, "resolution"), is("–"));
  }

  @Test
  void withoutScintillatorNothingIsComparedWithIt() {
    DetectorDescription bare = Detectors.withoutScintillator(Summaries.COURSE);
    MuonViews views = new MuonViews(Detector.of(bare), 0);
    assertThat(
        views.numbers(Optional.empty(), false).stream().map(NumberTable.Entry::name).toList(),
        is(
            List.of(
                "segments",
                "with 4 hits",
                "ambiguous",
                "efficiency",
                "noise per cell",
                "v",
                "t0",
                "resolution")));
    assertThat(
        views.view(TrackHistogram.PASSAGE, Optional.empty(), "").axis().title(),
        is("t0 less that of other chambers [ns]"));
  }

  @Test
  void aChamberThatCannotHaveSegmentsSaysWhy() {
    DetectorDescription two = Detectors.of("two", 1, 2, 16);
    MuonViews views = new MuonViews(Detector.of(two), 0);
    assertThat(
        views.absence(Summaries.window(two, 0, 0, new Random(1))),
        is(
            Optional.of(
                "No muon segments can be found here: chamber 0 has 2 layers, segments need 3 to"
                    + " 8.")));
  }

  @Test
  void resultsWithoutSegmentsSayThatThePipelineLooksForNone() {
    assertThat(
        views.absence(Summaries.window(0, 0, new Random(1))).orElseThrow(),
        containsString("--tracks=false"));
  }

  @Test
  void aChamberThatSeesNoMuonSaysSo() {
    WindowSummary dark =
        Muons.window(0, chamber -> new Truth(53.8, 0, 260, 0, 0), 100, new Random(1));
    assertThat(views.absence(dark).orElseThrow(), startsWith("No muon segment in this stretch"));
    assertThat(views.absence(window), is(Optional.empty()));
  }

  @Test
  void ofADetectorThatIsNotDescribedTheHistogramsAreShownAndNothingIsFitted() {
    DetectorDescription six = Detectors.of("six", 2, 4, 7);
    Detector unknown = Detector.of(Summaries.COURSE, ChannelLayout.of(six));
    WindowSummary shown = Muons.window(six, 0, 500, new Random(3));
    MuonViews views = new MuonViews(unknown, 0);
    assertThat(views.hasMap(), is(false));
    assertThat(views.absence(shown), is(Optional.empty()));
    assertThat(MuonFigures.of(unknown, 0, shown).orElseThrow().calibration(), is(Optional.empty()));
    assertThat(
        views.view(TrackHistogram.ANGLE, Optional.of(shown.chamber(0)), "").histogram(),
        is(not(Optional.empty())));
  }

  @Test
  void theCursorTellsTheBinAndItsSegments() {
    String text =
        views.view(TrackHistogram.ANGLE, Optional.of(window.chamber(1)), "").binText().apply(30);
    long count = tracks.histogram(TrackHistogram.ANGLE).count(30);
    assertThat(text, is("<html><b>0 to 40 mrad</b><br>" + count + " segments</html>"));
  }

  @Test
  void aChamberIsComparedWithTheOthersOfItsViewWhereItIsLargeAndTheyAreEnough() {
    List<TrackHistogram> all = List.of(TrackHistogram.values());
    assertThat(new MuonViews(COURSE, 2).histograms(true), is(all));
    assertThat("small", new MuonViews(COURSE, 2).histograms(false), is(all.subList(0, 4)));
    assertThat("the only one of view y", views.histograms(true), is(all.subList(0, 4)));
    assertThat(names(2, true).subList(10, 13), is(List.of("chamber eff.", "displaced", "tilt")));
    assertThat(names(2, false).size(), is(10));
    assertThat(names(1, true).size(), is(10));
  }

  private static List<String> names(int chamber, boolean large) {
    return new MuonViews(COURSE, chamber)
        .numbers(Optional.empty(), large).stream().map(NumberTable.Entry::name).toList();
  }

  @Test
  void aDisplacedChamberTellsItsDisplacementTiltAndEfficiency() {
    List<Long> sums = new ArrayList<>(tracks.sums());
    long unit = Math.round(1 / 21_000.0 * TrackGeometry.halfCell(Summaries.COURSE) * 1e6);
    put(sums, TrackSum.TRACK_TESTED, 200);
    put(sums, TrackSum.TRACK_FOUND, 190);
    put(sums, TrackSum.TRACK_SEGMENTS, 100);
    // Each 800 um to the left of the others' line, give or take 50 um.
    put(sums, TrackSum.TRACK_PLACE, -100 * 800 * unit / 1_000_000);
    put(
        sums,
        TrackSum.TRACK_PLACE_SQUARE,
        100 * (800 * 800 + 50 * 50) * unit / 1_000_000 * unit / 1_000_000);
    put(sums, TrackSum.TRACK_SLOPE, -100 * 10);
    put(sums, TrackSum.TRACK_SLOPE_SQUARE, 100 * (10 * 10 + 2 * 2));
    WindowSummary displaced =
        Muons.with(
            window,
            2,
            Optional.of(
                new TrackSummary(
                    tracks.segments(),
                    tracks.segments4(),
                    tracks.ambiguous(),
                    tracks.busy(),
                    tracks.tested(),
                    tracks.found(),
                    tracks.noise(),
                    tracks.histograms(),
                    sums)));
    List<NumberTable.Entry> numbers =
        new MuonViews(COURSE, 2).numbers(MuonFigures.of(COURSE, 2, displaced), true);
    assertThat(numbers.get(10).words().get(0), startsWith("95.0 % (92.9 –"));
    assertThat(
        numbers.get(11).words().get(0).matches("(79\\d|80\\d)\\.\\d ± \\d\\.\\d µm"), is(true));
    assertThat(numbers.get(12).words().get(0), is("4.311 ± 0.087 mrad"));
    assertThat(numbers.get(11).help(), containsString("shows in all three"));
  }

  private static void put(List<Long> sums, TrackSum which, long value) {
    sums.set(List.of(TrackSum.values()).indexOf(which), value);
  }
}
