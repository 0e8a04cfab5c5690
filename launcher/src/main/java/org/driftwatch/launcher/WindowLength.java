package org.driftwatch.launcher;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Length of windows as users give it, in seconds. */
record WindowLength(long millis) {
  /** What the pipeline's own durations have room for. */
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}|[0-9]{0,6}\\.[0-9]{1,3}");

  /**
   * Reads seconds such as {@code 5} or {@code 0.5}.
   *
   * @param option the option they were given for, for the message
   * @throws UsageException if they are none, or are 0
   */
  static WindowLength ofSeconds(String option, String text) {
    if (!SECONDS.matcher(text).matches()) {
      throw new UsageException(option + "=" + text + ", expected seconds, such as 5 or 0.5");
    }
    long millis = new BigDecimal(text).movePointRight(3).longValueExact();
    if (millis == 0) {
      throw new UsageException(option + "=" + text + ", expected more than 0 seconds");
    }
    return new WindowLength(millis);
  }

  /** The length as the pipeline takes it. */
  String forPipeline() {
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
