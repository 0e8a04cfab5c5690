package org.driftwatch.viewer.view;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.alarm.AlarmCommand;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.QualityMessage;
import org.driftwatch.viewer.AlarmsOfTests;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.ManualClocks;
import org.driftwatch.viewer.SimulatedEvents;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.EventLog;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.model.Told;
import org.driftwatch.viewer.reference.Reference;
import org.junit.jupiter.api.Test;

class DashboardModelTest {
  private static final Connection LIVE = new Connection(Connection.State.LIVE, "test");
  private static final ViewState STATE =
      new ViewState(Page.OVERVIEW, Accumulation.newestWindow(), false, Theme.DARK);

  /** Windows of the run at first: of 5 s, published as they end. */
  private static final int WINDOWS = 400;

  private final Random random = new Random(19);
  private final AtomicInteger changes = new AtomicInteger();
  private Snapshot newest = Snapshot.empty(LIVE);

  /** Most tests judge nothing: it takes its time. */
  private Judging judging = new Judging(task -> {}, Runnable::run);

  private final ManualClocks time = new ManualClocks(Summaries.start(WINDOWS));
  private final SnapshotFeed feed =
      new SnapshotFeed(LIVE, time.clocks(), snapshot -> newest = snapshot);

  private Snapshot windows(int from, int to) {
    for (int n = from; n < to; n++) {
      feed.window(Summaries.window(n, 0, random), Summaries.start(n + 1));
    }
    feed.batchEnded();
    return newest;
  }

  /** A model of {@value #WINDOWS} windows, the last of which was received just now. */
  private DashboardModel model() {
    DashboardModel model = model(windows(0, WINDOWS), STATE);
    model.onChange(changes::incrementAndGet);
    return model;
  }

  private DashboardModel model(Snapshot snapshot, ViewState state) {
    return new DashboardModel(
        Summaries.COURSE, Thresholds.standard(), snapshot, state, time.clocks(), judging);
  }

  private void judgeAtOnce() {
    judging = new Judging(Runnable::run, Runnable::run);
  }

  private static Accumulation picked(int from, int to) {
    return new Accumulation.Picked(Summaries.start(from), Summaries.start(to));
  }

  @Test
  void pauseKeepsThePictureAndTheNextWindowsWait() {
    DashboardModel model = model();
    Snapshot held = model.snapshot();
    model.pause(true);
    model.show(windows(WINDOWS, WINDOWS + 3));
    assertThat(model.snapshot(), is(held));
    assertThat(model.words(), endsWith(" · paused at 21:10:05, 3 new windows wait"));
    model.pause(false);
    assertThat(model.snapshot(), is(newest));
    assertThat(model.shown().flatMap(WindowSummary::window), is(model.span()));
    assertThat(model.span().orElseThrow().start(), is(Summaries.start(WINDOWS + 2)));
    assertThat(model.words(), not(containsString("paused")));
  }

  @Test
  void pausedTwiceItDoesNotGoBackToWhatWaitedTheFirstTime() {
    DashboardModel model = model();
    model.pause(true);
    model.show(windows(WINDOWS, WINDOWS + 1));
    model.pause(false);
    model.show(windows(WINDOWS + 1, WINDOWS + 2));
    model.pause(true);
    model.pause(false);
    assertThat(model.snapshot().series().size(), is(WINDOWS + 2));
  }

  @Test
  void movingStopsAtEitherEndOfTheRun() {
    DashboardModel model = model();
    model.accumulate(picked(100, 140));
    model.move(-0.25);
    assertThat(model.state().accumulation(), is(picked(90, 130)));
    model.move(-10);
    assertThat(model.state().accumulation(), is(picked(0, 40)));
    model.move(100);
    assertThat(model.state().accumulation(), is(picked(WINDOWS - 40, WINDOWS)));
    assertThat(model.windowsShown(), is(40));
  }

  @Test
  void stretchingKeepsTheMiddle() {
    DashboardModel model = model();
    model.accumulate(picked(100, 140));
    model.stretch(2);
    assertThat(model.state().accumulation(), is(picked(80, 160)));
    model.stretch(0.5);
    assertThat(model.state().accumulation(), is(picked(100, 140)));
  }

