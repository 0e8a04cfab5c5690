package org.driftwatch.pipelines.publish;

import org.checkerframework.checker.nullness.qual.MonotonicNonNull;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The malformed records that a topic did not get: logged once a minute at most, and tried again
 * every ten seconds, so that no record waits for a topic that was just found to be gone. Safe for
 * use by several threads.
 */
final class DeadLetterLosses {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLosses.class);
  private static final long TRY_AGAIN_NANOS = 10_000_000_000L;
  private static final long TELL_AGAIN_NANOS = 60_000_000_000L;

  private final String topic;
  private boolean unwritable;
  private long triedAt;
  private @MonotonicNonNull String reason;
  private long untold;
  private boolean told;
  private long toldAt;

  DeadLetterLosses(String topic) {
    this.topic = topic;
  }

  /** True where the topic could not be written when that was tried last. */
  synchronized boolean isUnwritable() {
    return unwritable;
  }

  /** True for the first to ask after a while: the others are spared the waiting. */
  synchronized boolean isTurnToTry() {
    long now = System.nanoTime();
    if (now - triedAt < TRY_AGAIN_NANOS) {
      return false;
    }
    triedAt = now;
    return true;
  }

  /** Tells that the topic can be written. */
  synchronized void written() {
    unwritable = false;
  }

  /** Tells that the topic cannot be written, and how many records are lost by that. */
  synchronized void unwritable(long records, String why) {
    unwritable = true;
    triedAt = System.nanoTime();
    lost(records, why);
  }

  /** Adds records that nobody tried to send, because the topic cannot be written. */
  synchronized void lost(long records) {
    lost(records, reason == null ? "the topic cannot be written" : reason);
  }

  /** Adds records that are lost. */
  synchronized void lost(long records, String why) {
    reason = why;
    untold += records;
    long now = System.nanoTime();
    if (untold == 0 || (told && now - toldAt < TELL_AGAIN_NANOS)) {
      return;
    }
    LOG.warn(
        "{} malformed records are missing in topic {} ({}); the results count them, and the"
            + " monitor continues",
        untold,
        topic,
        why);
    untold = 0;
    told = true;
    toldAt = now;
  }
}
