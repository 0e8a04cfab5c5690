package org.driftwatch.viewer.verdict;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.Histogram;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.verdict.RateCheck.Count;
import org.driftwatch.viewer.verdict.Thresholds.Limit;
import org.junit.jupiter.api.Test;

/** Each check against simulated counts: how often it accuses the healthy, and finds the ill. */
class ChecksTest {
  private static final int TRIALS = 1_000;

  // Fixed: by chance one in thousands of other seeds would fail.
  private final long seed = Long.getLong("driftwatch.seed", 20);
  private final PoissonDetector detector = new PoissonDetector(seed);
  private final Thresholds thresholds = Thresholds.standard();
  private static final Detector COURSE = Detector.of(Summaries.COURSE);

  private final DriftBoxCheck box = DriftBoxCheck.of(390, Thresholds.standard()).orElseThrow();
  private final DetectorDescription.Chamber chamber = Summaries.COURSE.chambers().get(0);
  private final CellCheck cells = new CellCheck(COURSE, 0, thresholds);

  /** Accusations among the trials, which are also printed. */
  private int accused(String what, int trials, Supplier<Level> trial) {
    int accused = (int) IntStream.range(0, trials).filter(i -> trial.get().alarms()).count();
    System.out.println("verdicts: " + what + ": " + accused + " of " + trials + " accused");
    return accused;
  }

  private Level dead(double[] means) {
    return cells.judge(detector.occupancy(means)).get(0).level();
  }

  private Level noisy(double[] means) {
    return cells.judge(detector.occupancy(means)).get(1).level();
  }

  @Test
  void healthyCellsAreNotAccusedHoweverFewOrManyTheirHits() {
    for (double median : new double[] {5, 20, 70, 1_000}) {
      int accused =
          accused(
              "healthy cells, median " + median,
              TRIALS,
              () -> {
                double[] means = detector.healthy(median);
                return dead(means).worse(noisy(means));
              });
      assertThat("seed " + seed, accused, is(0));
    }
  }

  @Test
  void aCellThatLiesExactlyAtALimitIsAccusedNoMoreOftenThanPromised() {
    Thresholds loose = loose();
    CellCheck check = new CellCheck(COURSE, 0, loose);
    double chance = loose.get(Limit.FALSE_ALARM) / 64;
    int accused =
        accused(
            "cell at a fifth of the median, chance " + chance,
            20_000,
            () -> check.judge(detector.occupancy(with(flat(400), 5, 80))).get(0).level());
    // The median wavers by a percent or so: hence the factor 2 above the promise.
    assertThat("seed " + seed, accused, lessThanOrEqualTo((int) (2 * 20_000 * chance + 12)));
  }

