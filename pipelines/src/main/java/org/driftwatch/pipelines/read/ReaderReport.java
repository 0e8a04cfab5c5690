package org.driftwatch.pipelines.read;

import java.util.Locale;
import java.util.Optional;
import org.driftwatch.pipelines.clock.StreamClock;
import org.driftwatch.pipelines.observe.LogThrottle;
import org.driftwatch.pipelines.observe.PipelineMetrics;
import org.driftwatch.pipelines.restart.StartAgain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once a second, in metrics and now and then in the log, what delays the results of a stream;
 * and ends the run where only a new start can go on. Used by the reader's thread.
 */
final class ReaderReport {
  private static final Logger LOG = LoggerFactory.getLogger(ReadStream.class);
  private static final LogThrottle HELD_BACK_LINE = new LogThrottle(60);
  private static final LogThrottle CLOCK_LINE = new LogThrottle(600);
  private static final long LOOK_NANOS = 1_000_000_000;
  private static final long HELD_BACK_MILLIS = 10_000;
  private static final long NONE = -1;

  private final String topic;
  private final SharedClock shared;
  private long lookedAt = System.nanoTime() - LOOK_NANOS;

  ReaderReport(String topic, SharedClock shared) {
    this.topic = topic;
    this.shared = shared;
  }

  void look() {
    long now = System.nanoTime();
    if (now - lookedAt < LOOK_NANOS) {
      return;
    }
    lookedAt = now;
    StreamClock clock = shared.clock();
    shared.whyStartAgain().ifPresent(StartAgain::exit);
    long setBack = clock.setBackMillis();
    if (setBack > 0) {
      StartAgain.exit(
          "The clocks of this machine and of the producers were set back; results are already "
              + seconds(setBack)
              + " s ahead of them");
    }
    reportHeldBack(clock.heldBack());
    reportClockBehind(clock.behindProducersMillis());
  }

  private void reportHeldBack(Optional<StreamClock.HeldBack> held) {
    PipelineMetrics.heldBackMillis().set(held.map(StreamClock.HeldBack::millis).orElse(0L));
    PipelineMetrics.heldBackPartition().set(held.map(h -> (long) h.partition()).orElse(NONE));
    held.filter(h -> h.millis() >= HELD_BACK_MILLIS && HELD_BACK_LINE.isDue())
        .ifPresent(
            h ->
                LOG.warn(
                    "Partition {} of {} delays the results: it is {} s behind the others; {}",
                    h.partition(),
                    topic,
                    seconds(h.millis()),
                    h.unread() > 0
                        ? "about " + h.unread() + " records of it are unread"
                        : "its leader does not answer"));
  }

  private void reportClockBehind(long millis) {
    PipelineMetrics.clockBehindMillis().set(millis);
    if (millis > 0 && CLOCK_LINE.isDue()) {
      LOG.warn(
          "Most records of {} are stamped {} s ahead of this machine's clock: results come that"
              + " much"
              + " later; check the clocks of this machine and of the producers",
          topic,
          seconds(millis));
    }
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }
}
