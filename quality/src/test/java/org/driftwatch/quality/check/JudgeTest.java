package org.driftwatch.quality.check;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Verdict;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final Subject CHAMBER_2 = new Subject(2);
  private static final int WINDOW_SECONDS = 2;

  private final Windows windows = new Windows(COURSE, 1, WINDOW_SECONDS);
  private final Judge judge = judge();

  private static Judge judge() {
    return new Judge(COURSE, Thresholds.standard(), Optional.empty());
  }

  private static Level level(Judgement judgement, Subject subject, Check check) {
    return verdict(judgement, subject, check).map(Verdict::level).orElse(Level.UNDECIDED);
  }

  private static Optional<Verdict> verdict(Judgement judgement, Subject subject, Check check) {
    return judgement.verdicts().stream()
        .filter(v -> v.subject().equals(subject) && v.check() == check)
        .findFirst();
  }

  private static List<String> alarms(Judgement judgement) {
    return judgement.verdicts().stream()
        .filter(v -> v.level().alarms())
        .map(Verdict::key)
        .sorted()
        .toList();
  }

  private void run(int number) {
    windows.next(number).forEach(judge::window);
  }

  private Judgement now() {
    return judge.judge(Flow.PAST);
  }

  /** Windows until a check alarms, and how many that took. */
  private int windowsUntil(Subject subject, Check check, int most) {
    for (int i = 1; i <= most; i++) {
      run(1);
      if (level(now(), subject, check).alarms()) {
        return i;
      }
    }
    throw new AssertionError(subject + " " + check + " is " + now());
  }

  @Test
  void healthyRunningIsGoodInAllChecksOnceThereIsEnoughOfIt() {
    run(200);
    for (Verdict verdict : now().verdicts()) {
      assertThat(verdict.message(), verdict.level(), is(Level.GOOD));
    }
    assertThat(now().level(), is(Level.GOOD));
  }

  @Test
  void aChamberThatDiesIsBadWithTheFirstEmptyWindowAndForAsLongAsItLasts() {
    run(60);
    windows.scale(2, 0);
    assertThat(windowsUntil(CHAMBER_2, Check.HITS, 1), is(1));
    // Longer than any stretch that is looked at.
    for (int i = 0; i < 1000; i += 20) {
      run(20);
      assertThat(level(now(), CHAMBER_2, Check.HITS), is(Level.BAD));
    }
    assertThat(now().level(CHAMBER_2), is(Level.BAD));
    assertThat(
        verdict(now(), CHAMBER_2, Check.HITS).orElseThrow().message(),
        containsString("dead: no hit in 10 min"));
    assertThat("no other chamber is accused", alarms(now()), contains("chamber-2/hits"));
  }

  @Test
  void windowsOfBeforeCountAsIfEachHadBeenLookedAt() {
    Judge late = judge();
    List<WindowSummary> before = new ArrayList<>(windows.next(120));
    windows.scale(2, 0);
    before.addAll(windows.next(120));
    before.forEach(judge::window);
    before.forEach(late::windowOfBefore);
    assertThat(alarms(late.judge(Flow.PAST)), contains("chamber-2/hits"));
    assertThat(alarms(late.judge(Flow.PAST)), is(alarms(now())));
    for (WindowSummary window : windows.next(10)) {
      judge.window(window);
      late.window(window);
    }
    for (Check check : List.of(Check.MUON_PEAK, Check.RATE, Check.SHARE, Check.DRIFT_BOX)) {
      assertThat(
          verdict(late.judge(Flow.PAST), new Subject(1), check),
          is(verdict(now(), new Subject(1), check)));
    }
  }

  @Test
  void aChamberThatIsDeadFromTheStartIsBadAtOnce() {
    windows.scale(2, 0);
    run(2);
    assertThat(level(now(), CHAMBER_2, Check.HITS), is(Level.BAD));
  }

  @Test
  void aChamberThatIsBackIsGoodAgain() {
    run(60);
    windows.scale(2, 0);
    run(30);
    Windows healthy = new Windows(COURSE, 1, WINDOW_SECONDS);
    windows.factor[2] = healthy.factor[2];
    run(3);
    assertThat(level(now(), CHAMBER_2, Check.HITS), is(Level.GOOD));
    run(60);
    assertThat(alarms(now()), is(empty()));
  }

  @Test
  void aDeadScintillatorIsBadFromTheStartAndInMidRun() {
    windows.scintillatorHz = 0;
    assertThat(windowsUntil(Subject.RUN, Check.SCINTILLATOR, 30), lessThanOrEqualTo(30));
    assertThat(level(now(), Subject.RUN, Check.SCINTILLATOR), is(Level.BAD));

    Windows other = new Windows(COURSE, 2, WINDOW_SECONDS);
    Judge second = judge();
    other.next(100).forEach(second::window);
    other.scintillatorHz = 0;
    other.next(30).forEach(second::window);
    assertThat(level(second.judge(Flow.PAST), Subject.RUN, Check.SCINTILLATOR), is(Level.BAD));
  }

  @Test
  void aDeadLayerIsNamedAndItsCellsAreNotListedOneByOne() {
    run(60);
    windows.scaleLayer(0, 3, 0);
    windowsUntil(new Subject(0), Check.LAYERS, 4);
    run(60);
    Verdict verdict = verdict(now(), new Subject(0), Check.LAYERS).orElseThrow();
    assertThat(verdict.level(), is(Level.BAD));
    assertThat(verdict.cells(), contains(3));
    assertThat(level(now(), new Subject(0), Check.DEAD_CELLS).alarms(), is(false));
  }

  @Test
  void aDeadCellIsNamedWithLayerAndWireAndStays() {
    run(60);
    windows.factor[1][17] = 0;
    windowsUntil(new Subject(1), Check.DEAD_CELLS, 22);
    run(400);
    Verdict verdict = verdict(now(), new Subject(1), Check.DEAD_CELLS).orElseThrow();
    assertThat(verdict.level(), is(Level.WARNING));
    assertThat(verdict.cells(), contains(17));
    assertThat(
        verdict.message(), containsString("cell 17 (layer 2, wire 5) dead: 0 hits in 10 min"));
  }

  @Test
  void fourDeadCellsAreBad() {
    run(60);
    for (int cell : new int[] {4, 5, 6, 7}) {
      windows.factor[3][cell] = 0;
    }
    run(30);
    assertThat(level(now(), new Subject(3), Check.DEAD_CELLS), is(Level.BAD));
  }

  @Test
  void aCellThatIsNoisyForSomeSecondsWithoutABreakIsNamedAndAFlickeringOneIsNot() {
    run(60);
    windows.factor[3][5] = 20;
    windowsUntil(new Subject(3), Check.NOISY_CELLS, 4);
    assertThat(
        verdict(now(), new Subject(3), Check.NOISY_CELLS).orElseThrow().cells(), contains(5));
    windows.factor[3][5] = 1;
    run(3);
    assertThat(level(now(), new Subject(3), Check.NOISY_CELLS), is(Level.GOOD));
    windows.factor[3][9] = 10;
    for (int i = 0; i < 10; i++) {
      run(1);
      assertThat(alarms(now()), is(empty()));
    }
  }

  @Test
  void aRateThatFellStaysAnAlarmUntilItIsAcceptedOrBack() {
    run(60);
    windows.scale(0.3);
    windowsUntil(Subject.RUN, Check.RATE, 4);
    for (int i = 0; i < 1000; i += 20) {
      run(20);
      assertThat(level(now(), Subject.RUN, Check.RATE), is(Level.BAD));
    }
    assertThat(alarms(now()), contains("run/rate"));
    judge.accept(Subject.RUN, Check.RATE);
    run(1);
    assertThat(level(now(), Subject.RUN, Check.RATE).alarms(), is(false));
    run(100);
    assertThat(alarms(now()), is(empty()));
    windows.scale(1 / 0.3);
    windowsUntil(Subject.RUN, Check.RATE, 5);
  }

  @Test
  void aSecondWithFewMuonsIsNoFallOfTheRateThoughAsFewSingleHitsAre() {
    for (double muonHz : new double[] {30, 0}) {
      Judge seconds = new Judge(COURSE, Thresholds.standard(), Optional.empty());
      Windows of = new Windows(COURSE, 5, 1);
      of.muonHz = muonHz;
      of.next(100).forEach(seconds::window);
      of.scale(0, 0.4);
      of.next(1).forEach(seconds::window);
      assertThat(
          muonHz + " muons/s",
          level(seconds.judge(Flow.PAST), new Subject(0), Check.RATE).alarms(),
          is(muonHz == 0));
    }
  }

  @Test
  void aChambersRateIsComparedWithWhatItWasLessWhatAllHaveChangedBy() {
    run(60);
    windows.scale(1, 0.7);
    windowsUntil(new Subject(1), Check.RATE, 6);
    assertThat(alarms(now()), contains("chamber-1/rate"));
  }

  @Test
  void aShiftOfTheDriftTimesIsFoundWithinTheTimeThatStatisticsNeed() {
    run(60);
    windows.shiftNs[3] = 25;
    windowsUntil(new Subject(3), Check.DRIFT_BOX, 35);
    run(300);
    assertThat(level(now(), new Subject(3), Check.DRIFT_BOX), is(Level.BAD));
    windows.shiftNs[3] = 0;
    run(150);
    assertThat(level(now(), new Subject(3), Check.DRIFT_BOX), is(Level.GOOD));
  }

  @Test
  void aShiftFromTheStartOfARunIsFoundAsSoonAsOneInTheMiddle() {
    int found = 0;
    for (int seed = 1; seed <= 12; seed++) {
      Windows shifted = new Windows(COURSE, seed, WINDOW_SECONDS);
      shifted.shiftNs[3] = 25;
      Judge fresh = judge();
      do {
        found++;
        fresh.window(shifted.next());
      } while (alarms(fresh.judge(Flow.PAST)).isEmpty());
      assertThat(alarms(fresh.judge(Flow.PAST)), contains("chamber-3/drift-box"));
    }
    // 41 s on the average; 43 s where it has to see first that nothing is far from the box.
    assertThat(found, lessThanOrEqualTo(12 * 41 / WINDOW_SECONDS));
  }

  @Test
  void someTimesFarFromTheBoxAtTheStartOfARunAccuseNobody() {
    // A second muon in the orbit now and then, as real detectors have it.
    for (int i = 0; i < 100; i++) {
      windows.shiftNs[3] = i % 25 != 3 ? 0 : i % 50 == 3 ? 420 : -420;
      run(1);
      assertThat(level(now(), new Subject(3), Check.DRIFT_BOX).alarms(), is(false));
    }
  }

  private void exchange(int one, int other) {
    double[] cells = windows.factor[one];
    windows.factor[one] = windows.factor[other];
    windows.factor[other] = cells;
  }

  @Test
  void chambersThatAreExchangedFromTheStartOfARunAreNamedWithTheFirstWindow() {
    exchange(0, 2);
    run(1);
    assertThat(verdict(now(), Subject.RUN, Check.CABLING).orElseThrow().cells(), contains(0, 2));
    run(600);
    assertThat(level(now(), Subject.RUN, Check.CABLING), is(Level.BAD));
    exchange(0, 2);
    run(5);
    assertThat(level(now(), Subject.RUN, Check.CABLING), is(Level.GOOD));
  }

  @Test
  void exchangedChambersAreNamed() {
    run(100);
    exchange(0, 2);
    windowsUntil(Subject.RUN, Check.CABLING, 5);
    run(300);
    assertThat(verdict(now(), Subject.RUN, Check.CABLING).orElseThrow().cells(), contains(0, 2));
    exchange(0, 2);
    run(5);
    assertThat(level(now(), Subject.RUN, Check.CABLING), is(Level.GOOD));
  }

  @Test
  void missingMuonsAreSeenInThePeak() {
    run(60);
    windows.peak[1] = new double[] {0.5, 0.3, 0.2};
    windowsUntil(new Subject(1), Check.MUON_PEAK, 20);
  }

  @Test
  void aShareOfMalformedRecordsWarnsAndALargeOneIsBad() {
    run(30);
    windows.malformedShare = 0.02;
    windowsUntil(Subject.RUN, Check.MALFORMED, 5);
    windows.malformedShare = 0.35;
    run(300);
    assertThat(level(now(), Subject.RUN, Check.MALFORMED), is(Level.BAD));
    windows.malformedShare = 0;
    run(2);
    assertThat(level(now(), Subject.RUN, Check.MALFORMED), is(Level.GOOD));
  }

  @Test
  void windowsCutByAStopAndByANewStartAccuseNobody() {
    run(60);
    // The last window before the pause is cut, and so is the first after it.
    windows.scale(0.2);
    run(1);
    windows.pause(20);
    run(1);
    windows.scale(5);
    for (int i = 0; i < 20; i++) {
      run(1);
      assertThat(alarms(now()), is(empty()));
    }
  }

  @Test
  void aRevisionReplacesWhatItsWindowWas() {
    Judge revised = judge();
    List<WindowSummary> whole = windows.next(100);
    Windows weak = new Windows(COURSE, 3, WINDOW_SECONDS);
    weak.scale(0.5);
    List<WindowSummary> cut = weak.next(100);
    for (int i = 0; i < 100; i++) {
      judge.window(whole.get(i));
      // At first half of the records are missing; they come a window later.
      revised.window(i == 0 || i == 99 ? whole.get(i) : cut.get(i));
      if (i > 0) {
        revised.window(whole.get(i - 1));
      }
    }
    assertThat(
        revised.judge(Flow.PAST).of(new Subject(0)).get(0).entries(),
        is(now().of(new Subject(0)).get(0).entries()));
  }

  @Test
  void resultsOfAnotherDetectorAreSaidToBeSoAndDoNoHarm() {
    run(60);
    Windows stations = new Windows(Descriptions.twoStations(), 1, WINDOW_SECONDS);
    stations.pause(100);
    judge.window(stations.next());
    Verdict verdict = verdict(now(), Subject.RUN, Check.DESCRIPTION).orElseThrow();
    assertThat(verdict.level(), is(Level.BAD));
    assertThat(
        verdict.message(),
        containsString("2 chambers of [64, 64] cells, those of detector 'course' have"));
    run(1);
    assertThat(alarms(now()), is(empty()));
  }

  @Test
  void silenceIsSaidWithTheOneWhoIsSilent() {
    run(10);
    Flow silent = new Flow(Optional.of(Duration.ofSeconds(13)), Optional.of(Duration.ofSeconds(1)));
    judge.status(status(1, 1000));
    judge.status(status(14, 1000));
    judge.status(status(16, 1000));
    assertThat(
        verdict(judge.judge(silent), Subject.RUN, Check.RESULTS).orElseThrow().message(),
        is(
            "no new result for 13 s, limit 6 s: the pipeline is well, but no records come from the"
                + " source"));
    judge.status(status(18, 3000));
    Judgement reads = judge.judge(silent);
    assertThat(level(reads, Subject.RUN, Check.RESULTS), is(Level.BAD));
    assertThat(
        verdict(reads, Subject.RUN, Check.RESULTS).orElseThrow().message(),
        containsString("the pipeline reads records, and publishes nothing"));
    Flow dead = new Flow(Optional.of(Duration.ofSeconds(7)), Optional.of(Duration.ofSeconds(40)));
    Judgement nothing = judge.judge(dead);
    assertThat(level(nothing, Subject.RUN, Check.RESULTS), is(Level.WARNING));
    assertThat(
        verdict(nothing, Subject.RUN, Check.RESULTS).orElseThrow().message(),
        containsString("the pipeline gives no sign of life for 40 s either"));
  }

  private static StatusMessage status(int second, long records) {
    Instant start = Windows.START;
    Counts counts = new Counts(records, 0, 0, 0, 0, 0);
    return new StatusMessage(
        start.plusSeconds(second),
        start,
        counts,
        counts,
        second,
        0,
        OptionalInt.empty(),
        0,
        Optional.empty());
  }

  @Test
  void lateAndDroppedRecordsAreJudgedByTheStatusOfTheLastSeconds() {
    run(10);
    long records = 0;
    long late = 0;
    for (int second = 2; second <= 60; second += 2) {
      records += 2000;
      judge.status(lateStatus(second, records, 0));
    }
    int seconds = 0;
    Flow live = new Flow(Optional.of(Duration.ofSeconds(1)), Optional.of(Duration.ofSeconds(1)));
    while (!level(judge.judge(live), Subject.RUN, Check.LATE).alarms()) {
      seconds += 2;
      records += 2000;
      late += 60;
      judge.status(lateStatus(60 + seconds, records, late));
      assertThat(seconds, lessThanOrEqualTo(10));
    }
  }

  private static StatusMessage lateStatus(int second, long records, long late) {
    Instant start = Windows.START;
    Counts total = new Counts(records, 0, late, 0, 0, 0);
    return new StatusMessage(
        start.plusSeconds(second),
        start,
        total,
        Counts.NONE,
        60,
        0,
        OptionalInt.empty(),
        0,
        Optional.empty());
  }

  @Test
  void alarmsOfAnEarlierJudgeAreTakenUpAgain() {
    List<Consumer<Windows>> faults =
        List.of(
            w -> w.scale(2, 0),
            w -> w.scale(0.3),
            w -> w.scaleLayer(0, 3, 0),
            w -> w.factor[1][17] = 0,
            w -> w.factor[3][5] = 25,
            w -> w.shiftNs[3] = 40,
            w -> w.scintillatorHz = 0);
    for (Consumer<Windows> fault : faults) {
      Windows run = new Windows(COURSE, 4, WINDOW_SECONDS);
      Judge first = judge();
      run.next(100).forEach(first::window);
      fault.accept(run);
      List<WindowSummary> since = run.next(250);
      since.forEach(first::window);
      Judgement before = first.judge(Flow.PAST);
      assertThat(alarms(before), is(not(empty())));

      // The second one has seen nothing but the fault.
      Judge second = judge();
      since.subList(100, 250).forEach(second::window);
      second.restore(before.verdicts());
      assertThat(alarms(second.judge(Flow.PAST)), is(alarms(before)));
      run.next(100).forEach(second::window);
      assertThat(alarms(second.judge(Flow.PAST)), is(alarms(before)));
    }
  }

  @Test
  void aJudgeThatTakesOverInALongFaultKnowsWhatWasUsualBeforeIt() {
    run(100);
    windows.scale(0.7);
    run(1000);
    assertThat(alarms(now()), contains("run/rate"));
    Judgement before = now();
    // Half an hour of the fault, and then a further step: that is no return.
    Judge second = judge();
    windows.next(850).forEach(second::window);
    windows.scale(0.6);
    windows.next(40).forEach(second::window);
    assertThat("it sees a step of its own", alarms(second.judge(Flow.PAST)), contains("run/rate"));
    second.restore(before.verdicts());
    windows.scale(1 / 0.6);
    windows.next(100).forEach(second::window);
    Verdict rate = verdict(second.judge(Flow.PAST), Subject.RUN, Check.RATE).orElseThrow();
    assertThat(rate.message(), rate.level(), is(Level.WARNING));
    windows.scale(1 / 0.7);
    windows.next(100).forEach(second::window);
    assertThat(alarms(second.judge(Flow.PAST)), is(empty()));
  }

  @Test
  void aJudgeThatTakesOverWhileChambersAreExchangedKnowsWhoseCellsAreWhose() {
    // A detector without known bad cells: nothing but the time before tells one from the other.
    DetectorDescription alike = Descriptions.twoStations();
    Windows run = new Windows(alike, 1, WINDOW_SECONDS);
    Judge first = new Judge(alike, Thresholds.standard(), Optional.empty());
    run.next(100).forEach(first::window);
    double[] cells = run.factor[0];
    run.factor[0] = run.factor[1];
    run.factor[1] = cells;
    run.next(100).forEach(first::window);
    Judgement before = first.judge(Flow.PAST);
    assertThat(level(before, Subject.RUN, Check.CABLING), is(Level.BAD));
    Judge second = new Judge(alike, Thresholds.standard(), Optional.empty());
    run.next(900).forEach(second::window);
    assertThat(level(second.judge(Flow.PAST), Subject.RUN, Check.CABLING), is(Level.GOOD));
    second.restore(before.verdicts());
    run.next(300).forEach(second::window);
    assertThat(level(second.judge(Flow.PAST), Subject.RUN, Check.CABLING), is(Level.BAD));
    run.factor[1] = run.factor[0];
    run.factor[0] = cells;
    run.next(10).forEach(second::window);
    assertThat(level(second.judge(Flow.PAST), Subject.RUN, Check.CABLING).alarms(), is(false));
  }

  @Test
  void aStretchOfThePastHasTheWorstVerdictOfEachCheck() {
    List<WindowSummary> stretch = new ArrayList<>(windows.next(100));
    windows.scale(2, 0);
    stretch.addAll(windows.next(5));
    windows.factor[2] = new Windows(COURSE, 1, WINDOW_SECONDS).factor[2];
    stretch.addAll(windows.next(100));
    Judgement past = Judge.past(COURSE, Thresholds.standard(), Optional.empty(), stretch);
    assertThat(past.level(CHAMBER_2), is(Level.BAD));
    assertThat(past.level(new Subject(1)), is(Level.GOOD));
    assertThat(past.window(), is(Optional.of(stretch.get(204).window().orElseThrow().start())));
    Judgement one =
        Judge.past(COURSE, Thresholds.standard(), Optional.empty(), stretch.subList(101, 102));
    assertThat(one.level(CHAMBER_2), is(Level.BAD));
    Judgement none = Judge.past(COURSE, Thresholds.standard(), Optional.empty(), List.of());
    assertThat(none.level(), is(Level.UNDECIDED));
  }

  @Test
  void aReferenceIsWhatRatesAreComparedWithFromTheFirstWindow() {
    List<WindowSummary> healthy = windows.next(200);
    WindowSummary reference = Sums.of(healthy);
    Judge compared = new Judge(COURSE, Thresholds.standard(), Optional.of(reference));
    Windows low = new Windows(COURSE, 1, WINDOW_SECONDS);
    low.scale(0.7);
    low.next(6).forEach(compared::window);
    assertThat(level(compared.judge(Flow.PAST), Subject.RUN, Check.RATE), is(Level.WARNING));
  }

  @Test
  void knownBadCellsAreLeftOut() {
    windows.factor[0][11] = 30;
    windows.factor[1][2] = 0;
    run(300);
    assertThat(level(now(), new Subject(0), Check.NOISY_CELLS), is(Level.GOOD));
    assertThat(level(now(), new Subject(1), Check.DEAD_CELLS), is(Level.GOOD));
  }

  @Test
  void anIncompleteWindowWarnsForTenMinutes() {
    run(30);
    windows.incomplete = true;
    run(1);
    windows.incomplete = false;
    run(200);
    assertThat(level(now(), Subject.RUN, Check.INCOMPLETE), is(Level.WARNING));
    run(150);
    assertThat(level(now(), Subject.RUN, Check.INCOMPLETE), is(Level.GOOD));
  }
}
