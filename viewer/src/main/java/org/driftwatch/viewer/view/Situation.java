package org.driftwatch.viewer.view;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.alarm.AlarmMessage;

/**
 * How everything is now, whatever the pages show. Immutable.
 *
 * @param level how well the run is; empty while no results come, since nobody can tell then
 * @param word the level, or what is the matter, in a word or two
 * @param reason the worst verdict, or why no results come; empty if there is nothing to say
 * @param isUrgent true where no results come that should
 * @param age since the newest result was received; empty before the first
 * @param alarms open alarms that are not shelved, the newest first
 * @param shelved how many more are shelved
 * @param judge who judges; a warning if nobody raises alarms
 * @param isJudged false if nobody raises alarms
 */
public record Situation(
    Optional<Level> level,
    String word,
    String reason,
    boolean isUrgent,
    Optional<Duration> age,
    List<AlarmMessage> alarms,
    int shelved,
    String judge,
    boolean isJudged) {
  /** Copies the list. */
  public Situation {
    alarms = List.copyOf(alarms);
  }

  /** True while results come. */
  public boolean flows() {
    return level.isPresent();
  }

  /** The newest open alarm that nobody has acknowledged; if all are, the newest. */
  public Optional<AlarmMessage> alarm() {
    return alarms.stream()
        .filter(alarm -> alarm.acknowledged().isEmpty())
        .findFirst()
        .or(() -> alarms.stream().findFirst());
  }

  /** Open alarms that nobody has acknowledged. */
  public long unacknowledged() {
    return alarms.stream().filter(alarm -> alarm.acknowledged().isEmpty()).count();
  }
}
