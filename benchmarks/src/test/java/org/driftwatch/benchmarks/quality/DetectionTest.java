package org.driftwatch.benchmarks.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.pace.DetectorPace;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short version of {@code make bench SECTION=quality}: the same seeds each time. */
class DetectionTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final int WINDOW = 2;
  private static final long SEED = 3;

  /** Where statistics set the limit: what is reached today, and a little more. */
  private static final double STATISTICAL_LIMIT_S = 60;

  private static List<Detection.Result> results;

  @BeforeAll
  static void playEachFaultOnce() throws IOException {
    results =
        new Detection(
                COURSE,
                Thresholds.standard(),
                new Detection.Course(1000, 60, 100, 120, Optional.empty()),
                List.of(WINDOW),
                Arrays.asList(FaultCase.values()))
            .play(SEED);
  }

  @ParameterizedTest
  @EnumSource(FaultCase.class)
  void aFaultIsSaidInTimeAndAllTheTimeAndClearedWhenItEnds(FaultCase fault) {
    Outcome outcome =
        results.stream()
            .filter(result -> result.fault() == fault)
            .map(Detection.Result::outcome)
            .findFirst()
            .orElseThrow();

    double limit = Double.isNaN(fault.limitSeconds()) ? STATISTICAL_LIMIT_S : fault.limitSeconds();
    assertThat(outcome.said(), is(lessThan(limit)));
    assertThat(outcome.gaps(), is(empty()));
    assertThat(outcome.cleared(), is(lessThan(60.0)));
  }

  @Test
  void aShiftAndASwapFromTheStartOfARunAreSaidAsSoon() throws IOException {
    List<Detection.Result> fromStart =
        new Detection(
                COURSE,
                Thresholds.standard(),
                new Detection.Course(1000, 0, 100, 0, Optional.empty()),
                List.of(WINDOW),
                List.of(FaultCase.SHIFT, FaultCase.SWAP))
            .play(SEED);
    assertThat(fromStart.get(0).outcome().said(), is(lessThan(STATISTICAL_LIMIT_S)));
    assertThat(fromStart.get(1).outcome().said(), is(lessThan(2.0 * WINDOW)));
    assertThat(fromStart.get(0).outcome().gaps(), is(empty()));
    assertThat(fromStart.get(1).outcome().gaps(), is(empty()));
  }

  @Test
  void anHourOfHealthyRunningGivesNoAlarm() throws IOException {
    FalseAlarms.Result hour =
        FalseAlarms.simulated(COURSE, Thresholds.standard(), List.of(WINDOW), 1000, SEED, 3600);

    assertThat(hour.seconds(), is(3600L));
    assertThat(hour.alarms().stream().map(a -> a.episode().message()).toList(), is(empty()));
  }

  /** What once was judged good five times over, 160 s after the end of half the detector. */
  @Test
  void whatDiedIsStillBadMinutesLater() throws IOException {
    VirtualMonitor monitor =
        new VirtualMonitor(COURSE, Thresholds.standard(), Optional.empty(), WINDOW);
    // Row 420,000 of the simulator comes at this time of the detector.
    long died = 152_000;
    long end = died + 160_000;
    Lane lane =
        Lane.faulty(
            COURSE,
            List.of("dead:chamber2", "dead:scintillator", "dead:chamber0.layer1"),
            died,
            2 * end,
            Transport.sound(),
            SEED,
            monitor::second,
            second -> second * 1000 >= end);
    Lane trunk = Lane.healthy(COURSE, second -> {}, second -> second * 1000 >= died);
    new VirtualRun(
            COURSE,
            new Simulator(COURSE, SEED),
            new DetectorPace(COURSE.clock(), 1, DetectorPace.NO_LIMIT),
            trunk,
            List.of(lane))
        .play();

    assertThat(badAtTheEnd(monitor, new Subject(2), Check.HITS), is(not(empty())));
    assertThat(badAtTheEnd(monitor, Subject.RUN, Check.SCINTILLATOR), is(not(empty())));
    assertThat(badAtTheEnd(monitor, new Subject(0), Check.LAYERS), is(not(empty())));
    assertThat(
        badAtTheEnd(monitor, new Subject(2), Check.HITS).stream().map(Episode::raised).toList(),
        everyItem(is(lessThan(died + 6000))));
  }

  private static List<Episode> badAtTheEnd(VirtualMonitor monitor, Subject subject, Check check) {
    return monitor.episodes().stream()
        .filter(episode -> episode.subject().equals(subject) && episode.check() == check)
        .filter(episode -> !episode.isOfCell() && episode.cleared() == Episode.NEVER)
        .filter(episode -> episode.worst() == Level.BAD)
        .toList();
  }
}
