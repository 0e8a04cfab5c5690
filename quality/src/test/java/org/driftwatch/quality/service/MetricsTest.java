package org.driftwatch.quality.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.driftwatch.emulator.MetricsPage;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.AlarmCommand;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.Alarms;
import org.driftwatch.quality.alarm.Guidance;
import org.driftwatch.telemetry.Telemetry;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
class MetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T20:00:00Z");

  @Test
  void everyVerdictIsANumberAndAlarmsAreCountedByWhatPeopleHaveDoneWithThem() throws Exception {
    Judgement judgement =
        new Judgement(
            Optional.of(NOW),
            List.of(
                verdict(0, Level.GOOD),
                verdict(1, Level.UNDECIDED),
                verdict(2, Level.WARNING),
                verdict(3, Level.BAD),
                verdict(4, Level.BAD)));
    Alarms alarms = new Alarms(Guidance.standard());
    List<AlarmMessage> raised = alarms.judged(NOW, judgement);
    alarms.command(NOW, Optional.empty(), AlarmCommand.acknowledge(raised.get(0).key(), "A", ""));
    alarms.command(
        NOW,
        Optional.empty(),
        AlarmCommand.shelve(raised.get(1).key(), "A", "", NOW.plusSeconds(60)));
    VerdictBook book = new VerdictBook(Guidance.standard());
    book.judged(NOW, judgement, 0);

    try (Caller caller = new Caller(List.of())) {
      Metrics metrics = new Metrics(caller, Clock.fixed(NOW, ZoneOffset.UTC));
      metrics.window();
      metrics.malformed();
      metrics.said(book.said(), alarms.open(), Optional.of(NOW.minusSeconds(7)));
      try (Telemetry shown = Telemetry.show("quality-test", OptionalInt.of(0), metrics)) {
        Map<String, Double> samples = MetricsPage.samples(shown.address().orElseThrow());
        for (int chamber = 0; chamber < 4; chamber++) {
          assertThat(
              samples,
              hasEntry(
                  "driftwatch_verdict{check=\"hits\",subject=\"chamber-" + chamber + "\"}",
                  (double) chamber));
        }
        assertThat(samples, hasEntry("driftwatch_alarms_open", 2.0));
        assertThat(samples, hasEntry("driftwatch_alarms_unacknowledged", 1.0));
        assertThat(samples, hasEntry("driftwatch_alarms_shelved", 1.0));
        assertThat(samples, hasEntry("driftwatch_quality_window_age_seconds", 7.0));
        assertThat(samples.get("driftwatch_quality_malformed_messages_total"), is(1.0));
      }
    }
  }

  private static Verdict verdict(int chamber, Level level) {
    return new Verdict(
        new Subject(chamber),
        Check.HITS,
        level,
        10,
        1,
        1,
        100,
        OptionalDouble.empty(),
        List.of(),
        "so");
  }
}
