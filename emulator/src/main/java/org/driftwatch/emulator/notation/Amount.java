package org.driftwatch.emulator.notation;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as options have them. Each method gives nothing where the text is not of its form. */
public final class Amount {
  private static final Pattern TIMES = Pattern.compile("x(\\d{1,9}(?:\\.\\d{1,9})?)");
  private static final Pattern SHARE =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?|\\.\\d{1,9})(%?)");
  private static final Pattern SIGNED = Pattern.compile("[+-]?\\d{1,9}(?:\\.\\d{1,9})?");

  private Amount() {}

  /** How many times as much: {@code x20}. */
  public static OptionalDouble times(String text) {
    Matcher times = TIMES.matcher(text);
    return times.matches()
        ? OptionalDouble.of(Double.parseDouble(times.group(1)))
        : OptionalDouble.empty();
  }

  /** A share, {@code 0.7} or {@code 70%}; may be above 1. */
  public static OptionalDouble share(String text) {
    Matcher share = SHARE.matcher(text);
    return share.matches()
        ? OptionalDouble.of(
            Double.parseDouble(share.group(1)) / (share.group(2).isEmpty() ? 1 : 100))
        : OptionalDouble.empty();
  }

  /** A number with a unit behind it, with or without a sign: {@code -25ns}. */
  public static OptionalDouble in(String unit, String text) {
    String number = text.endsWith(unit) ? text.substring(0, text.length() - unit.length()) : "";
    return SIGNED.matcher(number).matches()
        ? OptionalDouble.of(Double.parseDouble(number))
        : OptionalDouble.empty();
  }
}
