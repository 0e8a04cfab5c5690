package org.driftwatch.quality.service;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.Guidance;
import org.driftwatch.quality.alarm.QualityMessage;

/**
 * What is said of each verdict on the topic {@code quality}, and when it is said again: at once
 * where the level or the cells accused change, else after half a minute; numbers of an alarm after
 * five seconds; how well the run is with the windows, once a second at most. A verdict that is no
 * longer given, as of a monitor that is silent, stays if it is an alarm, and is undecided
 * otherwise. Not safe for several threads.
 */
final class VerdictBook {
  private static final long SIGN_OF_LIFE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long FIGURES_NANOS = Duration.ofSeconds(5).toNanos();

  private static final long PULSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Guidance guidance;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private static final class Entry {
    QualityMessage said;
    long saidAt;

    Entry(QualityMessage said, long saidAt) {
      this.said = said;
      this.saidAt = saidAt;
    }

    boolean isOld(long nanos) {
      return nanos - saidAt >= SIGN_OF_LIFE_NANOS;
    }
  }

  /** Nothing has been said. */
  VerdictBook(Guidance guidance) {
    this.guidance = guidance;
  }

  /** Takes up what was said before; it is said again within five seconds. */
  void restore(QualityMessage message, long nanos) {
    entries.put(message.key(), new Entry(message, nanos - SIGN_OF_LIFE_NANOS + FIGURES_NANOS));
  }

  /** What was said last of every verdict. */
  List<QualityMessage> said() {
    return entries.values().stream().map(entry -> entry.said).toList();
  }

  /**
   * Takes a judgement.
   *
   * @param time when it came to be, in the time of the windows where a window told
   * @param nanos now, by the monotonic clock
   * @return what is to be published
   */
  List<QualityMessage> judged(Instant time, Judgement judgement, long nanos) {
    Judgement whole = whole(judgement, nanos);
    List<QualityMessage> news = new ArrayList<>();
    for (Verdict verdict : withOverall(whole)) {
      QualityMessage message = message(time.truncatedTo(ChronoUnit.MILLIS), whole, verdict);
      Entry entry = entries.get(verdict.key());
      if (entry == null) {
        entries.put(verdict.key(), new Entry(message, nanos));
        news.add(message);
      } else if (isDue(entry, message, nanos)) {
        entry.said = message;
        entry.saidAt = nanos;
        news.add(message);
      }
    }
    return news;
  }

  /** The judgement with the verdicts that it no longer gives. */
  private Judgement whole(Judgement judgement, long nanos) {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    judgement.verdicts().forEach(verdict -> verdicts.put(verdict.key(), verdict));
    for (Entry entry : entries.values()) {
      Verdict before = entry.said.verdict();
      if (before.check() != Check.OVERALL && !verdicts.containsKey(before.key())) {
        boolean isStale = before.level() == Level.GOOD && entry.isOld(nanos);
        verdicts.put(before.key(), isStale ? undecided(before) : before);
      }
    }
    return new Judgement(judgement.window(), List.copyOf(verdicts.values()));
  }

  private static Verdict undecided(Verdict before) {
    return new Verdict(
        before.subject(),
        before.check(),
        Level.UNDECIDED,
        0,
        Double.NaN,
        before.limit(),
        0,
        OptionalDouble.empty(),
        List.of(),
        "nothing to judge it by now");
  }

  private static boolean isDue(Entry entry, QualityMessage message, long nanos) {
    Verdict before = entry.said.verdict();
    Verdict now = message.verdict();
    return now.level() != before.level()
        || !now.cells().equals(before.cells())
        || entry.isOld(nanos)
        || (now.check() == Check.OVERALL
            && now.subject().isRun()
            && !message.window().equals(entry.said.window())
            && nanos - entry.saidAt >= PULSE_NANOS)
        || (now.level().alarms() && !now.equals(before) && nanos - entry.saidAt >= FIGURES_NANOS);
  }

  private QualityMessage message(Instant time, Judgement judgement, Verdict verdict) {
    Entry entry = entries.get(verdict.key());
    boolean isAsBefore = entry != null && entry.said.verdict().level() == verdict.level();
    return new QualityMessage(
        verdict,
        isAsBefore ? entry.said.since() : time,
        judgement.window(),
        verdict.level().alarms() ? action(judgement, verdict) : "");
  }

  private String action(Judgement judgement, Verdict verdict) {
    Check check =
        verdict.check() == Check.OVERALL
            ? judgement.of(verdict.subject()).get(0).check()
            : verdict.check();
    return guidance.action(verdict.subject(), check);
  }

  /** The verdicts, and of each subject its worst first. */
  private static List<Verdict> withOverall(Judgement judgement) {
    List<Verdict> all = new ArrayList<>();
    judgement.verdicts().stream()
        .map(Verdict::subject)
        .distinct()
        .sorted()
        .forEach(
            subject -> {
              all.add(overall(subject, judgement));
              all.addAll(judgement.of(subject));
            });
    return all;
  }

  private static Verdict overall(Subject subject, Judgement judgement) {
    Level level = judgement.level(subject);
    Verdict worst = judgement.of(subject).get(0);
    return new Verdict(
        subject,
        Check.OVERALL,
        level,
        worst.stretchSeconds(),
        Double.NaN,
        Double.NaN,
        0,
        OptionalDouble.empty(),
        List.of(),
        level.alarms()
            ? worst.check().title() + ": " + worst.message()
            : level == Level.GOOD ? "no check finds anything" : "too few entries to tell");
  }
}
