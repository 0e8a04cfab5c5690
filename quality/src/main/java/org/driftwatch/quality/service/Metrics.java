package org.driftwatch.quality.service;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.QualityMessage;
import org.driftwatch.telemetry.Readings;
import org.driftwatch.telemetry.Telemetry;

/** What the service counts and says, for Prometheus. The service writes; read from any thread. */
final class Metrics implements Telemetry.Source {
  private final Caller caller;
  private final Clock clock;
  private final AtomicLong windows = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();
  private final AtomicLong sessions = new AtomicLong();
  private volatile Said said = new Said(List.of(), List.of(), Optional.empty());

  /** What is published. */
  private record Said(
      List<QualityMessage> verdicts, List<AlarmMessage> open, Optional<Instant> newestEnd) {}

  Metrics(Caller caller, Clock clock) {
    this.caller = caller;
    this.clock = clock;
  }

  /** A window was judged. */
  void window() {
    windows.incrementAndGet();
  }

  /** A message could not be read. */
  void malformed() {
    malformed.incrementAndGet();
  }

  /** Messages that could not be read. */
  long malformedCount() {
    return malformed.get();
  }

  /** Reading began from the topics' state. */
  void session() {
    sessions.incrementAndGet();
  }

  /** What is published from now on. */
  void said(List<QualityMessage> verdicts, List<AlarmMessage> open, Optional<Instant> newestEnd) {
    said = new Said(List.copyOf(verdicts), List.copyOf(open), newestEnd);
  }

  @Override
  public void read(Readings readings) {
    Said now = said;
    Map<List<String>, Double> verdicts = new LinkedHashMap<>();
    for (QualityMessage message : now.verdicts()) {
      verdicts.put(
          List.of(message.verdict().subject().key(), message.verdict().check().key()),
          number(message.verdict().level()));
    }
    readings.gauge(
        "driftwatch_verdict",
        "How well a subject is by a check: 0 good, 1 undecided, 2 warning, 3 bad.",
        List.of("subject", "check"),
        verdicts);
    readings.gauge(
        "driftwatch_alarms_open",
        "Alarms that are not cleared, shelved ones not among them.",
        count(now, alarm -> !alarm.isShelved()));
    readings.gauge(
        "driftwatch_alarms_unacknowledged",
        "Open alarms that nobody has acknowledged, shelved ones not among them.",
        count(now, alarm -> !alarm.isShelved() && alarm.acknowledged().isEmpty()));
    readings.gauge(
        "driftwatch_alarms_shelved",
        "Alarms that are shelved.",
        count(now, AlarmMessage::isShelved));
    now.newestEnd()
        .ifPresent(
            end ->
                readings.gauge(
                    "driftwatch_quality_window_age_seconds",
                    "Time since the end of the newest window judged.",
                    (clock.millis() - end.toEpochMilli()) / 1e3));
    readings.counter("driftwatch_quality_windows", "Windows judged.", windows.get());
    readings.counter(
        "driftwatch_quality_malformed_messages",
        "Messages of the topics that could not be read.",
        malformed.get());
    readings.counter(
        "driftwatch_quality_sessions",
        "Times that the state was read from the topics, the first among them.",
        sessions.get());
    readings.counter(
        "driftwatch_quality_hook_calls",
        "Calls of hooks by what became of them.",
        "result",
        Map.of(
            "told", caller.toldCount(),
            "failed", caller.failedCount(),
            "dropped", caller.droppedCount()));
  }

  private static double count(Said now, Predicate<AlarmMessage> which) {
    return (double) now.open().stream().filter(which).count();
  }

  private static double number(Level level) {
    return switch (level) {
      case GOOD -> 0;
      case UNDECIDED -> 1;
      case WARNING -> 2;
      case BAD -> 3;
    };
  }
}
