package org.driftwatch.pipelines;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joda.time.Duration;

/**
 * Durations as text with a unit: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 30d}.
 */
final class Durations {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @param option the option it was given for, for the message
   * @throws UsageException if the text is not a valid duration
   */
  static Duration parse(String option, String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException(
          "--"
              + option
              + "="
              + text
              + " is not a valid duration, expected a number with a unit: 500ms, 5s, 2m, 1h, 30d");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.millis(number);
      case "s" -> Duration.standardSeconds(number);
      case "m" -> Duration.standardMinutes(number);
      case "h" -> Duration.standardHours(number);
      default -> Duration.standardDays(number);
    };
  }

  /**
   * Reads a duration of more than nothing.
   *
   * @throws UsageException if the text is not a valid duration, or is 0
   */
  static Duration parsePositive(String option, String text) {
    Duration duration = parse(option, text);
    if (duration.getMillis() == 0) {
      throw new UsageException("--" + option + "=" + text + ", expected more than 0");
    }
    return duration;
  }
}
