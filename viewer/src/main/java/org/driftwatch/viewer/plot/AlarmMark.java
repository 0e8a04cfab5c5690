package org.driftwatch.viewer.plot;

import java.time.Instant;
import org.driftwatch.quality.Level;

/**
 * An alarm over a plot's time axis. Immutable.
 *
 * @param from when it was raised
 * @param to when it ended; {@link Instant#MAX} while it lasts
 * @param level the worst that it was
 * @param words what it said
 */
public record AlarmMark(Instant from, Instant to, Level level, String words) {
  /** True if it lasted at this instant, ms since the epoch. */
  boolean lastsAt(double millis) {
    return from.toEpochMilli() <= millis && (to.equals(Instant.MAX) || millis <= to.toEpochMilli());
  }
}
