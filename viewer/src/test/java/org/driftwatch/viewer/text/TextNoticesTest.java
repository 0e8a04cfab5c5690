package org.driftwatch.viewer.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.AlarmsOfTests;
import org.driftwatch.viewer.ManualClocks;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Connection.State;
import org.junit.jupiter.api.Test;

class TextNoticesTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ManualClocks time = new ManualClocks(Summaries.start(1));
  private final Random random = new Random(8);
  private final TextNotices notices =
      new TextNotices(
          new TextOutput(
              Summaries.COURSE,
              new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
              new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
              () -> {}),
          new PrintStream(said, true, UTF_8),
          Summaries.COURSE,
          Thresholds.standard(),
          new Connection(State.WAITING_FOR_KAFKA, "test"),
          time.clocks());

  private List<String> lines() {
    return said.toString(UTF_8).lines().toList();
  }

  private void live() {
    notices.connection(new Connection(State.LIVE, "test"));
  }

  private void window(WindowSummary window) {
    notices.window(window, time.clocks().now());
  }

  private void alarms(AlarmMessage... alarms) {
    notices.alarms(AlarmsOfTests.told(time.clocks().nanos(), alarms));
  }

  @Test
  void anAlarmIsALineWhenItIsRaisedAcknowledgedOverAndCleared() {
    AlarmMessage dead = AlarmsOfTests.dead(2, Summaries.start(0));
    AlarmMessage known = AlarmsOfTests.acknowledged(dead, Summaries.start(3), "kim", "HV trip");
    alarms(dead);
    alarms(dead);
    alarms(known);
    alarms(AlarmsOfTests.over(known, Summaries.start(9)));
    String what = "Chamber 2, hits: " + dead.message();
    assertThat(
        lines(),
        contains(
            "viewer: ALARM, BAD: " + what + " (raised 20 Nov 20:36:45 UTC)",
            "viewer: alarm acknowledged by kim (HV trip): " + what,
            "viewer: alarm cleared: " + what));
    said.reset();
    AlarmMessage other = AlarmsOfTests.dead(1, Summaries.start(0));
    alarms(other);
    alarms(AlarmsOfTests.over(other, Summaries.start(9)));
    assertThat(lines().get(1), startsWith("viewer: alarm over: Chamber 1, hits: "));
  }

  @Test
  void alarmsOfThePastAreNotTold() {
    AlarmMessage past =
        AlarmsOfTests.over(
            AlarmsOfTests.acknowledged(
                AlarmsOfTests.dead(2, Summaries.start(0)), Summaries.start(3), "kim", ""),
            Summaries.start(9));
    alarms(past);
    assertThat(lines(), is(List.of()));
  }

  @Test
  void thatResultsHaveStoppedIsSaidOnceAMinuteWithTheReasonAndThatTheyComeAgain() {
    live();
    window(Summaries.window(0, 0, random));
    notices.tick();
    assertThat(lines(), is(List.of()));
    time.pass(Duration.ofSeconds(20));
    notices.tick();
    time.pass(Duration.ofSeconds(1));
    notices.tick();
    String why =
        "viewer: no new result for 20.0 s: source or pipeline has stopped (the pipeline gives no"
            + " status)";
    assertThat(lines(), contains(why));
    time.pass(Duration.ofSeconds(60));
    notices.tick();
    assertThat(lines().size(), is(2));
    window(Summaries.window(1, 0, random));
    notices.tick();
    assertThat(lines(), hasItem("viewer: results come again"));
  }

  @Test
  void whereNoServiceRaisesAlarmsADeadChamberIsSaidNevertheless() {
    live();
    for (int n = 0; n < 20; n++) {
      window(Summaries.window(n, 0, random));
    }
    notices.tick();
    for (int n = 20; n < 24; n++) {
      window(Summaries.silenced(Summaries.window(n, 0, random), 2));
    }
    notices.tick();
    notices.tick();
    assertThat(
        lines().stream().filter(line -> line.startsWith("viewer: BAD: Chamber 2, hits: ")).count(),
        is(1L));
  }
}
