package org.driftwatch.viewer.view;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Freshness;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.reference.Reference;
import org.driftwatch.viewer.verdict.Thresholds;
import org.driftwatch.viewer.verdict.Verdict;
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
  private final SnapshotFeed feed = new SnapshotFeed(LIVE, snapshot -> newest = snapshot);

  private Snapshot windows(int from, int to) {
    for (int n = from; n < to; n++) {
      feed.window(Summaries.window(n, 0, random), Summaries.start(n + 1));
    }
    feed.batchEnded();
    return newest;
  }

  /** A model of {@value #WINDOWS} windows, so long after the last was published. */
  private DashboardModel model(Duration silence) {
    DashboardModel model =
        model(windows(0, WINDOWS), STATE, Summaries.start(WINDOWS).plus(silence));
    model.onChange(changes::incrementAndGet);
    return model;
  }

  private static DashboardModel model(Snapshot snapshot, ViewState state, Instant now) {
    return new DashboardModel(
        Summaries.COURSE, Thresholds.standard(), snapshot, state, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Accumulation picked(int from, int to) {
    return new Accumulation.Picked(Summaries.start(from), Summaries.start(to));
  }

  private static boolean judges(DashboardModel model, Verdict.Check check) {
    return model.judgement().run().stream().anyMatch(verdict -> verdict.check() == check);
  }

  @Test
  void pauseKeepsThePictureAndTheNextWindowsWait() {
    DashboardModel model = model(Duration.ZERO);
    Snapshot held = model.snapshot();
    model.pause(true);
    model.show(windows(WINDOWS, WINDOWS + 3));
    assertThat(model.snapshot(), is(held));
    assertThat(model.words(), endsWith(" · paused, 3 new windows wait"));
    model.pause(false);
    assertThat(model.snapshot(), is(newest));
    assertThat(model.shown().flatMap(WindowSummary::window), is(model.span()));
    assertThat(model.span().orElseThrow().start(), is(Summaries.start(WINDOWS + 2)));
    assertThat(model.words(), not(containsString("paused")));
  }

  @Test
  void pausedTwiceItDoesNotGoBackToWhatWaitedTheFirstTime() {
    DashboardModel model = model(Duration.ZERO);
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
    DashboardModel model = model(Duration.ZERO);
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
    DashboardModel model = model(Duration.ZERO);
    model.accumulate(picked(100, 140));
    model.stretch(2);
    assertThat(model.state().accumulation(), is(picked(80, 160)));
    model.stretch(0.5);
    assertThat(model.state().accumulation(), is(picked(100, 140)));
  }

  @Test
  void stretchingEndsWithTheWholeRunOrOneWindow() {
    DashboardModel model = model(Duration.ZERO);
    model.accumulate(picked(10, 50));
    model.stretch(1000);
    assertThat(model.state().accumulation(), is(picked(0, WINDOWS)));
    model.stretch(1e-6);
    WindowSummary.Span span = model.span().orElseThrow();
    assertThat(Duration.between(span.start(), span.end()), is(Duration.ofSeconds(5)));
  }

  @Test
  void stretchingBesideAnEndMovesIntoTheRun() {
    DashboardModel model = model(Duration.ZERO);
    model.accumulate(picked(0, 40));
    model.stretch(2);
    assertThat(model.state().accumulation(), is(picked(0, 80)));
  }

  @Test
  void firstPickedIsWhatIsJudgedAndThenWhatWasPickedLast() {
    DashboardModel model = model(Duration.ZERO);
    model.pickLatest();
    assertThat(model.state().accumulation(), is(picked(WINDOWS - 120, WINDOWS)));
    model.accumulate(picked(10, 20));
    model.live();
    model.pickLatest();
    assertThat(model.state().accumulation(), is(picked(10, 20)));
  }

  @Test
  void movingFromThePresentStartsAtTheNewestStretchAndIsOneChange() {
    DashboardModel model = model(Duration.ZERO);
    model.move(-0.5);
    assertThat(model.state().accumulation(), is(picked(WINDOWS - 180, WINDOWS - 60)));
    assertThat(changes.get(), is(1));
  }

  @Test
  void liveAgainShowsWhatWasShownBeforeThePast() {
    DashboardModel model = model(Duration.ZERO);
    model.accumulate(Accumulation.sinceStart());
    model.accumulate(picked(10, 20));
    model.move(1);
    model.live();
    assertThat(model.state().accumulation(), is(Accumulation.sinceStart()));
  }

  @Test
  void withoutWindowsNothingCanBePickedMovedOrStretched() {
    DashboardModel model = model(Snapshot.empty(LIVE), STATE, Summaries.START);
    model.pickLatest();
    model.move(1);
    model.stretch(2);
    assertThat(model.state(), is(STATE));
    assertThat(model.span(), is(Optional.empty()));
    assertThat(model.words(), is("no window yet"));
    assertThat(model.freshness(), is(Optional.empty()));
  }

  @Test
  void aStretchWithoutWindowsKeepsItsEndsAndSaysSo() {
    DashboardModel model = model(Duration.ZERO);
    model.accumulate(picked(WINDOWS + 10, WINDOWS + 20));
    assertThat(model.span().orElseThrow().start(), is(Summaries.start(WINDOWS + 10)));
    assertThat(model.words(), is("no window in the picked stretch"));
  }

  @Test
  void theStretchIsSaidInWords() {
    DashboardModel model = model(Duration.ZERO);
    model.accumulate(picked(0, 12));
    assertThat(
        model.words(), is("shown: 20 Nov 20:36:45 – 20 Nov 20:37:45 UTC, 1 min, 12 windows"));
    model.accumulate(Accumulation.newestWindow());
    assertThat(model.words(), endsWith(", 5 s, 1 window"));
  }

  @Test
  void theNewestResultAgesAndIsSilentInTheEnd() {
    assertThat(model(Duration.ofSeconds(4)).freshness(), is(Optional.of(Freshness.FRESH)));
    assertThat(model(Duration.ofSeconds(20)).freshness(), is(Optional.of(Freshness.OVERDUE)));
    assertThat(model(Duration.ofSeconds(60)).freshness(), is(Optional.of(Freshness.SILENT)));
    assertThat(model(Duration.ofSeconds(-9)).age(), is(Optional.of(Duration.ZERO)));
  }

  @Test
  void silenceIsJudgedInThePresentOnly() {
    DashboardModel model = model(Duration.ofMinutes(1));
    assertThat(judges(model, Verdict.Check.SILENCE), is(true));
    assertThat(model.judgementAges(), is(true));
    model.accumulate(picked(10, 200));
    assertThat(judges(model, Verdict.Check.SILENCE), is(false));
    assertThat(model.judgementAges(), is(false));
    model.live();
    model.pause(true);
    assertThat(judges(model, Verdict.Check.SILENCE), is(false));
  }

  @Test
  void theStatusIsJudgedInThePresentOnly() {
    DashboardModel model = model(Duration.ZERO);
    Instant now = model.now();
    int without = model.judgement().run().size();
    Counts counts = new Counts(10_000, 0, 0, 420, 0, 0);
    model.status(
        new StatusMessage(
            now, now, counts, counts, 60, 0, OptionalInt.empty(), 0, Optional.empty()));
    int with = model.judgement().run().size();
    assertThat(with > without, is(true));
    model.pause(true);
    assertThat(model.judgement().run().size() < with, is(true));
  }

  @Test
  void anotherPageShowsAllChambers() {
    DashboardModel model = model(Duration.ZERO);
    model.page(Page.CHAMBERS);
    model.enlarge(2);
    assertThat(model.state().enlarged(), is(2));
    model.page(Page.OVERVIEW);
    assertThat(model.state().enlarged(), is(ViewState.NONE));
    assertThat(changes.get(), is(3));
  }

  @Test
  void whatTheTopicSaysIsNoChangeOfTheUsers() {
    DashboardModel model = model(Duration.ZERO);
    model.show(windows(WINDOWS, WINDOWS + 1));
    assertThat(changes.get(), is(0));
    model.log(true);
    model.theme(Theme.LIGHT);
    assertThat(changes.get(), is(2));
    assertThat(model.state(), is(STATE.withLog(true).with(Theme.LIGHT)));
  }

  @Test
  void aReferenceIsNamedWhileItIsComparedWith() throws IOException {
    DashboardModel model = model(Duration.ZERO);
    model.compareWith(new Reference("ref.json", "course", 7, model.shown().orElseThrow()));
    assertThat(model.words(), endsWith(" · reference ref.json, 7 windows"));
    model.withoutReference();
    assertThat(model.words(), startsWith("shown: "));
    assertThat(model.reference(), is(Optional.empty()));
  }

  @Test
  void aReferenceOfOtherChannelsIsRefusedAndTheOneBeforeStays() throws IOException {
    DashboardModel model = model(Duration.ZERO);
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
    DashboardModel model = model(Snapshot.empty(LIVE), STATE, Summaries.START);
    feed.window(Summaries.window(SIX, 0, 0, random), Summaries.start(1));
    feed.batchEnded();
    model.show(newest);
    return model;
  }

  @Test
  void resultsOfOtherChambersThanDescribedAreShownByNumber() {
    DashboardModel model = model(Snapshot.empty(LIVE), STATE, Summaries.START);
    assertThat(model.detector().name(), is("course"));
    assertThat(model.objection(), is(Optional.empty()));
    model = otherResults();
    assertThat(model.detector().description(), is(Optional.empty()));
    assertThat(model.detector().chambers(), is(6));
    assertThat(model.detector().title(5), is("Chamber 5"));
    assertThat(model.judgement().chambers().size(), is(6));
    assertThat(
        model.objection().orElseThrow(),
        startsWith("the results have 6 chambers of 48 cells, the detector description 'course'"));
  }

  @Test
  void whilePausedTheDetectorStaysAsItsResultsAre() {
    DashboardModel model = model(Duration.ZERO);
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
    DashboardModel model = model(Duration.ZERO);
    model.enlarge(4);
    assertThat(model.state(), is(STATE));
    model.enlarge(3);
    assertThat(model.state().page(), is(Page.CHAMBERS));
    assertThat(model.state().enlarged(), is(3));
  }

  @Test
  void aReferenceGivenBeforeTheFirstWindowIsComparedOnlyIfItFitsThen() throws IOException {
    DashboardModel model = model(Snapshot.empty(LIVE), STATE, Summaries.START);
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
}
