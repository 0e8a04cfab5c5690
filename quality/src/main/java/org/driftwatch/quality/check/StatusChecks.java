package org.driftwatch.quality.check;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Thresholds.Limit;
import org.driftwatch.quality.Verdict;

/**
 * What the monitor says of itself: records that do not fit the detector's description, late and
 * dropped ones, results held back, a clock that is behind. Not safe for several threads.
 */
final class StatusChecks {
  /** The monitor sends its status every two seconds; an older one says nothing of the present. */
  static final Duration STALE = Duration.ofSeconds(10);

  private static final long LONGEST_MILLIS = 600_000;

  /** Lengths of the stretches that are looked at, ms. */
  private static final long[] LENGTHS = {3_000, 6_000, 12_000, 30_000, 90_000, LONGEST_MILLIS};

  private final double warning;
  private final double heldBack;
  private final double clockBehind;
  private final ShareWatch late;
  private final ShareWatch dropped;
  private final Deque<StatusMessage> recent = new ArrayDeque<>();

  StatusChecks(Thresholds thresholds) {
    warning = thresholds.get(Limit.RECORDS_WARNING) / 100;
    double bad = thresholds.get(Limit.RECORDS_BAD) / 100;
    double chance = thresholds.chance(1);
    heldBack = thresholds.get(Limit.HELD_BACK);
    clockBehind = thresholds.get(Limit.CLOCK_BEHIND);
    late = new ShareWatch(Check.LATE, "of the records came late", bad, chance);
    dropped =
        new ShareWatch(
            Check.DROPPED,
            "of the records were dropped, too late or with an impossible timestamp",
            bad,
            chance);
  }

  /** Takes the newest status. */
  void status(StatusMessage status) {
    if (!recent.isEmpty()) {
      StatusMessage last = recent.getLast();
      if (!last.started().equals(status.started())) {
        // Another run of the monitor counts from nothing.
        recent.clear();
      } else if (!status.time().isAfter(last.time())) {
        return;
      }
    }
    recent.addLast(status);
    long oldest = status.time().toEpochMilli() - LONGEST_MILLIS;
    while (recent.size() > 2 && second().time().toEpochMilli() < oldest) {
      recent.removeFirst();
    }
    late.look(parts(StatusChecks::late), warning);
    dropped.look(parts(StatusChecks::dropped), warning);
  }

  private StatusMessage second() {
    Iterator<StatusMessage> all = recent.iterator();
    all.next();
    return all.next();
  }

  private static long late(Counts counts) {
    return counts.late();
  }

  private static long dropped(Counts counts) {
    return counts.dropped() + counts.badTimestamps();
  }

  private interface Some {
    long of(Counts counts);
  }

  /** Some of the records, since so long ago; since the monitor's start if it was later. */
  private List<ShareWatch.Part> parts(Some some) {
    List<ShareWatch.Part> parts = new ArrayList<>();
    if (recent.isEmpty()) {
      return parts;
    }
    StatusMessage newest = recent.getLast();
    long to = newest.time().toEpochMilli();
    long started = newest.started().toEpochMilli();
    for (long length : LENGTHS) {
      Optional<StatusMessage> before = before(to - length);
      long from = before.map(status -> status.time().toEpochMilli()).orElse(started);
      Counts counts = newest.total().since(before.map(StatusMessage::total).orElse(Counts.NONE));
      long all = counts.records() + counts.malformed() + counts.dropped() + counts.badTimestamps();
      parts.add(new ShareWatch.Part(from, to, (to - from) / 1000.0, some.of(counts), all));
      if (before.isEmpty()) {
        break;
      }
    }
    return parts;
  }

  /**
   * The last status of that time or before; without one the first that there is, if the monitor has
   * run for long. Empty if the monitor was started after that time.
   */
  private Optional<StatusMessage> before(long millis) {
    Optional<StatusMessage> found = Optional.empty();
    for (StatusMessage status : recent) {
      if (status.time().toEpochMilli() <= millis) {
        found = Optional.of(status);
      }
    }
    boolean isOld = recent.getLast().started().toEpochMilli() < millis;
    return found.isEmpty() && isOld && recent.size() > 1 ? Optional.of(recent.getFirst()) : found;
  }

  /** True if the monitor is alive and reads records: then it is not the source that is silent. */
  boolean isReading() {
    return !recent.isEmpty()
        && recent.getLast().lastMinute().records() + recent.getLast().lastMinute().malformed() > 0
        && hasRecordsLately();
  }

  /** Records since ten seconds ago or so. */
  private boolean hasRecordsLately() {
    StatusMessage newest = recent.getLast();
    Counts before = Counts.NONE;
    for (StatusMessage status : recent) {
      if (Duration.between(status.time(), newest.time()).compareTo(STALE) >= 0) {
        before = status.total();
      }
    }
    Counts since = newest.total().since(before);
    return since.records() + since.malformed() + since.dropped() + since.badTimestamps() > 0;
  }

  /** Seconds that results are held back; 0 if none is known. */
  double heldBackSeconds() {
    return recent.isEmpty() ? 0 : recent.getLast().heldBackSeconds();
  }

  /** The verdicts, if the newest status is of the present. */
  List<Verdict> verdicts(Optional<Duration> sinceStatus) {
    List<Verdict> verdicts = new ArrayList<>();
    if (recent.isEmpty() || sinceStatus.isEmpty() || sinceStatus.get().compareTo(STALE) > 0) {
      return verdicts;
    }
    StatusMessage newest = recent.getLast();
    long records = newest.lastMinute().records();
    verdicts.add(
        Words.verdict(
            Subject.RUN,
            Check.DESCRIPTION,
            newest.problem().isPresent() ? Level.BAD : Level.GOOD,
            newest.lastMinuteSeconds(),
            0,
            0,
            records,
            newest.problem().orElse("records fit the detector's description")));
    verdicts.add(late.verdict(parts(StatusChecks::late), warning));
    verdicts.add(dropped.verdict(parts(StatusChecks::dropped), warning));
    verdicts.add(delay(newest));
    return verdicts;
  }

  private Verdict delay(StatusMessage status) {
    boolean isHeld = status.heldBackSeconds() > heldBack;
    boolean isBehind = status.clockBehindSeconds() > clockBehind;
    String message =
        isHeld
            ? Words.format(
                "results are held back %s%s, limit %s",
                Words.time(status.heldBackSeconds()),
                status.heldBackBy().isPresent()
                    ? " by partition " + status.heldBackBy().getAsInt()
                    : "",
                Words.time(heldBack))
            : isBehind
                ? Words.format(
                    "the monitor's clock is %s behind its producers', limit %s",
                    Words.time(status.clockBehindSeconds()), Words.time(clockBehind))
                : "results are not held back";
    return Words.verdict(
        Subject.RUN,
        Check.DELAY,
        isHeld || isBehind ? Level.WARNING : Level.GOOD,
        0,
        isBehind && !isHeld ? status.clockBehindSeconds() : status.heldBackSeconds(),
        isBehind && !isHeld ? clockBehind : heldBack,
        1,
        message);
  }

  void restore(Check check, long now) {
    if (check == Check.LATE) {
      late.restore(now);
    } else if (check == Check.DROPPED) {
      dropped.restore(now);
    }
  }
}
