package org.driftwatch.emulator.faults;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as options have them: {@code 500ms}, {@code 90s}, {@code 1.5m}, {@code 2h}. */
final class Times {
  private static final Pattern TIME = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,9})?)(ms|s|m|h)");

  private Times() {}

  /** A time in ms; empty if the text is none. */
  static OptionalDouble millis(String text) {
    Matcher time = TIME.matcher(text);
    return time.matches()
        ? OptionalDouble.of(Double.parseDouble(time.group(1)) * unit(time.group(2)))
        : OptionalDouble.empty();
  }

  private static double unit(String name) {
    return switch (name) {
      case "s" -> 1000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 1;
    };
  }
}
