package org.driftwatch.viewer;

import java.awt.Dimension;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.driftwatch.viewer.model.Accumulation;
import picocli.CommandLine.TypeConversionException;

/**
 * A view in words, as options and the remembered view spell it. Unknown words throw a {@link
 * TypeConversionException} that says what was expected.
 */
final class ViewWords {
  private static final Pattern MINUTES = Pattern.compile("([1-9]\\d{0,5})m");
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

  /** A constant by its name, in either case; of types with two of them. */
  static <E extends Enum<E>> E constant(Class<E> type, String value) {
    E[] known = type.getEnumConstants();
    for (E constant : known) {
      if (of(constant).equals(value.toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw new TypeConversionException(
        "'" + value + "', expected '" + of(known[0]) + "' or '" + of(known[1]) + "'");
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
