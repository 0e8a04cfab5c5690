package org.driftwatch.quality.alarm;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.AlarmMessage.Acknowledgement;
import org.driftwatch.quality.alarm.AlarmMessage.Shelving;
import org.driftwatch.quality.alarm.AlarmMessage.State;

/**
 * The life of alarms. One is raised when a verdict becomes a warning or bad, and raised again when
 * it becomes worse than ever. It is over when the verdict is good again; too few entries to tell
 * end none. It stays open until it is over and somebody has acknowledged it, in any order. The same
 * verdicts, commands and times in the same order give the same alarms. Not safe for several
 * threads.
 */
public final class Alarms {
  /** Longest shelving. */
  public static final Duration LONGEST_SHELVING = Duration.ofDays(30);

  /** One that nobody acknowledged and that was over this long calls again when it comes back. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private final Guidance guidance;

  /** Open alarms by the key of their verdict: one for each. */
  private final Map<String, AlarmMessage> open = new HashMap<>();

  /** When the newest alarm of each verdict was raised: no two have the same key. */
  private final Map<String, Instant> newest = new HashMap<>();

  /**
   * What became of a command.
   *
   * @param change the alarm that it changed; empty where it changed none
   * @param answer one line for the log
   * @param accepts true where what is there now is to be expected from now on
   */
  public record Outcome(Optional<AlarmMessage> change, String answer, boolean accepts) {}

  /** No alarms yet. */
  public Alarms(Guidance guidance) {
    this.guidance = guidance;
  }

  /** Takes up an alarm of an earlier run, open or cleared. */
  public void restore(AlarmMessage alarm) {
    newest.merge(alarm.verdictKey(), alarm.raised(), Alarms::later);
    if (alarm.isOpen()) {
      open.put(alarm.verdictKey(), alarm);
    }
  }

  /** The open alarms, oldest first. */
  public List<AlarmMessage> open() {
    return open.values().stream()
        .sorted(Comparator.comparing(AlarmMessage::raised).thenComparing(AlarmMessage::verdictKey))
        .toList();
  }

  /**
   * Takes verdicts; a check that none of them is about stays as it was.
   *
   * @param time when they came to be, in the time of the windows where a window told
   * @return what has changed, in the order of the verdicts
   */
  public List<AlarmMessage> judged(Instant time, Judgement judgement) {
    Instant when = time.truncatedTo(ChronoUnit.MILLIS);
    List<AlarmMessage> changes = new ArrayList<>();
    for (Verdict verdict : judgement.verdicts()) {
      if (verdict.check() != Check.OVERALL) {
        judged(when, judgement.window(), verdict).ifPresent(changes::add);
      }
    }
    return changes;
  }

  private Optional<AlarmMessage> judged(Instant time, Optional<Instant> window, Verdict verdict) {
    AlarmMessage alarm = open.get(verdict.key());
    if (alarm == null) {
      return verdict.level().alarms()
          ? Optional.of(changed(raised(time, window, verdict)))
          : Optional.empty();
    }
    if (verdict.level() == alarm.now()) {
      return Optional.empty();
    }
    AlarmMessage.Builder next = alarm.with().now(verdict.level()).window(window);
    if (verdict.level().alarms()) {
      boolean isWorse = verdict.level().compareTo(alarm.level()) > 0;
      boolean isForgotten =
          alarm.ended().isPresent() && !time.isBefore(alarm.ended().get().plus(FORGOTTEN));
      next.active(true).ended(Optional.empty());
      if (verdict.level() == alarm.level() || isWorse || !alarm.active()) {
        next.said(verdict);
      }
      if (isWorse || isForgotten) {
        next.called(Optional.empty());
      }
      if (isWorse) {
        next.level(verdict.level()).state(State.RAISED).acknowledged(Optional.empty());
      }
      return Optional.of(changed(next.build()));
    }
    if (verdict.level() == Level.GOOD) {
      Instant end = later(time, alarm.raised());
      next.active(false).ended(Optional.of(end));
      if (alarm.state() == State.ACKNOWLEDGED) {
        next.state(State.CLEARED).cleared(Optional.of(end));
      }
    }
    return Optional.of(changed(next.build()));
  }

  private AlarmMessage raised(Instant time, Optional<Instant> window, Verdict verdict) {
    Instant before = newest.get(verdict.key());
    Instant raised = before == null ? time : later(time, before.plusMillis(1));
    newest.put(verdict.key(), raised);
    return new AlarmMessage(
        verdict.subject(),
        verdict.check(),
        State.RAISED,
        verdict.level(),
        verdict.level(),
        true,
        raised,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        window,
        verdict.value(),
        verdict.limit(),
        verdict.message(),
        guidance.action(verdict.subject(), verdict.check()));
  }

