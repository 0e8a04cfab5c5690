package org.driftwatch.viewer.view;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** How long an alarm can be shelved. */
public enum ShelveFor {
  /** For a look at it. */
  QUARTER("15 min", Duration.ofMinutes(15)),
  /** For a repair. */
  HOUR("1 h", Duration.ofHours(1)),
  /** For a shift. */
  SHIFT("8 h", Duration.ofHours(8)),
  /** Until people come. */
  MORNING("until 8 in the morning", null);

  private static final LocalTime EIGHT = LocalTime.of(8, 0);

  private final String words;
  private final Optional<Duration> length;

  ShelveFor(String words, Duration length) {
    this.words = words;
    this.length = Optional.ofNullable(length);
  }

  @Override
  public String toString() {
    return words;
  }

  /** The end, seen from now; a morning is one of this time zone. */
  public Instant until(Instant now, ZoneId zone) {
    return length
        .map(now::plus)
        .orElseGet(
            () -> {
              ZonedDateTime here = now.atZone(zone);
              ZonedDateTime today = here.with(EIGHT);
              return (here.isBefore(today) ? today : today.plusDays(1)).toInstant();
            });
  }
}
