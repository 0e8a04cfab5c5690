package org.driftwatch.viewer.model;

import java.time.Duration;
import java.time.Instant;

/**
 * When a message was received. Immutable.
 *
 * @param nanos by the monotonic clock; of a message that lay in the topic before anybody listened,
 *     when it was published, as far as the two machines' clocks agree
 * @param clockAhead how far the publisher's clock is ahead of this machine's, negative if behind;
 *     the way of the message is part of it
 */
public record Arrival(long nanos, Duration clockAhead) {
  /** Of a message that has just been published. */
  public static Arrival now(Instant published, Clocks clocks) {
    return new Arrival(clocks.nanos(), Duration.between(clocks.now(), published));
  }

  /** Of a message of the past, published at this time. */
  public static Arrival past(Instant published, Clocks clocks) {
    Duration age = Duration.between(published, clocks.now());
    return new Arrival(
        clocks.nanos()
            - (age.isNegative() ? 0 : Math.min(age.toSeconds(), 1L << 32) * 1_000_000_000L),
        Duration.ZERO);
  }
}
