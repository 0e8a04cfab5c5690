package org.driftwatch.pipelines.parse;

import java.util.concurrent.atomic.AtomicLong;
import org.driftwatch.pipelines.observe.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says, at most once a minute in each process, how many records came too late for any window. */
final class DroppedRecords {
  private static final Logger LOG = LoggerFactory.getLogger(ParseRecords.class);
  private static final LogThrottle LINE = new LogThrottle(60);
  private static final AtomicLong SINCE_LAST_LINE = new AtomicLong();

  private DroppedRecords() {}

  /**
   * Counts records that were dropped.
   *
   * @param lateMillis how far the oldest of them is behind the watermark, ms
   */
  static void log(String topic, long records, long lateMillis) {
    SINCE_LAST_LINE.addAndGet(records);
    if (LINE.isDue()) {
      LOG.warn(
          "Dropped {} records of {} since the last such line: they were later than"
              + " --allowedLateness; the oldest is {} s behind the watermark. If this continues,"
              + " a producer's clock is behind, or the lateness is too short",
          SINCE_LAST_LINE.getAndSet(0),
          topic,
          lateMillis / 1000);
    }
  }
}
