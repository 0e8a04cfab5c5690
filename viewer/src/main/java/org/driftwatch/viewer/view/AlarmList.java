package org.driftwatch.viewer.view;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.model.Told;
import org.driftwatch.viewer.plot.AlarmMark;

/**
 * All alarms that the topic knows, the newest first. Immutable.
 *
 * @param alarms the alarms
 */
public record AlarmList(List<AlarmMessage> alarms) {
  /** Sorts them. */
  public AlarmList {
    alarms =
        alarms.stream()
            .sorted(
                Comparator.comparing(AlarmMessage::raised)
                    .reversed()
                    .thenComparing(AlarmMessage::key))
            .toList();
  }

  /** Those that a topic holds. */
  public static AlarmList of(Told<AlarmMessage> told) {
    return new AlarmList(List.copyOf(told.messages().values()));
  }

  /** Those that are not cleared: nobody acknowledged them, or they are not over. */
  public List<AlarmMessage> open() {
    return alarms.stream().filter(AlarmMessage::isOpen).toList();
  }

  /** Open ones that are not shelved: those that somebody should think of now. */
  public List<AlarmMessage> calling() {
    return open().stream().filter(alarm -> !alarm.isShelved()).toList();
  }

  /** Where the alarms lie in time, of a chamber or of the run. */
  public List<AlarmMark> marks(Subject subject) {
    return marks(alarms.stream().filter(alarm -> alarm.subject().equals(subject)).toList());
  }

  /** Where the alarms of one of the run's checks lie in time. */
  public List<AlarmMark> marks(Check check) {
    return marks(
        alarms.stream()
            .filter(alarm -> alarm.subject().isRun() && alarm.check() == check)
            .toList());
  }

  /** Where all alarms lie in time. */
  public List<AlarmMark> marks() {
    return marks(alarms);
  }

  private static List<AlarmMark> marks(List<AlarmMessage> of) {
    return of.stream()
        .map(
            alarm ->
                new AlarmMark(
                    alarm.raised(),
                    alarm.active() ? Instant.MAX : alarm.ended().orElse(alarm.raised()),
                    alarm.level(),
                    alarm.message()))
        .toList();
  }
}