  @Test
  void stretchingEndsWithTheWholeRunOrOneWindow() {
    DashboardModel model = model();
    model.accumulate(picked(10, 50));
    model.stretch(1000);
    assertThat(model.state().accumulation(), is(picked(0, WINDOWS)));
    model.stretch(1e-6);
    WindowSummary.Span span = model.span().orElseThrow();
    assertThat(Duration.between(span.start(), span.end()), is(Duration.ofSeconds(5)));
  }

  @Test
  void stretchingBesideAnEndMovesIntoTheRun() {
    DashboardModel model = model();
    model.accumulate(picked(0, 40));
    model.stretch(2);
    assertThat(model.state().accumulation(), is(picked(0, 80)));
  }

  @Test
  void firstPickedAreTheLastMinutesAndThenWhatWasPickedLast() {
    DashboardModel model = model();
    model.pickLatest();
    assertThat(model.state().accumulation(), is(picked(WINDOWS - 120, WINDOWS)));
    model.accumulate(picked(10, 20));
    model.live();
    model.pickLatest();
    assertThat(model.state().accumulation(), is(picked(10, 20)));
  }

  @Test
  void movingFromThePresentStartsAtTheNewestStretchAndIsOneChange() {
    DashboardModel model = model();
    model.move(-0.5);
    assertThat(model.state().accumulation(), is(picked(WINDOWS - 180, WINDOWS - 60)));
    assertThat(changes.get(), is(1));
  }

  @Test
  void liveAgainShowsWhatWasShownBeforeThePast() {
    DashboardModel model = model();
    model.accumulate(Accumulation.sinceStart());
    model.accumulate(picked(10, 20));
    model.move(1);
    model.live();
    assertThat(model.state().accumulation(), is(Accumulation.sinceStart()));
  }

  @Test
  void withoutWindowsNothingCanBePickedMovedOrStretched() {
    DashboardModel model = model(Snapshot.empty(LIVE), STATE);
    model.pickLatest();
    model.move(1);
    model.stretch(2);
    assertThat(model.state(), is(STATE));
    assertThat(model.span(), is(Optional.empty()));
    assertThat(model.words(), is("no window yet"));
    assertThat(model.age(), is(Optional.empty()));
  }

  @Test
  void aStretchWithoutWindowsKeepsItsEndsAndSaysSo() {
    DashboardModel model = model();
    model.accumulate(picked(WINDOWS + 10, WINDOWS + 20));
    assertThat(model.span().orElseThrow().start(), is(Summaries.start(WINDOWS + 10)));
    assertThat(model.words(), is("no window in the picked stretch"));
  }

  @Test
  void theStretchIsSaidInWords() {
    DashboardModel model = model();
    model.accumulate(picked(0, 12));
    assertThat(
        model.words(), is("shown: 20 Nov 20:36:45 – 20 Nov 20:37:45 UTC, 1 min, 12 windows"));
    model.accumulate(Accumulation.newestWindow());
    assertThat(model.words(), endsWith(", 5 s, 1 window"));
  }

  private void status(DashboardModel model, long records) {
    Counts counts = new Counts(records, 0, 0, 0, 0, 0);
    Instant now = model.now();
    StatusMessage status =
        new StatusMessage(
            now, now, counts, counts, 60, 0, OptionalInt.empty(), 0, Optional.empty());
    model.status(new Told<>(Map.of(StatusMessage.KEY, status), Optional.of(time.clocks().nanos())));
  }

  private void quality(DashboardModel model, QualityMessage... verdicts) {
    model.quality(AlarmsOfTests.told(time.clocks().nanos(), List.of(verdicts)));
  }

  private List<String> alarms(DashboardModel model, AlarmMessage... alarms) {
    return model.alarms(AlarmsOfTests.told(time.clocks().nanos(), alarms));
  }

  private static QualityMessage good(Subject subject) {
    return AlarmsOfTests.verdict(subject, Check.HITS, Level.GOOD);
  }

  private static QualityMessage dead(int chamber) {
    return AlarmsOfTests.verdict(new Subject(chamber), Check.HITS, Level.BAD);
  }

