package org.driftwatch.viewer.text;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.viewer.verdict.StatusCheck;
import org.driftwatch.viewer.verdict.Thresholds;
import org.driftwatch.viewer.verdict.Verdict;

/**
 * Says in a line of text what the monitor warns of, at most once in half a minute. Belongs to the
 * thread that reads the status.
 */
public final class StatusNotices implements Consumer<StatusMessage> {
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final PrintStream notices;
  private final Thresholds thresholds;
  private final Clock clock;
  private Instant told = Instant.EPOCH;

  /** Notices on this stream. */
  public StatusNotices(PrintStream notices, Thresholds thresholds, Clock clock) {
    this.notices = notices;
    this.thresholds = thresholds;
    this.clock = clock;
  }

  @Override
  public void accept(StatusMessage status) {
    Instant now = clock.instant();
    if (Duration.between(told, now).compareTo(AGAIN) < 0) {
      return;
    }
    for (Verdict verdict : StatusCheck.judge(status, now, thresholds)) {
      if (verdict.level().alarms()) {
        notices.println("viewer: " + verdict.reason());
        told = now;
      }
    }
  }
}
