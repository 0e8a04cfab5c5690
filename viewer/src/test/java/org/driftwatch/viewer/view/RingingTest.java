package org.driftwatch.viewer.view;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.AlarmsOfTests;
import org.driftwatch.viewer.ManualClocks;
import org.driftwatch.viewer.view.Ringing.Call;
import org.junit.jupiter.api.Test;

class RingingTest {
  private static final Instant NOW = Instant.parse("2026-11-30T04:00:00Z");

  private final ManualClocks time = new ManualClocks(NOW);
  private final Ringing ringing = new Ringing(time.clocks());
  private final AlarmMessage dead = AlarmsOfTests.dead(2, NOW);

  private Optional<Call> due(AlarmMessage... alarms) {
    return ringing.due(new AlarmList(List.of(alarms)));
  }

  @Test
  void aNewAlarmCallsAtOnceAndAgainUntilItIsAcknowledged() {
    assertThat(due(), is(Optional.empty()));
    assertThat(due(dead), is(Optional.of(new Call(dead, true))));
    assertThat(due(dead), is(Optional.empty()));
    time.pass(Duration.ofSeconds(15));
    assertThat(due(dead), is(Optional.of(new Call(dead, false))));
    time.pass(Duration.ofSeconds(15));
    AlarmMessage known = AlarmsOfTests.acknowledged(dead, NOW, "kim", "");
    assertThat(due(known), is(Optional.empty()));
  }

  @Test
  void anAlarmThatIsOverButNotAcknowledgedStillCalls() {
    assertThat(due(AlarmsOfTests.over(dead, NOW)).isPresent(), is(true));
  }

  @Test
  void aShelvedAlarmIsSilentAndCallsWhenItsTimeIsUp() {
    assertThat(due(AlarmsOfTests.shelved(dead, NOW.plusSeconds(60))), is(Optional.empty()));
    assertThat(due(dead), is(Optional.of(new Call(dead, true))));
  }

  @Test
  void oneThatGetsWorseOrASecondOneCallsAtOnce() {
    AlarmMessage warning = AlarmsOfTests.raised(new Subject(2), Check.RATE, Level.WARNING, NOW);
    assertThat(due(warning).isPresent(), is(true));
    AlarmMessage bad = AlarmsOfTests.at(warning, Level.BAD);
    assertThat(due(bad), is(Optional.of(new Call(bad, true))));
    AlarmMessage second = AlarmsOfTests.dead(3, NOW.plusSeconds(1));
    assertThat(due(bad, second), is(Optional.of(new Call(second, true))));
  }

  @Test
  void anAlarmIsShelvedForATimeOrUntilEightInTheMorningHere() {
    ZoneId rome = ZoneId.of("Europe/Rome");
    assertThat(ShelveFor.QUARTER.until(NOW, rome), is(NOW.plusSeconds(900)));
    assertThat(ShelveFor.SHIFT.until(NOW, rome), is(NOW.plusSeconds(8 * 3600)));
    assertThat(ShelveFor.MORNING.until(NOW, rome), is(Instant.parse("2026-11-30T07:00:00Z")));
    Instant noon = Instant.parse("2026-11-30T11:00:00Z");
    assertThat(ShelveFor.MORNING.until(noon, rome), is(Instant.parse("2026-12-01T07:00:00Z")));
  }
}