  @Test
  void whileResultsComeTheServicesWorstVerdictIsTheStateOfTheRun() {
    DashboardModel model = model();
    quality(model, good(Subject.RUN), good(new Subject(0)));
    assertThat(model.situation().level(), is(Optional.of(Level.GOOD)));
    assertThat(model.tone(), is(Tone.NOW));
    quality(model, good(Subject.RUN), dead(2));
    Situation now = model.situation();
    assertThat(now.level(), is(Optional.of(Level.BAD)));
    assertThat(now.reason(), is("Chamber 2, hits: hits bad in 4 s"));
    assertThat(now.isJudged(), is(true));
    assertThat(model.ruling().level(new Subject(2)), is(Level.BAD));
    assertThat(model.ruling().words(), is("judged by the service quality"));
  }

  @Test
  void whereResultsStopNothingIsGoodAnyMoreAndItSaysWhoStopped() {
    DashboardModel model = model();
    quality(model, good(Subject.RUN));
    status(model, 1000);
    time.pass(Duration.ofSeconds(9));
    status(model, 2000);
    assertThat(model.situation().flows(), is(true));
    time.pass(Duration.ofSeconds(9));
    status(model, 3000);
    Situation now = model.situation();
    assertThat(now.level(), is(Optional.empty()));
    assertThat(now.word(), is("stale"));
    assertThat(
        now.reason(),
        is("no new result for 18.0 s: the pipeline reads records but publishes nothing"));
    assertThat(model.tone(), is(Tone.STALE));
    time.pass(Duration.ofSeconds(6));
    status(model, 3000);
    assertThat(
        model.situation().reason(),
        is("no new result for 24.0 s: the source is silent: no record for 6.0 s"));
    time.pass(Duration.ofSeconds(11));
    assertThat(
        model.situation().reason(),
        is("no new result for 35.0 s: the pipeline has stopped: no status for 11.0 s"));
    model.show(windows(WINDOWS, WINDOWS + 1));
    assertThat(model.situation().flows(), is(true));
    assertThat(model.tone(), is(Tone.NOW));
  }

  @Test
  void whereKafkaOrTheTopicIsAwayItSaysSoAndAllIsGrey() {
    for (Connection.State state : Connection.State.values()) {
      // While the past is read, what is published meanwhile is shown.
      if (state != Connection.State.LIVE && state != Connection.State.READING_HISTORY) {
        DashboardModel model = model();
        quality(model, good(Subject.RUN));
        feed.connection(new Connection(state, "why"));
        model.show(newest);
        assertThat(state.name(), model.situation().flows(), is(false));
        assertThat(state.name(), model.situation().reason(), endsWith("why"));
        assertThat(state.name(), model.tone(), is(Tone.STALE));
        feed.connection(LIVE);
      }
    }
  }

  @Test
  void aPauseHoldsVerdictsAndHidesNothingOfWhatIsSoNow() {
    DashboardModel model = model();
    quality(model, good(Subject.RUN), dead(1));
    model.pause(true);
    quality(model, good(Subject.RUN), good(new Subject(1)));
    assertThat("held", model.ruling().level(new Subject(1)), is(Level.BAD));
    assertThat(model.ruling().words(), endsWith(", held since 21:10:05"));
    assertThat("nothing of the past is green", model.tone(), is(Tone.PAST));
    quality(model, dead(3));
    assertThat(model.situation().level(), is(Optional.of(Level.BAD)));
    time.pass(Duration.ofMinutes(6));
    assertThat("while data are old", model.situation().word(), is("stale"));
    assertThat(model.runTone(), is(Tone.STALE));
    model.pause(false);
    assertThat(model.tone(), is(Tone.STALE));
  }

  @Test
  void historyShowsTheVerdictsOfItsStretchUnderTheStateOfNow() {
    judgeAtOnce();
    DashboardModel model = model();
    quality(model, dead(1));
    model.accumulate(picked(10, 100));
    assertThat(model.ruling().level(new Subject(1)), is(not(Level.BAD)));
    assertThat(model.ruling().words(), startsWith("judged by this viewer: 20:37:35 – 20:45:05"));
    assertThat(model.tone(), is(Tone.PAST));
    assertThat(model.situation().level(), is(Optional.of(Level.BAD)));
    model.accumulate(picked(WINDOWS + 10, WINDOWS + 20));
    assertThat(model.ruling().words(), is("no window to judge"));
  }

