package org.driftwatch.viewer.view;

import java.time.Duration;
import java.util.Optional;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.check.Judge;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Numbers;

/**
 * That no results come, and why. Immutable.
 *
 * @param word what is the matter, in a word or two
 * @param reason in a sentence: Kafka, the topic, the pipeline or the source
 * @param isUrgent false while it may be a matter of seconds
 */
public record Silence(String word, String reason, boolean isUrgent) {
  /**
   * The silence at this moment; empty while results come.
   *
   * @param newest ends of the newest window; empty before the first
   * @param age since it was received
   * @param thresholds say when a result is overdue
   */
  public static Optional<Silence> of(
      Connection connection,
      Optional<WindowSummary.Span> newest,
      Optional<Duration> age,
      Pulse pulse,
      Thresholds thresholds) {
    boolean isReading = connection.state() == Connection.State.READING_HISTORY;
    if (connection.state() != Connection.State.LIVE && !isReading) {
      return Optional.of(of(connection));
    }
    if (newest.isEmpty() && !isReading) {
      return Optional.of(new Silence("waiting", "no window yet: " + pulse.whyNoResult(), false));
    }
    if (newest.isEmpty()) {
      return Optional.of(of(connection));
    }
    // Newest results come first: while the rest is read, those that follow are shown.
    Duration window = Duration.between(newest.get().start(), newest.get().end());
    return age.filter(a -> a.compareTo(Judge.overdueAfter(thresholds, window)) > 0)
        .map(
            a ->
                isReading
                    ? of(connection)
                    : new Silence(
                        "stale",
                        "no new result for " + Numbers.duration(a) + ": " + pulse.whyNoResult(),
                        true));
  }

  private static Silence of(Connection connection) {
    String detail = connection.detail();
    return switch (connection.state()) {
      case WAITING_FOR_KAFKA -> new Silence("no Kafka", detail, true);
      case WAITING_FOR_TOPIC -> new Silence("no topic", detail, false);
      case READING_HISTORY -> new Silence("reading", "reading the history: " + detail, false);
      case KAFKA_LOST -> new Silence("Kafka lost", detail, true);
      case REFUSED -> new Silence("refused", detail, true);
      case TOPIC_GONE -> new Silence("topic gone", detail, true);
      case FAILED -> new Silence("viewer failed", detail, true);
      case LIVE -> throw new IllegalArgumentException("live");
    };
  }
}
