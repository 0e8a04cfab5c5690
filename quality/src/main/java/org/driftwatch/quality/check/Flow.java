package org.driftwatch.quality.check;

import java.time.Duration;
import java.util.Optional;

/**
 * How results flow right now, by the monotonic clock of whoever judges: clocks of other machines
 * play no part. Immutable.
 *
 * @param sinceResult since the newest window was received for the first time, or since somebody
 *     began to wait for one; empty where it means nothing, as of the past
 * @param sinceStatus since the monitor's newest status was received; empty where none was
 */
public record Flow(Optional<Duration> sinceResult, Optional<Duration> sinceStatus) {
  /** Of the past: nothing is waited for. */
  public static final Flow PAST = new Flow(Optional.empty(), Optional.empty());
}
