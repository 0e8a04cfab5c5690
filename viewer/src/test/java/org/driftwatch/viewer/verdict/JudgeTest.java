package org.driftwatch.viewer.verdict;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.ChannelLayout;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.RunHistory;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.verdict.Verdict.Check;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Instant NOW = Instant.parse("2026-11-20T20:36:46Z");
  private final Judge judge = new Judge(Detector.of(Summaries.COURSE), Thresholds.standard());
  private final Random random = new Random(21);
  private final RunHistory history = new RunHistory();

  private WindowSeries run(int windows) {
    for (int n = 0; n < windows; n++) {
      history.put(Summaries.window(n, 0, random));
    }
    return history.series();
  }

  private Judgement live(WindowSeries series) {
    return judge.judge(
        series,
        Accumulation.newestWindow(),
        Optional.of(Duration.ofSeconds(1)),
        Optional.empty(),
        NOW);
  }

  @Test
  void aHealthyRunIsGoodEverywhere() {
    Judgement judgement = live(run(100));
    assertThat(judgement.runLevel(), is(Level.GOOD));
    for (int chamber = 0; chamber < 4; chamber++) {
      assertThat(
          judgement.chambers().get(chamber).toString(), judgement.chamber(chamber), is(Level.GOOD));
    }
    assertThat(judgement.stretch(), is("8 min 20 s, 100 windows"));
  }

  @Test
  void withoutWindowsNothingIsDecided() {
    Judgement judgement = live(WindowSeries.EMPTY);
    assertThat(judgement.runLevel(), is(Level.UNDECIDED));
    assertThat(judgement.chamber(2), is(Level.UNDECIDED));
  }

  @Test
  void oneWindowIsTooLittleToCallAnythingGood() {
    assertThat(live(run(1)).chamber(0), is(Level.UNDECIDED));
  }

  @Test
  void resultsThatDoNotComeAreBadForTheRun() {
    Judgement judgement =
        judge.judge(
            run(100),
            Accumulation.newestWindow(),
            Optional.of(Duration.ofMinutes(5)),
            Optional.empty(),
            NOW);
    assertThat(judgement.runLevel(), is(Level.BAD));
    Verdict worst = Judgement.worstFirst(judgement.run()).get(0);
    assertThat(worst.reason(), containsString("no new result for 5 min, limit 12 s"));
  }

  @Test
  void aChamberThatFallsSilentIsAccusedAndTheOthersAreNot() {
    run(60);
    for (int n = 60; n < 64; n++) {
      history.put(Summaries.silenced(Summaries.window(n, 0, random), 2));
    }
    Judgement judgement = live(history.series());
    assertThat(judgement.chamber(2), is(Level.BAD));
    assertThat(
        Judgement.worstFirst(judgement.chambers().get(2)).get(0).reason(),
        containsString("chamber silent"));
    assertThat(judgement.chamber(1), is(Level.GOOD));
  }

  @Test
  void windowsThatLackRecordsAreAWarningForTheRunWhileTheyAreJudged() {
    run(300);
    history.put(Summaries.window(290, 1, random).markedIncomplete());
    history.put(Summaries.window(299, 0, random).markedIncomplete());
    history.put(Summaries.window(10, 0, random).markedIncomplete());
    Judgement judgement = live(history.series());
    assertThat(judgement.runLevel(), is(Level.WARNING));
    assertThat(
        Judgement.worstFirst(judgement.run()).get(0).reason(),
        is("2 of 120 windows incomplete, limit 0: records deleted before they were read"));
    history.put(Summaries.window(290, 2, random));
    history.put(Summaries.window(299, 1, random));
    assertThat(live(history.series()).runLevel(), is(Level.GOOD));
  }

  @Test
  void aPickedStretchIsJudgedByItself() {
    run(60);
    for (int n = 60; n < 64; n++) {
      history.put(Summaries.silenced(Summaries.window(n, 0, random), 2));
    }
    Accumulation before = new Accumulation.Picked(Summaries.start(0), Summaries.start(60));
    Judgement judgement =
        judge.judge(history.series(), before, Optional.empty(), Optional.empty(), NOW);
    assertThat(judgement.chamber(2), is(Level.GOOD));
    assertThat(judgement.stretch(), is("5 min, 60 windows"));
  }

  private Judgement live(DetectorDescription made, Detector judged) {
    for (int n = 0; n < 100; n++) {
      history.put(Summaries.window(made, n, 0, random));
    }
    return new Judge(judged, Thresholds.standard())
        .judge(
            history.series(),
            Accumulation.newestWindow(),
            Optional.of(Duration.ofSeconds(1)),
            Optional.empty(),
            NOW);
  }

  private static List<Check> checks(List<Verdict> verdicts) {
    return verdicts.stream().map(Verdict::check).toList();
  }

  @Test
  void aHealthyRunIsGoodWithOneChamberAndWithSixteen() {
    for (int chambers : new int[] {1, 2, 16}) {
      history.clear();
      DetectorDescription made = Detectors.of("any", chambers, 4, 16);
      Judgement judgement = live(made, Detector.of(made));
      assertThat(judgement.runLevel(), is(Level.GOOD));
      for (int chamber = 0; chamber < chambers; chamber++) {
        assertThat(
            judgement.chambers().get(chamber).toString(),
            judgement.chamber(chamber),
            is(Level.GOOD));
      }
    }
  }

  @Test
  void theOnlyChamberIsNotComparedWithOthers() {
    DetectorDescription one = Detectors.of("one", 1, 4, 16);
    List<Verdict> verdicts = live(one, Detector.of(one)).chambers().get(0);
    assertThat(checks(verdicts), not(hasItem(Check.SHARE)));
  }

  @Test
  void withoutScintillatorNeitherItsRateNorTheDriftBoxIsJudged() {
    DetectorDescription bare = Detectors.withoutScintillator(Detectors.of("bare", 2, 4, 16));
    Judgement judgement = live(bare, Detector.of(bare));
    assertThat(checks(judgement.chambers().get(0)), not(hasItem(Check.DRIFT_BOX)));
    assertThat(checks(judgement.chambers().get(0)), hasItem(Check.MUON_PEAK));
    assertThat(judgement.run().toString(), not(containsString("scintillator")));
  }

  @Test
  void whatIsNotDescribedIsNotJudgedByItsGeometry() {
    DetectorDescription two = Detectors.of("two", 2, 4, 16);
    Detector unknown = Detector.of(Summaries.COURSE, ChannelLayout.of(two));
    List<Verdict> verdicts = live(two, unknown).chambers().get(1);
    assertThat(
        checks(verdicts),
        is(List.of(Check.RATE, Check.DEAD_CELLS, Check.NOISY_CELLS, Check.SHARE)));
  }
}
