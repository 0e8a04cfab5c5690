package org.driftwatch.viewer.view;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.Told;

/**
 * The pipeline's sign of life, and whether records reach it: tells a source that is silent from a
 * pipeline that stands still. Not safe for several threads.
 */
public final class Pulse {
  /** The pipeline says how it is every other second. */
  private static final Duration STOPPED = Duration.ofSeconds(10);

  private static final Duration DRY = Duration.ofSeconds(5);
  private static final double HELD_BACK_SECONDS = 2;

  private final Clocks clocks;
  private Optional<StatusMessage> last = Optional.empty();
  private long heardAt;
  private long grewAt;

  /** Of a pipeline that has not been heard of. */
  public Pulse(Clocks clocks) {
    this.clocks = clocks;
  }

  /** Takes what the topic of the status says. */
  public void heard(Told<StatusMessage> told) {
    Optional<StatusMessage> now = told.messages().values().stream().findFirst();
    if (now.isPresent()) {
      heardAt = told.heard().orElseThrow();
      if (last.isEmpty() || records(last.get()) != records(now.get())) {
        grewAt = heardAt;
      }
    }
    last = now;
  }

  private static long records(StatusMessage status) {
    Counts counts = status.total();
    return counts.records() + counts.malformed() + counts.dropped() + counts.badTimestamps();
  }

  /** The newest status; empty if it is old. */
  public Optional<StatusMessage> status() {
    return last.filter(status -> since().orElseThrow().compareTo(STOPPED) <= 0);
  }

  /** Time since the newest status; empty before the first. */
  public Optional<Duration> since() {
    return last.map(status -> clocks.since(heardAt));
  }

  /** Why no result comes although Kafka answers. */
  String whyNoResult() {
    if (last.isEmpty()) {
      return "source or pipeline has stopped (the pipeline gives no status)";
    }
    if (status().isEmpty()) {
      return "the pipeline has stopped: no status for " + Numbers.duration(since().orElseThrow());
    }
    Duration dry = clocks.since(grewAt);
    if (dry.compareTo(DRY) > 0) {
      return "the source is silent: no record for " + Numbers.duration(dry);
    }
    StatusMessage status = last.get();
    if (status.heldBackSeconds() > HELD_BACK_SECONDS) {
      return "the pipeline holds results back "
          + String.format(Locale.ROOT, "%.0f s", status.heldBackSeconds())
          + (status.heldBackBy().isPresent()
              ? " for partition " + status.heldBackBy().getAsInt()
              : "");
    }
    return "the pipeline reads records but publishes nothing";
  }
}
