package org.driftwatch.quality.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.Guidance;
import org.driftwatch.quality.alarm.QualityMessage;
import org.junit.jupiter.api.Test;

class VerdictBookTest {
  private final VerdictBook book = new VerdictBook(Guidance.standard());
  private Instant time = Instant.parse("2026-11-20T20:00:00Z");
  private long nanos;

  private static Verdict verdict(Check check, Level level, double value, Integer... cells) {
    return new Verdict(
        new Subject(1),
        check,
        level,
        10,
        value,
        1,
        100,
        OptionalDouble.empty(),
        List.of(cells),
        "it is " + value);
  }

  private List<String> judged(Verdict... verdicts) {
    List<String> keys = new ArrayList<>();
    for (QualityMessage said :
        book.judged(time, new Judgement(Optional.of(time), List.of(verdicts)), nanos)) {
      keys.add(said.verdict().check().key() + " " + said.verdict().level());
    }
    return keys;
  }

  private void pass(int seconds) {
    time = time.plusSeconds(seconds);
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void aVerdictIsSaidAtOnceWhenItsLevelChangesAndElseAfterHalfAMinute() {
    assertThat(judged(verdict(Check.RATE, Level.GOOD, 5)), contains("overall GOOD", "rate GOOD"));
    pass(29);
    assertThat(judged(verdict(Check.RATE, Level.GOOD, 6)), is(empty()));
    pass(1);
    assertThat(judged(verdict(Check.RATE, Level.GOOD, 6)), contains("overall GOOD", "rate GOOD"));
    assertThat(judged(verdict(Check.RATE, Level.BAD, 7)), contains("overall BAD", "rate BAD"));
  }

  @Test
  void theNumbersOfAnAlarmAreSaidEveryFiveSecondsAndOtherCellsAtOnce() {
    judged(verdict(Check.DEAD_CELLS, Level.WARNING, 1, 7));
    pass(4);
    assertThat(judged(verdict(Check.DEAD_CELLS, Level.WARNING, 2, 7)), is(empty()));
    assertThat(
        judged(verdict(Check.DEAD_CELLS, Level.WARNING, 2, 7, 8)), contains("dead-cells WARNING"));
    pass(5);
    assertThat(
        judged(verdict(Check.DEAD_CELLS, Level.WARNING, 3, 7, 8)), hasItem("dead-cells WARNING"));
  }

  @Test
  void sinceIsWhenTheLevelWasReached() {
    Instant began = time;
    judged(verdict(Check.RATE, Level.BAD, 1));
    pass(60);
    judged(verdict(Check.RATE, Level.BAD, 2));
    assertThat(said(Check.RATE).since(), is(began));
    judged(verdict(Check.RATE, Level.GOOD, 3));
    assertThat(said(Check.RATE).since(), is(time));
  }

  @Test
  void overallIsTheWorstInItsWordsAndWithItsAction() {
    judged(verdict(Check.RATE, Level.WARNING, 1), verdict(Check.HITS, Level.BAD, 0));
    QualityMessage overall = said(Check.OVERALL);
    assertThat(overall.verdict().level(), is(Level.BAD));
    assertThat(overall.verdict().message(), is("hits: it is 0.0"));
    assertThat(overall.action(), is(Guidance.standard().action(new Subject(1), Check.HITS)));
  }

  @Test
  void anAlarmThatIsNoLongerJudgedStaysAndWhatWasGoodIsUndecided() {
    judged(verdict(Check.LATE, Level.BAD, 5), verdict(Check.DELAY, Level.GOOD, 0));
    pass(30);
    judged(verdict(Check.RATE, Level.GOOD, 5));
    assertThat(said(Check.LATE).verdict().level(), is(Level.BAD));
    assertThat(said(Check.DELAY).verdict().level(), is(Level.UNDECIDED));
    assertThat(said(Check.DELAY).verdict().message(), containsString("nothing to judge it by"));
    assertThat(said(Check.OVERALL).verdict().level(), is(Level.BAD));
  }

  @Test
  void whatWasSaidBeforeARestartIsSaidAgainSoonWithItsTime() {
    judged(verdict(Check.RATE, Level.BAD, 1));
    QualityMessage before = said(Check.RATE);
    VerdictBook next = new VerdictBook(Guidance.standard());
    book.said().forEach(message -> next.restore(message, nanos));
    pass(5);
    List<QualityMessage> again =
        next.judged(
            time,
            new Judgement(Optional.of(time), List.of(verdict(Check.RATE, Level.BAD, 1))),
            nanos);
    assertThat(again.size(), is(2));
    assertThat(again.get(1).since(), is(before.since()));
  }

  private QualityMessage said(Check check) {
    return book.said().stream()
        .filter(message -> message.verdict().check() == check)
        .findFirst()
        .orElseThrow();
  }
}
