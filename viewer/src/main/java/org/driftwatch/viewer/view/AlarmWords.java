package org.driftwatch.viewer.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.AlarmCommand;
import org.driftwatch.quality.alarm.AlarmMessage;

/** Alarms in words, the same on screen and in the terminal. */
public final class AlarmWords {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private AlarmWords() {}

  /** A time with its day, UTC. */
  public static String time(Instant time) {
    return TIME.format(time);
  }

  /** What it is about. */
  public static String subject(Subject subject) {
    return subject.isRun() ? "Run" : "Chamber " + subject.chamber();
  }

  /** The alarm in one line. */
  public static String line(AlarmMessage alarm) {
    return subject(alarm.subject()) + ", " + alarm.check().title() + ": " + alarm.message();
  }

  /** A verdict in one line. */
  public static String line(Verdict verdict) {
    return subject(verdict.subject()) + ", " + verdict.check().title() + ": " + verdict.message();
  }

  /** How far it has got, with the times. */
  public static String course(AlarmMessage alarm) {
    StringBuilder words = new StringBuilder("raised ").append(time(alarm.raised()));
    alarm.ended().ifPresent(ended -> words.append(" · over since ").append(time(ended)));
    alarm
        .acknowledged()
        .ifPresentOrElse(
            by -> {
              words.append(" · acknowledged ").append(time(by.time())).append(" by ");
              words.append(by.by());
              if (!by.comment().isEmpty()) {
                words.append(": ").append(by.comment());
              }
            },
            () -> words.append(" · nobody has acknowledged it"));
    alarm
        .shelved()
        .ifPresent(
            by ->
                words
                    .append(" · shelved by ")
                    .append(by.by())
                    .append(" until ")
                    .append(time(by.until())));
    alarm.cleared().ifPresent(cleared -> words.append(" · cleared ").append(time(cleared)));
    return words.toString();
  }

  static String asked(AlarmCommand command) {
    return switch (command.command()) {
      case ACKNOWLEDGE -> "acknowledge";
      case SHELVE -> "shelve";
      case UNSHELVE -> "unshelve";
    };
  }

  static String answer(AlarmCommand command, AlarmMessage now) {
    String about = subject(now.subject()) + ", " + now.check().title();
    return switch (command.command()) {
      case ACKNOWLEDGE -> about + ": acknowledged by " + now.acknowledged().orElseThrow().by();
      case SHELVE, UNSHELVE ->
          about
              + now.shelved()
                  .map(by -> ": shelved until " + time(by.until()) + " UTC")
                  .orElse(": no longer shelved");
    };
  }
}
