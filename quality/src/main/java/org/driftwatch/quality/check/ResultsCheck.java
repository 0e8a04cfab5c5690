package org.driftwatch.quality.check;

import java.time.Duration;
import java.util.Optional;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Thresholds.Limit;
import org.driftwatch.quality.Verdict;

/** Whether results come; and where they do not, whose fault it is. */
final class ResultsCheck {
  /** Before the first window nobody knows how long it is. */
  private static final long FIRST_WINDOW_MILLIS = 5_000;

  private final Thresholds thresholds;
  private final StatusChecks status;

  ResultsCheck(Thresholds thresholds, StatusChecks status) {
    this.thresholds = thresholds;
    this.status = status;
  }

  static Duration overdueAfter(Thresholds thresholds, long windowMillis) {
    return after(thresholds, Limit.RESULTS_OVERDUE, windowMillis);
  }

  private static Duration after(Thresholds thresholds, Limit windows, long windowMillis) {
    return Duration.ofMillis(
        Math.round(
            thresholds.get(windows) * windowMillis + 1000 * thresholds.get(Limit.RESULTS_GRACE)));
  }

  Optional<Verdict> verdict(Flow flow, long newestMillis) {
    if (flow.sinceResult().isEmpty()) {
      return Optional.empty();
    }
    Duration age = flow.sinceResult().get();
    long window = newestMillis == 0 ? FIRST_WINDOW_MILLIS : newestMillis;
    Duration overdue = overdueAfter(thresholds, window);
    boolean isOverdue = age.compareTo(overdue) > 0;
    boolean isSilent = age.compareTo(after(thresholds, Limit.RESULTS_SILENT, window)) > 0;
    double seconds = age.toMillis() / 1000.0;
    String time = Words.time(Math.floor(seconds));
    Level level = isSilent ? Level.BAD : isOverdue ? Level.WARNING : Level.GOOD;
    String message =
        isOverdue
            ? Words.format(
                "no new result for %s, limit %s: %s",
                time, Words.time(overdue.toMillis() / 1000.0), cause(flow))
            : newestMillis == 0
                ? "waiting for the first result"
                : Words.format("results come, one each %s", Words.time(window / 1000.0));
    return Optional.of(
        Words.verdict(
            Subject.RUN,
            Check.RESULTS,
            newestMillis == 0 && !isOverdue ? Level.UNDECIDED : level,
            window / 1000.0,
            seconds,
            overdue.toMillis() / 1000.0,
            0,
            message));
  }

  private String cause(Flow flow) {
    if (flow.sinceStatus().isEmpty()) {
      return "the pipeline gives no sign of life either";
    }
    Duration status = flow.sinceStatus().get();
    if (status.compareTo(StatusChecks.STALE) > 0) {
      return Words.format(
          "the pipeline gives no sign of life for %s either",
          Words.time((double) status.toSeconds()));
    }
    if (!this.status.isReading()) {
      return "the pipeline is well, but no records come from the source";
    }
    return this.status.heldBackSeconds() > 0
        ? Words.format(
            "the pipeline reads records, and holds results back by %s",
            Words.time(this.status.heldBackSeconds()))
        : "the pipeline reads records, and publishes nothing";
  }
}
