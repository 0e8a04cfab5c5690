package org.driftwatch.emulator.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to be done to the stream, and how often. Written {@code KIND=AMOUNT[@SIZE]}: an amount
 * with a decimal point is a probability per row of the readout, a whole number a count. Immutable.
 *
 * @param kind what
 * @param malformation of {@link Kind#MALFORMED}: in which way; null for any
 * @param probability per row; 0 if there is a count
 * @param count how often in all; 0 if there is a probability
 * @param size how much: ms, or a number of rows
 */
public record Injection(
    Kind kind, Malformation malformation, double probability, long count, long size) {
  /** What can be done to a stream. */
  public enum Kind {
    /** A record more, malformed. */
    MALFORMED(Unit.NONE, 0),
    /** A record once more, as it was. */
    DUPLICATE(Unit.NONE, 0),
    /** A record sent later than it should be, with its own timestamp; by this much, ms. */
    LATE(Unit.TIME, 30_000),
    /** Timestamps off by this much, ms, for 10 s. */
    CLOCK_STEP(Unit.SIGNED_TIME, -5000),
    /** Nothing sent for this long, ms; then on from there. */
    SILENCE(Unit.TIME, 10_000),
    /** So many rows at once. */
    BURST(Unit.NUMBER, 1000),
    /** The orbit counter set to a small number; on from there. */
    EPOCH_RESET(Unit.NONE, 0),
    /** So many hits more at once, each of an orbit of its own. */
    ORBIT_FLOOD(Unit.NUMBER, 10_000);

    private final Unit unit;
    private final long usualSize;

    Kind(Unit unit, long usualSize) {
      this.unit = unit;
      this.usualSize = usualSize;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private enum Unit {
    NONE,
    NUMBER,
    TIME,
    SIGNED_TIME
  }

  private static final long MOST = 1_000_000;
  private static final Pattern FORM = Pattern.compile("([a-z-]+)=([^@=]+)(?:@([^@=]+))?");

  /**
   * Reads several, between commas.
   *
   * @throws IllegalArgumentException if one is not understood, with one line that says so
   */
  public static List<Injection> parse(String text) {
    List<Injection> all = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      all.add(one(part.strip()));
    }
    return all;
  }

  private static Injection one(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\": expected KIND=PROBABILITY or KIND=COUNT, with @SIZE where it has one,"
              + " as in malformed=0.001 or late=5@90s");
    }
    String name = form.group(1);
    Malformation malformation = malformation(name).orElse(null);
    Kind kind = malformation == null ? kind(name) : Kind.MALFORMED;
    String amount = form.group(2);
    long size = form.group(3) == null ? kind.usualSize : size(kind, text, form.group(3));
    if (amount.matches("\\d{1,7}") && Long.parseLong(amount) <= MOST) {
      return new Injection(kind, malformation, 0, Long.parseLong(amount), size);
    }
    if (amount.matches("\\d?\\.\\d+([eE]-\\d{1,2})?|\\d[eE]-\\d{1,2}")
        && Double.parseDouble(amount) <= 1) {
      return new Injection(kind, malformation, Double.parseDouble(amount), 0, size);
    }
    throw new IllegalArgumentException(
        "\""
            + text
            + "\": amount "
            + amount
            + ", expected a probability with a decimal point, 0.0 to 1.0, or a count, 0 to "
            + MOST);
  }

  private static Optional<Malformation> malformation(String name) {
    for (Malformation malformation : Malformation.values()) {
      if (malformation.label().equals(name)) {
        return Optional.of(malformation);
      }
    }
    return Optional.empty();
  }

  private static Kind kind(String name) {
    for (Kind kind : Kind.values()) {
      if (kind.label().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("kind \"" + name + "\": expected one of " + kinds());
  }

  /** The names of all kinds. */
  public static String kinds() {
    List<String> names = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      names.add(kind.label());
    }
    for (Malformation malformation : Malformation.values()) {
      names.add(malformation.label());
    }
    return String.join(", ", names);
  }

  private static long size(Kind kind, String text, String size) {
    switch (kind.unit) {
      case NUMBER -> {
        if (size.matches("\\d{1,7}") && Long.parseLong(size) >= 1) {
          return Long.parseLong(size);
        }
        throw new IllegalArgumentException(
            "\"" + text + "\": size " + size + ", expected a number of rows, 1 to 9999999");
      }
      case NONE ->
          throw new IllegalArgumentException("\"" + text + "\": " + kind.label() + " has no size");
      default -> {
        boolean back = size.startsWith("-") && kind.unit == Unit.SIGNED_TIME;
        OptionalDouble millis = Times.millis(back ? size.substring(1) : size);
        if (millis.isPresent()) {
          return Math.round(back ? -millis.getAsDouble() : millis.getAsDouble());
        }
        throw new IllegalArgumentException(
            "\""
                + text
                + "\": size "
                + size
                + ", expected a time in ms, s, m or h, as in "
                + (kind.unit == Unit.SIGNED_TIME ? "-5s" : "90s"));
      }
    }
  }

  /** Its name in options and logs. */
  String label() {
    return malformation == null ? kind.label() : malformation.label();
  }
}
