package org.driftwatch.viewer;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.AlarmMessage.Acknowledgement;
import org.driftwatch.quality.alarm.AlarmMessage.Shelving;
import org.driftwatch.quality.alarm.AlarmMessage.State;
import org.driftwatch.quality.alarm.QualityMessage;
import org.driftwatch.viewer.model.Told;

/** Alarms and verdicts as the service writes them. */
public final class AlarmsOfTests {
  private AlarmsOfTests() {}

  /** An alarm that lasts. */
  public static AlarmMessage raised(Subject subject, Check check, Level level, Instant at) {
    return of(
        subject,
        check,
        State.RAISED,
        level,
        at,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A dead chamber. */
  public static AlarmMessage dead(int chamber, Instant at) {
    return raised(new Subject(chamber), Check.HITS, Level.BAD, at);
  }

  /** The same, acknowledged. */
  public static AlarmMessage acknowledged(
      AlarmMessage alarm, Instant at, String by, String comment) {
    return of(
        alarm.subject(),
        alarm.check(),
        alarm.active() ? State.ACKNOWLEDGED : State.CLEARED,
        alarm.level(),
        alarm.raised(),
        alarm.ended(),
        Optional.of(new Acknowledgement(at, by, comment)),
        Optional.empty());
  }

  /** The same, over. */
  public static AlarmMessage over(AlarmMessage alarm, Instant at) {
    return of(
        alarm.subject(),
        alarm.check(),
        alarm.acknowledged().isPresent() ? State.CLEARED : State.RAISED,
        alarm.level(),
        alarm.raised(),
        Optional.of(at),
        alarm.acknowledged(),
        alarm.shelved());
  }

  /** The same, shelved. */
  public static AlarmMessage shelved(AlarmMessage alarm, Instant until) {
    return of(
        alarm.subject(),
        alarm.check(),
        alarm.state(),
        alarm.level(),
        alarm.raised(),
        alarm.ended(),
        alarm.acknowledged(),
        Optional.of(new Shelving(until, "kim", "")));
  }

  /** The same at another level. */
  public static AlarmMessage at(AlarmMessage alarm, Level level) {
    return of(
        alarm.subject(),
        alarm.check(),
        State.RAISED,
        level,
        alarm.raised(),
        Optional.empty(),
        Optional.empty(),
        alarm.shelved());
  }

  private static AlarmMessage of(
      Subject subject,
      Check check,
      State state,
      Level level,
      Instant raised,
      Optional<Instant> ended,
      Optional<Acknowledgement> by,
      Optional<Shelving> shelved) {
    return new AlarmMessage(
        subject,
        check,
        state,
        level,
        ended.isPresent() ? Level.GOOD : level,
        ended.isEmpty(),
        raised,
        ended,
        by,
        Optional.empty(),
        Optional.empty(),
        shelved,
        state == State.CLEARED ? Optional.of(raised.plusSeconds(100)) : Optional.empty(),
        Optional.of(raised),
        0,
        0.3,
        "dead: no hit in 4 s, at least 240 expected; limit 0.30 of that",
        "Check high voltage.");
  }

  /** A topic that holds these. */
  public static Told<AlarmMessage> told(long nanos, AlarmMessage... alarms) {
    return new Told<>(
        Stream.of(alarms).collect(Collectors.toMap(AlarmMessage::key, alarm -> alarm)),
        Optional.of(nanos));
  }

  /** Verdicts as the topic tells them. */
  public static QualityMessage verdict(Subject subject, Check check, Level level, int... cells) {
    return new QualityMessage(
        new Verdict(
            subject,
            check,
            level,
            4,
            0,
            0.3,
            0,
            OptionalDouble.empty(),
            Arrays.stream(cells).boxed().toList(),
            check.title() + " " + level.word() + " in 4 s"),
        Summaries.START,
        Optional.of(Summaries.START),
        level.alarms() ? "Check high voltage." : "");
  }

  /** A topic that holds these. */
  public static Told<QualityMessage> told(long nanos, List<QualityMessage> verdicts) {
    return new Told<>(
        verdicts.stream().collect(Collectors.toMap(QualityMessage::key, verdict -> verdict)),
        Optional.of(nanos));
  }
}
