package org.driftwatch.pipelines.tracks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.TrackCalibration;
import org.driftwatch.detector.TrackCalibration.Estimate;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From muons to the numbers that a physicist reads: the truth lies within their errors. */
class CalibrationClosureTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final int CHAMBER = 2;
  private static final int RUNS = 200;
  private static final int MUONS = 600;

  private final TrackCounter.Tables tables = new TrackCounter.Tables(COURSE);

  @ParameterizedTest(name = "drift velocity {0} times the described, {1} ns late")
  @CsvSource({"1, 0", "1.01, 3", "0.99, -3"})
  void theTruthIsWithinTwoErrorsInNineteenOfTwentyRuns(double factor, double lateNs) {
    Random random = Seed.random("calibration closure");
    double velocity = factor * COURSE.driftVelocityUmPerNs();
    List<TrackCalibration> runs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      Muons muons = new Muons(COURSE, CHAMBER, random);
      muons.velocity = velocity;
      muons.lateNs = lateNs;
      muons.scintillated = 0.5;
      runs.add(calibration(muons));
    }
    check("v", runs, TrackCalibration::velocity, velocity);
    check("v by the scintillator", runs, TrackCalibration::scintillatorVelocity, velocity);
    check("t0", runs, TrackCalibration::scintillatorT0, lateNs);
    double resolution =
        runs.stream().mapToDouble(r -> r.resolution().orElseThrow().value()).average().orElse(0);
    assertThat("um", resolution, is(closeTo(Muons.SIGMA_UM, 0.04 * Muons.SIGMA_UM)));
  }

  private TrackCalibration calibration(Muons muons) {
    TrackCounter counter = new TrackCounter(tables);
    int first = COURSE.chambers().stream().limit(CHAMBER).mapToInt(c -> c.size()).sum();
    for (int i = 0; i < MUONS; i++) {
      Muons.Muon muon = muons.next();
      long[] orbit = Muons.orbit(COURSE, CHAMBER, muon.hits());
      counter.chamber(CHAMBER, orbit, orbit.length, first, muon.scintillator());
      int unused = counter.endOrbit();
    }
    SummaryLayout layout = SummaryLayout.of(COURSE);
    long[] counts = new long[layout.size()];
    counter.write(counts, new long[layout.size()]);
    WindowSummary.Head head = new WindowSummary.Head(Optional.empty(), 0, false, List.of());
    return TrackCalibration.of(
        COURSE, layout.summary(head, i -> 0, counts).chamber(CHAMBER).tracks().orElseThrow());
  }

  private static void check(
      String what,
      List<TrackCalibration> runs,
      Function<TrackCalibration, Optional<Estimate>> which,
      double truth) {
    double within = 0;
    double pulls = 0;
    for (TrackCalibration run : runs) {
      Estimate estimate = which.apply(run).orElseThrow();
      double pull = (estimate.value() - truth) / estimate.error();
      within += Math.abs(pull) < 2 ? 1.0 / RUNS : 0;
      pulls += pull / RUNS;
    }
    // Of 200 runs, 95 % is 190 with a standard deviation of 3.
    assertThat(what, within, is(greaterThan(0.90)));
    assertThat("mean pull of " + what, pulls, is(both(greaterThan(-0.4)).and(lessThan(0.4))));
  }
}