  @Test
  void aSilentServiceIsReplacedByThisViewerAndItSaysThatNobodyRaisesAlarms() {
    judgeAtOnce();
    DashboardModel model = model();
    assertThat(
        model.situation().judge(),
        startsWith("Nobody raises alarms: no service quality runs. Judged by this viewer alone."));
    quality(model, dead(1));
    assertThat(model.situation().judge(), is("judged by the service quality"));
    time.pass(Duration.ofSeconds(41));
    model.show(windows(WINDOWS, WINDOWS + 1));
    model.tick();
    Situation now = model.situation();
    assertThat(now.isJudged(), is(false));
    assertThat(
        now.judge(), startsWith("Nobody raises alarms: the service quality is silent for 41.0 s"));
    assertThat(model.ruling().words(), is("judged by this viewer"));
    assertThat("its old verdict", model.ruling().level(new Subject(1)), is(not(Level.BAD)));
  }

  @Test
  void aChamberThatDiesIsBadWithoutAServiceToo() {
    judgeAtOnce();
    DashboardModel model = model();
    for (int n = WINDOWS; n < WINDOWS + 4; n++) {
      feed.window(Summaries.silenced(Summaries.window(n, 0, random), 2), Summaries.start(n + 1));
      feed.batchEnded();
      model.show(newest);
    }
    assertThat(model.situation().level(), is(Optional.of(Level.BAD)));
    assertThat(model.ruling().level(new Subject(2)), is(Level.BAD));
    assertThat(
        model.ruling().action(model.ruling().worst().orElseThrow()), containsString("voltage"));
    model.accumulate(picked(WINDOWS - 40, WINDOWS + 4));
    assertThat("the same of the past", model.ruling().level(new Subject(2)), is(Level.BAD));
  }

  @Test
  void openAlarmsAreCountedTheNewestFirstAndShelvedOnesApart() {
    DashboardModel model = model();
    AlarmMessage old = AlarmsOfTests.dead(0, Summaries.start(1));
    AlarmMessage young = AlarmsOfTests.dead(3, Summaries.start(9));
    AlarmMessage known =
        AlarmsOfTests.acknowledged(
            AlarmsOfTests.dead(1, Summaries.start(20)), Summaries.start(30), "kim", "HV trip");
    AlarmMessage silent =
        AlarmsOfTests.shelved(AlarmsOfTests.dead(2, Summaries.start(40)), Summaries.start(900));
    AlarmMessage gone = AlarmsOfTests.over(known, Summaries.start(50));
    alarms(model, old, young, known, silent);
    Situation now = model.situation();
    assertThat(now.alarms(), is(List.of(known, young, old)));
    assertThat(now.alarm(), is(Optional.of(young)));
    assertThat(now.unacknowledged(), is(2L));
    assertThat(now.shelved(), is(1));
    alarms(model, gone);
    assertThat(model.situation().alarms(), is(List.of()));
    assertThat("marked on the time line", model.alarms().marks().size(), is(1));
  }

  @Test
  void anAcknowledgementIsAnsweredOrItIsSaidWhyNot() {
    DashboardModel model = model();
    List<AlarmCommand> sent = new ArrayList<>();
    model.sendBy(sent::add);
    AlarmMessage alarm = AlarmsOfTests.dead(2, Summaries.start(9));
    quality(model, dead(2));
    alarms(model, alarm);
    AlarmCommand command = AlarmCommand.acknowledge(alarm.key(), "kim", "HV trip");
    model.ask(command, alarm);
    assertThat(sent, is(List.of(command)));
    assertThat(model.waits(alarm), is(true));
    assertThat(model.late(), is(Optional.empty()));
    time.pass(Duration.ofMillis(1100));
    assertThat(
        model.late().orElseThrow(),
        is(
            "No answer to 'acknowledge' yet: the last sign of life of the service quality is 1.1 s"
                + " old"));
    assertThat("told once", model.late(), is(Optional.empty()));
    assertThat(alarms(model, alarm), is(List.of()));
    assertThat(
        alarms(model, AlarmsOfTests.acknowledged(alarm, model.now(), "kim", "HV trip")),
        is(List.of("Chamber 2, hits: acknowledged by kim")));
    assertThat(model.waits(alarm), is(false));
  }

