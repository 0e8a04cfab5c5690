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
import java.util.stream.Stream;
import org.driftwatch.detector.TrackCalibration.Estimate;
import org.driftwatch.detector.testing.SimulatedSegments;
import org.driftwatch.detector.testing.SimulatedSegments.Truth;
import org.junit.jupiter.api.Test;

class TrackCalibrationTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final int RUNS = 200;

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

  private static void assertCovers(
      Function<TrackCalibration, Optional<Estimate>> which, Truth truth, double value) {
    int within1 = 0;
    int within2 = 0;
    double pulls = 0;
    for (int run = 0; run < RUNS; run++) {
      Estimate e = which.apply(calibration(truth, 1_000, run)).orElseThrow();
      double pull = (e.value() - value) / e.error();
      within1 += Math.abs(pull) < 1 ? 1 : 0;
      within2 += Math.abs(pull) < 2 ? 1 : 0;
      pulls += pull / RUNS;
    }
    // Limits are three standard deviations of a fair draw away.
    assertThat("mean pull", pulls, closeTo(0, 0.22));
    assertThat("within 1 error", within1 / (double) RUNS, closeTo(0.683, 0.1));
    assertThat("within 2 errors", within2 / (double) RUNS, greaterThan(0.91));
  }

  private static final Truth OFF = new Truth(54.6, 6, 300, 0.95, 0.3);

  @Test
  void theDriftVelocityWithoutTheScintillatorIsTheTruthWithinItsError() {
    assertCovers(TrackCalibration::velocity, OFF, 54.6);
  }

  @Test
  void theDriftVelocityWithTheScintillatorIsTheTruthWithinItsError() {
    assertCovers(TrackCalibration::scintillatorVelocity, OFF, 54.6);
  }

  @Test
  void whatTheScintillatorIsLateIsTheTruthWithinItsError() {
    assertCovers(TrackCalibration::scintillatorT0, OFF, 6);
  }

  @Test
  void theResolutionIsTheTruthWithinItsError() {
    assertCovers(TrackCalibration::resolution, OFF, 300);
  }

  @Test
  void theMeanTimeOfPassageIsTheTruthWhereTheDriftVelocityIsAsDescribed() {
    double velocity = COURSE.driftVelocityUmPerNs();
    assertCovers(TrackCalibration::t0, new Truth(velocity, -4, 260, 0.97, 0), -4);
  }

  @Test
  void aThousandSegmentsTellTheDriftVelocityToAFewPerMille() {
    Estimate velocity =
        calibration(Truth.healthy(COURSE), 5_000, 1).velocity().orElseThrow();
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
