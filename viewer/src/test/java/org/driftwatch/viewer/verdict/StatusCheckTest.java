package org.driftwatch.viewer.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.RunHistory;
import org.driftwatch.viewer.text.StatusNotices;
import org.junit.jupiter.api.Test;

class StatusCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-20T20:36:46Z");
  private static final Counts CLEAN = new Counts(10_000, 0, 0, 0, 0, 0);
  private static final StatusMessage DROPPING =
      status(NOW, new Counts(9_580, 0, 0, 420, 0, 0), 0, 0);

  private static StatusMessage status(Instant time, Counts minute, double held, double behind) {
    return status(time, minute, held, behind, Optional.empty());
  }

  private static StatusMessage status(
      Instant time, Counts minute, double held, double behind, Optional<String> problem) {
    return new StatusMessage(
        time,
        NOW,
        minute,
        minute,
        60,
        held,
        held > 0 ? OptionalInt.of(2) : OptionalInt.empty(),
        behind,
        problem);
  }

  private static List<String> alarms(StatusMessage status) {
    return StatusCheck.judge(status, NOW, Thresholds.standard()).stream()
        .filter(verdict -> verdict.level().alarms())
        .map(Verdict::reason)
        .toList();
  }

  @Test
  void recordsThatDoNotFitTheDescriptionAreTheWorstAndSaidAsTheMonitorSaysIt() {
    String problem = "no record of the last minute is a hit of a chamber: is this the detector?";
    StatusMessage status =
        status(NOW, new Counts(5_000, 5_000, 0, 0, 0, 0), 0, 0, Optional.of(problem));
    Verdict worst =
        Judgement.worstFirst(StatusCheck.judge(status, NOW, Thresholds.standard())).get(0);
    assertThat(worst.level(), is(Level.BAD));
    assertThat(worst.reason(), is(problem));
  }

  @Test
  void aCleanMinuteSaysNothing() {
    assertThat(
        StatusCheck.judge(status(NOW, CLEAN, 0, 0), NOW, Thresholds.standard()), is(empty()));
  }

  @Test
  void aShareBelowTheLimitIsSaidAndNoAlarm() {
    StatusMessage status = status(NOW, new Counts(9_950, 0, 0, 50, 0, 0), 10, 1);
    assertThat(alarms(status), is(empty()));
    assertThat(
        StatusCheck.judge(status, NOW, Thresholds.standard()).stream()
            .map(Verdict::reason)
            .toList(),
        contains(
            "0.5 % of the records of the last minute came too late and were dropped: is a clock"
                + " wrong?"));
  }

  @Test
  void sharesAndDelaysBeyondTheirLimitsAreAlarmsInWords() {
    assertThat(
        alarms(status(NOW, new Counts(8_000, 1_000, 2_000, 420, 580, 0), 35, 12.2)),
        contains(
            "4.2 % of the records of the last minute came too late and were dropped: is a clock"
                + " wrong?",
            "5.8 % of the records of the last minute have a timestamp that belongs to no window: is"
                + " a clock wrong?",
            "10.0 % of the records of the last minute were malformed: topic stream-rejected says"
                + " why",
            "20.0 % of the records of the last minute came late and refined their windows",
            "results are held back 35 s by partition 2",
            "the monitor's clock is 12 s behind its producers'"));
  }

  @Test
  void anOldStatusSaysNothing() {
    assertThat(
        StatusCheck.judge(
            status(NOW.minusSeconds(11), DROPPING.lastMinute(), 0, 0), NOW, Thresholds.standard()),
        is(empty()));
  }

  @Test
  void theRunIsWarnedOf() {
    RunHistory history = new RunHistory();
    Random random = new Random(21);
    for (int n = 0; n < 100; n++) {
      history.put(Summaries.window(n, 0, random));
    }
    Judge judge = new Judge(Detector.of(Summaries.COURSE), Thresholds.standard());
    Judgement judgement =
        judge.judge(
            history.series(),
            Accumulation.newestWindow(),
            Optional.empty(),
            Optional.of(DROPPING),
            NOW);
    assertThat(judgement.runLevel(), is(Level.WARNING));
    assertThat(
        judgement.run().stream().map(Verdict::reason).toList(),
        hasItem(
            "4.2 % of the records of the last minute came too late and were dropped: is a clock"
                + " wrong?"));
  }

  @Test
  void inATerminalItIsALineNowAndThen() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StatusNotices notices =
        new StatusNotices(
            new PrintStream(out, true, UTF_8),
            Thresholds.standard(),
            Clock.fixed(NOW, ZoneOffset.UTC));
    notices.accept(status(NOW, CLEAN, 0, 0));
    notices.accept(DROPPING);
    notices.accept(DROPPING);
    assertThat(
        out.toString(UTF_8).lines().toList(),
        contains(
            "viewer: 4.2 % of the records of the last minute came too late and were dropped: is"
                + " a clock wrong?"));
  }
}