  @Test
  void aCommandThatCannotBeSentIsWaitedForNoLonger() {
    DashboardModel model = model();
    AlarmMessage alarm = AlarmsOfTests.dead(2, Summaries.start(9));
    alarms(model, alarm);
    model.ask(AlarmCommand.acknowledge(alarm.key(), "kim", ""), alarm);
    model.notSent(alarm.key());
    time.pass(Duration.ofSeconds(2));
    assertThat(model.waits(alarm), is(false));
    assertThat(model.late(), is(Optional.empty()));
  }

  @Test
  void aPublishersClockThatIsWrongIsSaid() {
    DashboardModel model = model();
    assertThat(model.clockDifference(), is(Optional.empty()));
    feed.window(Summaries.window(WINDOWS, 0, random), Summaries.start(WINDOWS).plusSeconds(600));
    feed.batchEnded();
    model.show(newest);
    assertThat(
        model.clockDifference().orElseThrow(),
        is("the pipeline's clock is 10 min ahead of this machine's"));
    assertThat(model.age(), is(Optional.of(Duration.ZERO)));
  }

  @Test
  void anotherPageShowsAllChambers() {
    DashboardModel model = model();
    model.page(Page.CHAMBERS);
    model.enlarge(2);
    assertThat(model.state().enlarged(), is(2));
    model.page(Page.OVERVIEW);
    assertThat(model.state().enlarged(), is(ViewState.NONE));
    assertThat(changes.get(), is(3));
  }

  @Test
  void whatTheTopicSaysIsNoChangeOfTheUsers() {
    DashboardModel model = model();
    model.show(windows(WINDOWS, WINDOWS + 1));
    assertThat(changes.get(), is(0));
    model.log(true);
    model.theme(Theme.LIGHT);
    assertThat(changes.get(), is(2));
    assertThat(model.state(), is(STATE.withLog(true).with(Theme.LIGHT)));
  }

  @Test
  void aReferenceIsNamedWhileItIsComparedWith() throws IOException {
    DashboardModel model = model();
    model.compareWith(new Reference("ref.json", "course", 7, model.shown().orElseThrow()));
    assertThat(model.words(), endsWith(" · reference ref.json, 7 windows"));
    model.withoutReference();
    assertThat(model.words(), startsWith("shown: "));
    assertThat(model.reference(), is(Optional.empty()));
  }

  @Test
  void aReferenceOfOtherChannelsIsRefusedAndTheOneBeforeStays() throws IOException {
    DashboardModel model = model();
    Reference fits = new Reference("ref.json", "course", 1, model.shown().orElseThrow());
    model.compareWith(fits);
    WindowSummary swapped = Summaries.window(0, 0, List.of(64, 0, 0, 64), random);
    Reference other = new Reference("other.json", "course", 1, swapped);
    assertThrows(IOException.class, () -> model.compareWith(other));
    assertThat(model.reference(), is(Optional.of(fits)));
  }

  private static final DetectorDescription SIX = Detectors.of("six", 6, 4, 12);

  /** A model that was given the course's description and gets results of six chambers. */
  private DashboardModel otherResults() {
    DashboardModel model = model(Snapshot.empty(LIVE), STATE);
    feed.window(Summaries.window(SIX, 0, 0, random), Summaries.start(1));
    feed.batchEnded();
    model.show(newest);
    return model;
  }

  @Test
  void resultsOfOtherChambersThanDescribedAreShownByNumber() {
    DashboardModel model = model(Snapshot.empty(LIVE), STATE);
    assertThat(model.detector().name(), is("course"));
    assertThat(model.objection(), is(Optional.empty()));
    model = otherResults();
    assertThat(model.detector().description(), is(Optional.empty()));
    assertThat(model.detector().chambers(), is(6));
    assertThat(model.detector().title(5), is("Chamber 5"));
    assertThat(model.ruling().words(), is("cannot be judged"));
    assertThat(
        model.objection().orElseThrow(),
        startsWith("the results have 6 chambers of 48 cells, the detector description 'course'"));
  }