  private AlarmMessage changed(AlarmMessage alarm) {
    if (alarm.isOpen()) {
      open.put(alarm.verdictKey(), alarm);
    } else {
      open.remove(alarm.verdictKey());
    }
    return alarm;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * Does what somebody asks.
   *
   * @param time by the service's clock
   * @param window start of the newest window judged
   */
  public Outcome command(Instant time, Optional<Instant> window, AlarmCommand command) {
    Instant when = time.truncatedTo(ChronoUnit.MILLIS);
    for (AlarmMessage alarm : open.values()) {
      if (alarm.key().equals(command.alarm())) {
        return switch (command.command()) {
          case ACKNOWLEDGE -> acknowledge(when, window, alarm, command);
          case SHELVE -> shelve(when, alarm, command);
          case UNSHELVE -> unshelve(alarm, command);
        };
      }
    }
    return refused(command, "there is no such open alarm");
  }

  private Outcome acknowledge(
      Instant time, Optional<Instant> window, AlarmMessage alarm, AlarmCommand command) {
    if (alarm.acknowledged().isPresent()) {
      return refused(command, alarm.acknowledged().get().by() + " has acknowledged it before");
    }
    AlarmMessage.Builder next =
        alarm
            .with()
            .state(State.ACKNOWLEDGED)
            .acknowledged(Optional.of(new Acknowledgement(time, command.by(), command.comment())));
    if (alarm.active()) {
      next.accepted(window);
    } else {
      next.state(State.CLEARED).cleared(Optional.of(later(time, alarm.raised())));
    }
    return done(command, changed(next.build()), alarm.active());
  }

  private Outcome shelve(Instant time, AlarmMessage alarm, AlarmCommand command) {
    Instant until = command.until().orElse(time).truncatedTo(ChronoUnit.MILLIS);
    if (!until.isAfter(time)) {
      return refused(command, "until " + until + " is over");
    }
    if (until.isAfter(time.plus(LONGEST_SHELVING))) {
      return refused(
          command, "until " + until + " is more than " + LONGEST_SHELVING.toDays() + " days ahead");
    }
    Shelving shelving = new Shelving(until, command.by(), command.comment());
    if (alarm.shelved().equals(Optional.of(shelving))) {
      return refused(command, "it is so already");
    }
    return done(command, changed(alarm.with().shelved(Optional.of(shelving)).build()), false);
  }

  private Outcome unshelve(AlarmMessage alarm, AlarmCommand command) {
    return alarm.isShelved()
        ? done(command, unshelved(alarm), false)
        : refused(command, "it is not shelved");
  }

  /** What was silent and lasts calls now, whether or not it has before. */
  private AlarmMessage unshelved(AlarmMessage alarm) {
    AlarmMessage.Builder next = alarm.with().shelved(Optional.empty());
    if (alarm.active()) {
      next.called(Optional.empty());
    }
    return changed(next.build());
  }

  /**
   * Notes that hooks have told people of an alarm.
   *
   * @param told the alarm as they were told it
   * @return the alarm as it is now; empty where it has become worse since, or is not open
   */
  public Optional<AlarmMessage> called(Instant time, AlarmMessage told) {
    AlarmMessage alarm = open.get(told.verdictKey());
    return alarm == null || !alarm.key().equals(told.key()) || alarm.level() != told.level()
        ? Optional.empty()
        : Optional.of(
            changed(alarm.with().called(Optional.of(time.truncatedTo(ChronoUnit.MILLIS))).build()));
  }

  private static Outcome done(AlarmCommand command, AlarmMessage change, boolean accepts) {
    return new Outcome(Optional.of(change), line(command) + ": done", accepts);
  }

  private static Outcome refused(AlarmCommand command, String why) {
    return new Outcome(Optional.empty(), line(command) + ": " + why, false);
  }

  private static String line(AlarmCommand command) {
    return command.by()
        + " asks to "
        + command.command().name().toLowerCase(Locale.ROOT)
        + " "
        + command.alarm();
  }

  /** Ends the shelvings whose time has come, by the service's clock. */
  public List<AlarmMessage> passed(Instant time) {
    List<AlarmMessage> changes = new ArrayList<>();
    for (AlarmMessage alarm : open()) {
      if (alarm.shelved().filter(shelving -> !shelving.until().isAfter(time)).isPresent()) {
        changes.add(unshelved(alarm));
      }
    }
    return changes;
  }
}
