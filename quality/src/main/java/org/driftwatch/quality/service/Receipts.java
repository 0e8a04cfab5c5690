package org.driftwatch.quality.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.driftwatch.quality.check.Flow;

/**
 * When the newest window and the newest status were received, by the monotonic clock of this
 * machine. Not safe for several threads.
 */
final class Receipts {
  private static final Duration START = Duration.ofMinutes(2);

  private final LongSupplier nanoTime;
  private Optional<Instant> newest = Optional.empty();
  private long resultAt;
  private OptionalLong statusAt = OptionalLong.empty();

  /**
   * Begins to wait, with patience: a pipeline that is started together with the service, and its
   * source, need some time.
   */
  Receipts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    resultAt = nanoTime.getAsLong() + START.toNanos();
  }

  /** Nothing could be received until now, for Kafka was away. */
  void waitsAnew() {
    long now = nanoTime.getAsLong();
    resultAt = Math.max(resultAt, now);
    statusAt = statusAt.isPresent() ? OptionalLong.of(now) : statusAt;
  }

  /** The newest window judged; received now where it was another before. */
  void result(Optional<Instant> window) {
    if (!window.equals(newest)) {
      newest = window;
      resultAt = nanoTime.getAsLong();
    }
  }

  /** The newest window that was received by others before. */
  void known(Optional<Instant> window) {
    newest = window;
  }

  /** Somebody has been waiting for so long already. */
  void waitedFor(Duration time) {
    resultAt = Math.min(resultAt, nanoTime.getAsLong() - time.toNanos());
  }

  /** A status was received now. */
  void status() {
    statusAt = OptionalLong.of(nanoTime.getAsLong());
  }

  /** There is a status of a time that is not known: from now on the next is waited for. */
  void awaitStatus() {
    if (statusAt.isEmpty()) {
      status();
    }
  }

  /** How results flow now. */
  Flow flow() {
    long now = nanoTime.getAsLong();
    return new Flow(
        Optional.of(Duration.ofNanos(Math.max(0, now - resultAt))),
        statusAt.isPresent()
            ? Optional.of(Duration.ofNanos(now - statusAt.getAsLong()))
            : Optional.empty());
  }
}