  private static Thresholds loose() {
    try {
      java.nio.file.Path file = java.nio.file.Files.createTempFile("thresholds", ".properties");
      java.nio.file.Files.writeString(file, "false.alarm = 0.05\n");
      Thresholds loose = Thresholds.load(file);
      java.nio.file.Files.delete(file);
      return loose;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static double[] flat(double mean) {
    return IntStream.range(0, 64).mapToDouble(cell -> mean).toArray();
  }

  private static double[] with(double[] means, int cell, double mean) {
    double[] changed = means.clone();
    changed[cell] = mean;
    return changed;
  }

  @Test
  void aCellThatDiedIsFoundFromAHundredHitsPerCellOn() {
    int found =
        accused("dead cell, median 100", TRIALS, () -> dead(with(detector.healthy(100), 40, 0)));
    assertThat("seed " + seed, found, greaterThanOrEqualTo(TRIALS * 99 / 100));
  }

  @Test
  void aCellEightTimesAsLoudAsTheMedianIsFoundFromTwentyHitsPerCellOn() {
    int found =
        accused(
            "cell at 8 medians, median 25",
            TRIALS,
            () -> noisy(with(detector.healthy(25), 40, 200)));
    assertThat("seed " + seed, found, greaterThanOrEqualTo(TRIALS * 95 / 100));
  }

  @Test
  void aVerdictOnCellsNamesThemTheirCountsTheLimitAndTheEntries() {
    Verdict dead = cells.judge(detector.occupancy(with(flat(1_000), 40, 0))).get(0);
    assertThat(dead.level(), is(Level.WARNING));
    assertThat(dead.cells(), is(List.of(40)));
    assertThat(dead.reason(), containsString("channel 40 dead: 0 hits; wire 11, layer 4"));
    assertThat(dead.reason(), containsString("20 % of the median"));
    assertThat(dead.value(), is(0.0));
    assertThat(dead.limit(), greaterThan(190.0));
    assertThat(dead.entries(), greaterThan(60_000L));
  }

  @Test
  void cellsKnownToBeBadAreNeitherAccusedNorPartOfTheMedian() {
    double[] means = flat(1_000);
    for (int cell : chamber.deadCells()) {
      means[cell] = 0;
    }
    assertThat(dead(means), is(Level.GOOD));
    CellCheck without = new CellCheck(COURSE, 3, thresholds);
    Verdict accused = without.judge(detector.occupancy(means)).get(0);
    assertThat(accused.cells(), is(chamber.deadCells()));
    assertThat("many dead cells are bad", accused.level(), is(Level.BAD));
  }

  @Test
  void beforeEnoughHitsCellsAreNotJudged() {
    Verdict few = cells.judge(detector.occupancy(flat(3))).get(0);
    assertThat(few.level(), is(Level.UNDECIDED));
    assertThat(
        few.reason(), matchesPattern("too few hits to judge cells: median [1-6] per cell.*"));
  }

  private Verdict share(long mine, long all) {
    return ShareCheck.judge(mine, all, 0.25, thresholds);
  }

  @Test
  void theLimitsOfAShareGoWithTheChambersPartOfAllCells() {
    assertThat(ShareCheck.judge(62, 1000, 1 / 16.0, thresholds).level(), is(Level.GOOD));
    assertThat(ShareCheck.judge(62, 1000, 0.25, thresholds).level(), is(Level.GOOD));
    assertThat(ShareCheck.judge(620, 10_000, 0.25, thresholds).level(), is(Level.WARNING));
    assertThat(ShareCheck.judge(990, 1000, 0.9, thresholds).level(), is(Level.GOOD));
    assertThat(ShareCheck.judge(2_000, 10_000, 1 / 16.0, thresholds).level(), is(Level.WARNING));
  }

  @Test
  void aLimitThatAFileNamesIsAsItSaysForAnyChamber() throws IOException {
    Thresholds named = Thresholds.read(Path.of("mine"), "share.lowest.percent = 8\n");
    assertThat(
        ShareCheck.judge(620, 10_000, 1 / 16.0, named).reason(),
        containsString("below the limit 8 %"));
  }

  @Test
  void theLimitsOfTheBoxGoWithTheLongestDrift() {
    DriftBoxCheck half = DriftBoxCheck.of(195, thresholds).orElseThrow();
    assertThat(half.judge(detector.driftTimes(1_000, 0, 190)).level(), is(Level.GOOD));
    assertThat(half.judge(detector.driftTimes(1_000, 0, 380)).level(), is(Level.BAD));
    assertThat("beyond the axis", DriftBoxCheck.of(700, thresholds), is(Optional.empty()));
    assertThat("narrower than bins", DriftBoxCheck.of(5, thresholds), is(Optional.empty()));
  }

  @Test
  void aShareWithinItsLimitsIsGoodAndOneBeyondThemIsFound() {
    int healthy =
        accused(
            "share 17 %, 2000 hits",
            TRIALS,
            () -> {
              long mine = detector.count(340);
              return share(mine, mine + detector.count(1660)).level();
            });
    int ill =
        accused(
            "share 4 %, 2000 hits",
            TRIALS,
            () -> {
              long mine = detector.count(80);
              return share(mine, mine + detector.count(1920)).level();
            });
    assertThat("seed " + seed, healthy, is(0));
    assertThat("seed " + seed, ill, greaterThanOrEqualTo(TRIALS * 98 / 100));
    assertThat(share(10, 100).level(), is(Level.UNDECIDED));
    assertThat(share(600, 1000).reason(), containsString("60.0 % of the"));
  }

  @Test
  void thePeakAtFourIsSeenAndItsLossIsFound() {
    int healthy =
        accused(
            "peak of twice its neighbours, 400 orbits",
            TRIALS,
            () ->
                MuonPeakCheck.judge(detector.activeChannels(100, 200, 100), 4, thresholds).level());
    int ill =
        accused(
            "four channels half as often as three and five, 500 orbits",
            TRIALS,
            () ->
                MuonPeakCheck.judge(detector.activeChannels(200, 100, 200), 4, thresholds).level());
    assertThat("seed " + seed, healthy, is(0));
    assertThat("seed " + seed, ill, greaterThanOrEqualTo(TRIALS * 98 / 100));
    assertThat(
        MuonPeakCheck.judge(detector.activeChannels(1, 2, 1), 4, thresholds).level(),
        is(Level.UNDECIDED));
  }

  @Test
  void aBoxWithinItsLimitsIsGoodAndOneOutOfThemIsFound() {
    for (double shift : new double[] {0, 10, 20}) {
      int healthy =
          accused(
              "drift box shifted by " + shift + " ns, 500 hits",
              TRIALS,
              () -> box.judge(detector.driftTimes(500, shift, 375 + shift)).level());
      assertThat("seed " + seed, healthy, is(0));
    }
    for (double shift : new double[] {-75, 100}) {
      int ill =
          accused(
              "drift box shifted by " + shift + " ns, 1000 hits",
              TRIALS,
              () -> box.judge(detector.driftTimes(1_000, shift, 380 + shift)).level());
      assertThat("seed " + seed, ill, greaterThanOrEqualTo(TRIALS * 95 / 100));
    }
    Verdict late = box.judge(detector.driftTimes(3_000, 110, 490));
    assertThat(late.level(), is(Level.BAD));
    assertThat(late.reason(), containsString("left edge of the drift box at 1"));
  }

  @Test
  void driftTimesWithoutABoxAreFound() {
    int ill =
        accused(
            "flat drift times, 1000 hits",
            TRIALS,
            () -> box.judge(detector.driftTimes(1_000, -150, 650)).level());
    assertThat("seed " + seed, ill, greaterThanOrEqualTo(TRIALS * 99 / 100));
    Histogram few = detector.driftTimes(50, 0, 380);
    assertThat(box.judge(few).level(), is(Level.UNDECIDED));
  }

  private Verdict rate(double newest, double before) {
    return RateCheck.judge(
        "chamber",
        " per s",
        new Count(detector.count(newest), 3),
        new Count(detector.count(before), 30),
        thresholds);
  }

  @Test
  void aSteadyRateIsGoodAndAStepIsFoundUpAndDown() {
    int healthy = accused("steady rate, 300 hits now", TRIALS, () -> rate(300, 3_000).level());
    int doubled = accused("rate doubled, 600 hits now", TRIALS, () -> rate(600, 3_000).level());
    int fell =
        accused("rate fell to a third, 100 hits now", TRIALS, () -> rate(100, 3_000).level());
    assertThat("seed " + seed, healthy, is(0));
    assertThat("seed " + seed, doubled, greaterThanOrEqualTo(TRIALS * 95 / 100));
    assertThat("seed " + seed, fell, greaterThanOrEqualTo(TRIALS * 95 / 100));
    assertThat(rate(10_000, 3_000).level(), is(Level.BAD));
    assertThat(rate(600, 3_000).reason(), containsString("chamber rate rose "));
    assertThat(rate(2, 20).level(), is(Level.UNDECIDED));
  }

  @Test
  void aChamberWithoutAHitIsSilentOnceHitsWereDue() {
    Verdict silent = rate(0, 3_000);
    assertThat(silent.level(), is(Level.BAD));
    assertThat(silent.check(), is(Verdict.Check.SILENCE));
    assertThat(silent.reason(), containsString("chamber silent: no hit in the newest windows"));
    Verdict tooFewDue =
        RateCheck.judge("chamber", " per s", new Count(0, 3), new Count(80, 30), thresholds);
    assertThat("8 were due", tooFewDue.level(), is(Level.GOOD));
  }
}
