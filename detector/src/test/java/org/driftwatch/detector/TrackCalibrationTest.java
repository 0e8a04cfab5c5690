package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.driftwatch.detector.TrackCalibration.Estimate;
import org.driftwatch.detector.testing.SimulatedSegments;
import org.driftwatch.detector.testing.SimulatedSegments.Truth;
import org.junit.jupiter.api.Test;

class TrackCalibrationTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final int RUNS = 200;

  /** The description's drift velocity, as the whole number of units in half a cell has it. */
  private static final double DESCRIBED =
      COURSE.cellWidthMm() * 500 / TrackGeometry.halfCell(COURSE) / TrackGeometry.unitNs(COURSE);

  private static final Truth OFF = new Truth(54.6, 6, 300, 0.95, 0.3);

  private static TrackSummary simulated(Truth truth, int muons, long seed) {
    return SimulatedSegments.of(COURSE, 0, truth, muons, new Random(seed));
  }

  private static TrackCalibration calibration(Truth truth, int muons, long seed) {
    return TrackCalibration.of(COURSE, simulated(truth, muons, seed));
  }

  private static TrackSummary of(Map<TrackSum, Long> sums) {
    List<Histogram> empty =
        Arrays.stream(TrackHistogram.values())
            .map(h -> Histogram.of(h.edges(), new long[h.bins()], 0, 0))
            .toList();
    List<Long> cells = Stream.generate(() -> 0L).limit(64).toList();
    return new TrackSummary(
        0,
        0,
        0,
        0,
        cells,
        cells,
        cells,
        empty,
        Arrays.stream(TrackSum.values()).map(which -> sums.getOrDefault(which, 0L)).toList());
  }

  private static List<TrackCalibration> runs(Truth truth) {
    return IntStream.range(0, RUNS).mapToObj(run -> calibration(truth, 500, run)).toList();
  }

  private static void assertCovers(
      List<TrackCalibration> runs,
      Function<TrackCalibration, Optional<Estimate>> which,
      double truth) {
    double within1 = 0;
    double within2 = 0;
    double pulls = 0;
    for (TrackCalibration run : runs) {
      Estimate e = which.apply(run).orElseThrow();
      double pull = (e.value() - truth) / e.error();
      within1 += Math.abs(pull) < 1 ? 1.0 / RUNS : 0;
      within2 += Math.abs(pull) < 2 ? 1.0 / RUNS : 0;
      pulls += pull / RUNS;
    }
    // Limits are three standard deviations of a fair draw away.
    assertThat("mean pull", pulls, closeTo(0, 0.22));
    assertThat("within 1 error", within1, closeTo(0.683, 0.1));
    assertThat("within 2 errors", within2, greaterThan(0.91));
  }

  @Test
  void driftVelocityTimeAndResolutionAreTheTruthWithinTheirErrors() {
    List<TrackCalibration> runs = runs(OFF);
    assertCovers(runs, TrackCalibration::velocity, OFF.velocity());
    assertCovers(runs, TrackCalibration::scintillatorVelocity, OFF.velocity());
    assertCovers(runs, TrackCalibration::scintillatorT0, OFF.t0());
    // Measured as a time, it is turned into a length by the description's drift velocity.
    assertCovers(runs, TrackCalibration::resolution, OFF.resolution() * DESCRIBED / OFF.velocity());
  }

  @Test
  void theMeanTimeOfPassageIsTheTruthWhereTheDriftVelocityIsAsDescribed() {
    assertCovers(runs(new Truth(DESCRIBED, -4, 260, 0.97, 0)), TrackCalibration::t0, -4);
  }

  @Test
  void fiveThousandMuonsTellTheDriftVelocityToAFewPerMille() {
    Estimate velocity = calibration(Truth.healthy(COURSE), 5_000, 1).velocity().orElseThrow();
    assertThat(velocity.error() / velocity.value(), lessThan(0.002));
  }

  @Test
  void windowsAddedUpSayTheSameAsAllTheirSegmentsTogether() {
    TrackSummary a = simulated(OFF, 400, 7);
    TrackSummary b = simulated(OFF, 400, 8);
    Map<TrackSum, Long> both =
        Arrays.stream(TrackSum.values())
            .collect(Collectors.toMap(Function.identity(), s -> a.sum(s) + b.sum(s)));
    Estimate sum = TrackCalibration.of(COURSE, of(both)).resolution().orElseThrow();
    Estimate alone = TrackCalibration.of(COURSE, a).resolution().orElseThrow();
    assertThat(sum.error() / alone.error(), closeTo(1 / Math.sqrt(2), 0.1));
  }

  @Test
  void fewSegmentsSayNothing() {
    TrackCalibration none =
        new TrackCalibration(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(TrackCalibration.of(COURSE, of(Map.of())), is(none));
    assertThat(calibration(OFF, 10, 3), is(none));
  }

  @Test
  void segmentsThatChangeSidesRegularlyTellTheResolutionButNoDriftVelocity() {
    int half = TrackGeometry.halfCell(COURSE);
    TrackCalibration regular =
        TrackCalibration.of(
            COURSE,
            of(
                Map.of(
                    TrackSum.FREE_SEGMENTS, 100L,
                    TrackSum.FREE_FREEDOM, 100L,
                    TrackSum.FREE_RR, 100L * half * half / 10_000)));
    assertThat(regular.velocity(), is(Optional.empty()));
    assertThat(regular.resolution().orElseThrow().value(), closeTo(210, 0.01));
    assertThat(regular.resolution().orElseThrow().error(), closeTo(210 / Math.sqrt(200), 0.01));
  }

  @Test
  void aKnownTimeWithoutIrregularSidesIsNoReasonToDivideByZero() {
    TrackCalibration singular =
        TrackCalibration.of(
            COURSE,
            of(
                Map.of(
                    TrackSum.KNOWN_SEGMENTS, 100L,
                    TrackSum.KNOWN_FREEDOM, 200L,
                    TrackSum.KNOWN_SS, 1_000_000L)));
    assertThat(singular.scintillatorVelocity(), is(Optional.empty()));
    assertThat(singular.scintillatorT0(), is(Optional.empty()));
  }
}
