package org.driftwatch.viewer.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.viewer.verdict.Thresholds.Limit;
import org.driftwatch.viewer.verdict.Verdict.Check;

/**
 * The monitor's status: records that do not fit the detector's description, shares of records that
 * do not count as they should, results held back, a clock that is behind.
 */
public final class StatusCheck {
  /** An older status says nothing of the present. */
  private static final Duration STALE = Duration.ofSeconds(10);

  private StatusCheck() {}

  /** Judges a status; empty if it is old. */
  public static List<Verdict> judge(StatusMessage status, Instant now, Thresholds thresholds) {
    if (Duration.between(status.time(), now).compareTo(STALE) > 0) {
      return List.of();
    }
    List<Verdict> verdicts = new ArrayList<>();
    Counts counts = status.lastMinute();
    long all = counts.records() + counts.malformed() + counts.dropped() + counts.badTimestamps();
    status
        .problem()
        .ifPresent(
            problem -> verdicts.add(new Verdict(Level.BAD, Check.RECORDS, problem, all, 0, all)));
    double records = thresholds.get(Limit.RECORDS_WARNING);
    share(
        verdicts,
        counts.dropped(),
        all,
        records,
        "came too late and were dropped: is a clock wrong?");
    share(
        verdicts,
        counts.badTimestamps(),
        all,
        records,
        "have a timestamp that belongs to no window: is a clock wrong?");
    share(
        verdicts,
        counts.malformed(),
        all,
        records,
        "were malformed: topic stream-rejected says why");
    share(verdicts, counts.late(), all, records, "came late and refined their windows");
    double held = thresholds.get(Limit.HELD_BACK);
    if (status.heldBackSeconds() > held) {
      String by =
          status.heldBackBy().isPresent() ? " by partition " + status.heldBackBy().getAsInt() : "";
      verdicts.add(
          delay(
              "results are held back " + seconds(status.heldBackSeconds()) + by,
              status.heldBackSeconds(),
              held));
    }
    double behind = thresholds.get(Limit.CLOCK_BEHIND);
    if (status.clockBehindSeconds() > behind) {
      verdicts.add(
          delay(
              "the monitor's clock is "
                  + seconds(status.clockBehindSeconds())
                  + " behind its producers'",
              status.clockBehindSeconds(),
              behind));
    }
    return verdicts;
  }

  /** A line if there are any; a warning beyond the limit. */
  private static void share(
      List<Verdict> verdicts, long some, long all, double limit, String what) {
    if (some == 0) {
      return;
    }
    double percent = 100.0 * some / Math.max(some, all);
    verdicts.add(
        new Verdict(
            percent > limit ? Level.WARNING : Level.GOOD,
            Check.RECORDS,
            String.format(
                Locale.ROOT,
                "%s of the records of the last minute %s",
                percent < 0.1 ? "less than 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent),
                what),
            percent,
            limit,
            all));
  }

  private static Verdict delay(String reason, double value, double limit) {
    return new Verdict(Level.WARNING, Check.DELAY, reason, value, limit, 1);
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f s" : "%.0f s", value);
  }
}