  @Test
  void whilePausedTheDetectorStaysAsItsResultsAre() {
    DashboardModel model = model();
    model.pause(true);
    feed.window(Summaries.window(SIX, WINDOWS, 0, random), Summaries.start(WINDOWS + 1));
    feed.batchEnded();
    model.show(newest);
    assertThat(model.detector().chambers(), is(4));
    model.pause(false);
    assertThat(model.detector().chambers(), is(6));
  }

  @Test
  void turningGoesRoundTheSheetsOrThroughTheLargeChambers() {
    DashboardModel model = otherResults();
    assertThat(model.sheets().count(), is(2));
    model.turn(1);
    assertThat(model.state().sheet(), is(1));
    model.turn(1);
    assertThat(model.state().sheet(), is(0));
    model.turn(-1);
    assertThat(model.state().sheet(), is(1));
    model.enlarge(5);
    model.turn(1);
    assertThat(model.state().enlarged(), is(0));
    assertThat(model.state().sheet(), is(0));
    model.turn(-1);
    model.reduce();
    assertThat(model.state().enlarged(), is(ViewState.NONE));
    assertThat("the sheet of the chamber that was large", model.state().sheet(), is(1));
  }

  @Test
  void aChamberThatIsNotThereCannotBeEnlarged() {
    DashboardModel model = model();
    model.enlarge(4);
    assertThat(model.state(), is(STATE));
    model.enlarge(3);
    assertThat(model.state().page(), is(Page.CHAMBERS));
    assertThat(model.state().enlarged(), is(3));
  }

  @Test
  void onAPageOfChambersAChamberIsEnlargedOnThatPage() {
    DashboardModel model = model();
    model.page(Page.MUONS);
    model.enlarge(2);
    assertThat(model.state().page(), is(Page.MUONS));
    model.turn(1);
    assertThat(model.state().enlarged(), is(3));
    model.page(Page.ALARMS);
    model.enlarge(0);
    assertThat(model.state().page(), is(Page.CHAMBERS));
  }

  @Test
  void aReferenceGivenBeforeTheFirstWindowIsComparedOnlyIfItFitsThen() throws IOException {
    DashboardModel model = model(Snapshot.empty(LIVE), STATE);
    WindowSummary six = Summaries.window(SIX, 0, 0, random);
    model.compareWith(new Reference("six.json", "six", 1, six));
    model.show(windows(0, 1));
    assertThat(model.reference(), is(Optional.empty()));
    assertThat(
        model.words(),
        endsWith(
            " · reference six.json is of another detector: it has 6 chambers of 48 cells, the data"
                + " 4 chambers of 64 cells"));
  }

  @Test
  void eventsAreReadOnceTheirPageIsShownAndNotBefore() {
    DashboardModel model = model();
    AtomicInteger reads = new AtomicInteger();
    model.readEventsBy(reads::incrementAndGet);
    model.page(Page.MUONS);
    assertThat(reads.get(), is(0));
    model.page(Page.EVENTS);
    assertThat(reads.get(), is(1));
    AtomicInteger remembered = new AtomicInteger();
    model(newest, model.state()).readEventsBy(remembered::incrementAndGet);
    assertThat("the page as it was left", remembered.get(), is(1));
  }

  @Test
  void aPauseHoldsTheEventToo() {
    DashboardModel model = model();
    MuonEvents window = SimulatedEvents.window(Summaries.COURSE, 1, 0, 2, random);
    List<EventLog.Entry> entries =
        window.events().stream().map(e -> new EventLog.Entry(window.window(), 0, e)).toList();
    model.events(new EventLog(entries.subList(1, 2), ""));
    model.pause(true);
    model.events(new EventLog(entries, ""));
    assertThat(model.events().shown(), is(Optional.of(entries.get(1))));
    assertThat(model.eventTone(), is(Tone.PAST));
    model.pause(false);
    assertThat(model.events().shown(), is(Optional.of(entries.get(0))));
    assertThat(model.eventTone(), is(model.runTone()));
  }
}
