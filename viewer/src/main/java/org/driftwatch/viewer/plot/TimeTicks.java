package org.driftwatch.viewer.plot;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round places on an axis of time, in UTC; midnight bears the name of its day. */
public final class TimeTicks {
  private static final long[] STEP_SECONDS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400
  };
  private static final long DAY = 86_400;

  private static final DateTimeFormatter SECONDS = utc("HH:mm:ss");
  private static final DateTimeFormatter MINUTES = utc("HH:mm");
  private static final DateTimeFormatter DAYS = utc("d MMM");

  private TimeTicks() {}

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /**
   * The ticks of a stretch of time.
   *
   * @param most how many there may be, at least 1
   */
  public static List<Tick> between(Instant from, Instant to, int most) {
    double length = Duration.between(from, to).toMillis() / 1000.0;
    long step = step(length / most);
    DateTimeFormatter format = step >= DAY ? DAYS : step >= 60 ? MINUTES : SECONDS;
    List<Tick> ticks = new ArrayList<>();
    long first = -Math.floorDiv(-from.toEpochMilli(), step * 1000) * step;
    for (long second = first; second * 1000 <= to.toEpochMilli(); second += step) {
      double fraction = (second * 1000 - from.toEpochMilli()) / (length * 1000);
      boolean isDay = step >= 60 && Math.floorMod(second, DAY) == 0;
      ticks.add(new Tick(fraction, (isDay ? DAYS : format).format(Instant.ofEpochSecond(second))));
    }
    return ticks;
  }

  /** The shortest round time, in seconds, that lasts as long as this. */
  public static long step(double least) {
    for (long step : STEP_SECONDS) {
      if (step >= least) {
        return step;
      }
    }
    return (long) Math.ceil(least / DAY) * DAY;
  }
}
