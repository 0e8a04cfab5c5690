package org.driftwatch.quality.check;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.detector.testing.SimulatedSegments;
import org.driftwatch.detector.testing.SimulatedSegments.Truth;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrackChecksTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final Truth HEALTHY = Truth.healthy(COURSE);
  private static final Set<Check> CHECKS = EnumSet.range(Check.EFFICIENCY, Check.ALIGNMENT);
  private static final int WINDOW_SECONDS = 2;

  /** Muons of a window in each chamber. */
  private static final int MUONS = 40;

  /** Those of them that cross the others of its view, too. */
  private static final int CROSSING = 10;

  /** Windows' worth of segments that are drawn of a chamber. */
  private static final int DRAWN = 60;

  private Judge judge = judge(COURSE);
  private Run run = new Run(COURSE, 1);

  private static Judge judge(DetectorDescription detector) {
    return new Judge(detector, Thresholds.standard(), Optional.empty());
  }

  /** Windows with segments, of what a test says of the chambers. */
  private static final class Run {
    private final DetectorDescription detector;
    private final Windows windows;
    private final Random random;
    private final Truth[] truths;
    private final double[] displacedUm;
    private final double[] leansMrad;
    private final Map<List<Object>, List<TrackSummary>> drawn = new HashMap<>();

    Run(DetectorDescription detector, long seed) {
      this.detector = detector;
      windows = new Windows(detector, seed, WINDOW_SECONDS);
      random = new Random(seed);
      truths = new Truth[detector.chambers().size()];
      displacedUm = new double[truths.length];
      leansMrad = new double[truths.length];
      heal();
    }

    void heal() {
      drift(HEALTHY.velocity());
      Arrays.fill(displacedUm, 0);
      Arrays.fill(leansMrad, 0);
    }

    /** All chambers as they should be, but for their drift velocity. */
    void drift(double velocity) {
      double seen = detector.scintillators().isEmpty() ? 0 : HEALTHY.scintillator();
      Arrays.fill(truths, new Truth(velocity, 0, 260, 0.97, seen));
    }

    WindowSummary next() {
      WindowSummary bare = windows.next();
      List<ChamberSummary> chambers = new ArrayList<>();
      for (int i = 0; i < truths.length; i++) {
        ChamberSummary chamber = bare.chamber(i);
        chambers.add(
            new ChamberSummary(chamber.hits(), chamber.histograms(), Optional.of(tracks(i))));
      }
      return new WindowSummary(
          bare.head(),
          bare.totImport(),
          bare.malformed(),
          bare.hits(),
          bare.scintillatorHits(),
          bare.otherHits(),
          bare.orbits(),
          bare.scintillatorOrbits(),
          chambers);
    }

    /** The course's chambers but number 1 are of one view; cells known to be dead find nothing. */
    private TrackSummary tracks(int chamber) {
      TrackSummary alone = segments(chamber);
      List<Long> found = new ArrayList<>(alone.found());
      detector.chambers().get(chamber).deadCells().forEach(cell -> found.set(cell, 0L));
      List<Long> sums = new ArrayList<>(alone.sums());
      if (chamber != 1) {
        double unitUm = detector.driftVelocityUmPerNs() * detector.clock().tickNs() / 16;
        double unitMrad = 1000 * unitUm / (detector.cellHeightMm() * 500);
        for (int i = 0; i < CROSSING; i++) {
          long place = Math.round((-displacedUm[chamber] + 1500 * random.nextGaussian()) / unitUm);
          long slope = Math.round((-leansMrad[chamber] + 40 * random.nextGaussian()) / unitMrad);
          add(sums, TrackSum.TRACK_SEGMENTS, 1);
          add(sums, TrackSum.TRACK_PLACE, place);
          add(sums, TrackSum.TRACK_PLACE_SQUARE, place * place);
          add(sums, TrackSum.TRACK_SLOPE, slope);
          add(sums, TrackSum.TRACK_SLOPE_SQUARE, slope * slope);
        }
      }
      return new TrackSummary(
          alone.segments(),
          alone.segments4(),
          alone.ambiguous(),
          alone.busy(),
          alone.tested(),
          found,
          alone.noise(),
          alone.histograms(),
          sums);
    }

    /** Drawing takes long: windows share what has been drawn. */
    private TrackSummary segments(int chamber) {
      List<TrackSummary> pool =
          drawn.computeIfAbsent(List.of(chamber, truths[chamber]), key -> new ArrayList<>());
      if (pool.size() < DRAWN) {
        pool.add(SimulatedSegments.of(detector, chamber, truths[chamber], MUONS, random));
      }
      return pool.get(random.nextInt(pool.size()));
    }

    private static void add(List<Long> sums, TrackSum which, long value) {
      int at = List.of(TrackSum.values()).indexOf(which);
      sums.set(at, sums.get(at) + value);
    }
  }

  /** What can be wrong, and who says so. */
  private enum Fault {
    EFFICIENCY("chamber-2/efficiency") {
      @Override
      void begin(Run run) {
        run.truths[2] = new Truth(HEALTHY.velocity(), 0, 260, 0.82, 0.1);
      }
    },
    GAS_OF_A_CHAMBER("chamber-2/drift-velocity") {
      @Override
      void begin(Run run) {
        run.truths[2] = new Truth(1.04 * HEALTHY.velocity(), 0, 260, 0.97, 0.1);
      }
    },
    CLOCK("chamber-2/t0") {
      @Override
      void begin(Run run) {
        run.truths[2] = new Truth(HEALTHY.velocity(), 10, 260, 0.97, 0.1);
      }
    },
    WIRES("chamber-2/resolution") {
      @Override
      void begin(Run run) {
        run.truths[2] = new Truth(HEALTHY.velocity(), 0, 700, 0.97, 0.1);
      }
    },
    PLACE("run/alignment") {
      @Override
      void begin(Run run) {
        run.displacedUm[2] = 4000;
      }
    },
    LEAN("run/alignment") {
      @Override
      void begin(Run run) {
        run.leansMrad[2] = 25;
      }
    };

    private final String key;

    Fault(String key) {
      this.key = key;
    }

    abstract void begin(Run run);
  }

  private void windows(int number) {
    for (int i = 0; i < number; i++) {
      judge.window(run.next());
    }
  }

  private static List<Verdict> verdicts(Judge of) {
    return of.judge(Flow.PAST).verdicts().stream().filter(v -> CHECKS.contains(v.check())).toList();
  }

  private static List<String> alarms(Judge of) {
    return verdicts(of).stream().filter(v -> v.level().alarms()).map(Verdict::key).toList();
  }

  private Verdict verdict(String key) {
    return verdicts(judge).stream().filter(v -> v.key().equals(key)).findFirst().orElseThrow();
  }

  @Test
  void withoutTracksNothingIsSaidOfThem() {
    new Windows(COURSE, 1, WINDOW_SECONDS).next(60).forEach(judge::window);
    assertThat(verdicts(judge), is(empty()));
  }

  @Test
  void healthyChambersAreGoodOnceThereAreMuonsEnoughAndAccusedInNoneOfManyRuns() {
    for (int seed = 0; seed < 10; seed++) {
      judge = judge(COURSE);
      run = new Run(COURSE, seed);
      for (int i = 0; i < 60; i++) {
        windows(2);
        assertThat("seed " + seed, alarms(judge), is(empty()));
      }
      windows(60);
      assertThat(verdicts(judge), hasSize(4 * 4 + 1));
      for (Verdict verdict : verdicts(judge)) {
        assertThat(verdict.message(), verdict.level(), is(Level.GOOD));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFaultIsNamedForAsLongAsItLastsAlsoByAJudgeThatTakesOver(Fault fault) {
    windows(60);
    fault.begin(run);
    int waited = 0;
    while (alarms(judge).isEmpty()) {
      windows(1);
      waited++;
      assertThat(fault + " in windows", waited, lessThanOrEqualTo(60));
    }
    for (int i = 0; i < 5; i++) {
      windows(20);
      assertThat(alarms(judge), contains(fault.key));
    }
    Judge second = judge(COURSE);
    second.restore(judge.judge(Flow.PAST).verdicts());
    judge = second;
    windows(2);
    assertThat(alarms(judge), contains(fault.key));
    run.heal();
    windows(150);
    assertThat(alarms(judge), is(empty()));
  }

  @Test
  void oneChamberThatIsLateMakesTheOthersEarlyButIsAccusedAlone() {
    DetectorDescription bare = Descriptions.withoutScintillators();
    judge = judge(bare);
    run = new Run(bare, 3);
    windows(30);
    for (int i = 0; i < 4; i++) {
      run.truths[i] = new Truth(HEALTHY.velocity(), i == 2 ? 20 : -20 / 3.0, 260, 0.97, 0);
    }
    // Each of the others is compared with one that is 20 ns late, and with two that are not.
    windows(60);
    assertThat(alarms(judge), contains("chamber-2/t0"));
    Verdict late = verdict("chamber-2/t0");
    assertThat(late.message(), containsString("against the other chambers"));
    assertThat(late.value(), closeTo(20, 1));
    run.heal();
    windows(100);
    assertThat(alarms(judge), is(empty()));
  }

  @Test
  void aGasThatDriftsIsNoChangeOfT0() {
    for (DetectorDescription detector : List.of(COURSE, Descriptions.withoutScintillators())) {
      judge = judge(detector);
      run = new Run(detector, 4);
      windows(30);
      run.drift(1.05 * HEALTHY.velocity());
      windows(100);
      assertThat(
          alarms(judge),
          contains(
              "chamber-0/drift-velocity",
              "chamber-1/drift-velocity",
              "chamber-2/drift-velocity",
              "chamber-3/drift-velocity"));
    }
  }

  @Test
  void aGasThatDriftsInOneChamberIsNoChangeOfItsT0() {
    DetectorDescription bare = Descriptions.withoutScintillators();
    judge = judge(bare);
    run = new Run(bare, 5);
    windows(30);
    // Its times are 11 ns early, half of what is missing of the longest drift; so the others' seem
    // a third of that late.
    Arrays.setAll(run.truths, i -> new Truth(HEALTHY.velocity(), 3.7, 260, 0.97, 0));
    run.truths[2] = new Truth(1.06 * HEALTHY.velocity(), 0, 260, 0.97, 0);
    windows(100);
    assertThat(alarms(judge), contains("chamber-2/drift-velocity"));
  }

  @Test
  void anEfficiencyFarBelowItsLimitIsBad() {
    run.truths[0] = new Truth(HEALTHY.velocity(), 0, 260, 0.6, 0.1);
    windows(60);
    assertThat(verdict("chamber-0/efficiency").level(), is(Level.BAD));
    assertThat(verdict("chamber-2/efficiency").level(), is(Level.GOOD));
  }
}
