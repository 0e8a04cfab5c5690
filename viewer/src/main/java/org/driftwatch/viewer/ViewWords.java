package org.driftwatch.viewer;

import java.awt.Dimension;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.driftwatch.viewer.model.Accumulation;
import picocli.CommandLine.TypeConversionException;

/**
 * A view in words, as options and the remembered view spell it. Unknown words throw a {@link
 * TypeConversionException} that says what was expected.
 */
final class ViewWords {
  private static final Pattern MINUTES = Pattern.compile("([1-9]\\d{0,5})m");
  private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,5})([mhd])");
  private static final Pattern SIZE = Pattern.compile("(\\d{3,5})x(\\d{3,5})");

  private ViewWords() {}

  static Accumulation accumulation(String value) {
    Matcher minutes = MINUTES.matcher(value);
    if (minutes.matches()) {
      return new Accumulation.Last(Duration.ofMinutes(Integer.parseInt(minutes.group(1))));
    }
    return switch (value) {
      case "newest" -> Accumulation.newestWindow();
      case "sum" -> Accumulation.sinceStart();
      default ->
          throw new TypeConversionException(
              "'" + value + "', expected 'newest', 'sum' or minutes such as '10m'");
    };
  }

  /** Empty for a picked stretch: it belongs to its run. */
  static Optional<String> of(Accumulation accumulation) {
    if (accumulation instanceof Accumulation.Last last) {
      return Optional.of(Math.max(1, last.length().toMinutes()) + "m");
    }
    if (accumulation instanceof Accumulation.Picked) {
      return Optional.empty();
    }
    return Optional.of(accumulation.equals(Accumulation.newestWindow()) ? "newest" : "sum");
  }

  /** A length of time such as 90m, 24h or 30d. */
  static Duration duration(String value) {
    Matcher m = DURATION.matcher(value);
    if (!m.matches()) {
      throw new TypeConversionException(
          "'" + value + "', expected minutes, hours or days, such as '90m', '24h' or '30d'");
    }
    int number = Integer.parseInt(m.group(1));
    return switch (m.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  static String of(Duration duration) {
    long minutes = duration.toMinutes();
    return minutes % (24 * 60) == 0
        ? minutes / (24 * 60) + "d"
        : minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
  }

  /** A constant by its name, in either case. */
  static <E extends Enum<E>> E constant(Class<E> type, String value) {
    E[] known = type.getEnumConstants();
    for (E constant : known) {
      if (of(constant).equals(value.toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw new TypeConversionException(
        "'"
            + value
            + "', expected "
            + Arrays.stream(known)
                .map(constant -> "'" + of(constant) + "'")
                .collect(Collectors.joining(" or ")));
  }

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A size in pixels such as 1600x1000. */
  static Dimension size(String value) {
    Matcher m = SIZE.matcher(value);
    if (!m.matches()) {
      throw new TypeConversionException("'" + value + "', expected pixels such as 1600x1000");
    }
    return new Dimension(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
  }

  static String of(Dimension size) {
    return size.width + "x" + size.height;
  }
}
