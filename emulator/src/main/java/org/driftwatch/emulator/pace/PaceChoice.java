package org.driftwatch.emulator.pace;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.driftwatch.detector.OneLine;

/**
 * A pace as the user names it: {@code 5000} (records/s, 0 for as fast as possible), {@code
 * detector}, {@code detectorx2}, {@code recordedx0.5}. Immutable.
 *
 * @param kind what the records follow
 * @param number records/s, or how many times as fast as the real time
 */
public record PaceChoice(Kind kind, double number) {
  /** What the records follow. */
  public enum Kind {
    /** A number of records per second. */
    RATE,
    /** The orbit counter. */
    DETECTOR,
    /** The timestamps of a recording. */
    RECORDED
  }

  /** As fast as the sender takes them. */
  public static final PaceChoice AS_FAST_AS_POSSIBLE = new PaceChoice(Kind.RATE, 0);

  private static final double MOST = 1e9;
  private static final Pattern REAL_TIME =
      Pattern.compile("(detector|recorded)(?:\\s*x\\s*(\\d{1,9}(?:\\.\\d{1,9})?|\\.\\d{1,9}))?");
  private static final Pattern RATE = Pattern.compile("\\d{1,10}(?:\\.\\d{1,9})?|\\.\\d{1,9}");

  /**
   * Reads a pace.
   *
   * @throws IllegalArgumentException if it is not understood, with one line that says what was
   *     expected
   */
  public static PaceChoice parse(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    Matcher realTime = REAL_TIME.matcher(plain);
    if (realTime.matches()) {
      double speed = realTime.group(2) == null ? 1 : Double.parseDouble(realTime.group(2));
      if (speed == 0) {
        throw new IllegalArgumentException(quote(plain) + ": expected a speed above 0, as in x2");
      }
      return new PaceChoice(
          realTime.group(1).equals("detector") ? Kind.DETECTOR : Kind.RECORDED, speed);
    }
    if (RATE.matcher(plain).matches() && Double.parseDouble(plain) <= MOST) {
      return new PaceChoice(Kind.RATE, Double.parseDouble(plain));
    }
    throw new IllegalArgumentException(
        quote(plain)
            + ": expected records/s (0 for as fast as possible, to 1e9), detector[xK] or"
            + " recorded[xK]");
  }

  /** The beginning of a text on one line. */
  private static String quote(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    return "\"" + OneLine.of(shown) + "\"";
  }

  /** The pace in words. */
  @Override
  public String toString() {
    return switch (kind) {
      case RATE -> isAsFastAsPossible() ? "as fast as possible" : plain(number) + " records/s";
      case DETECTOR -> "the detector's pace" + times();
      case RECORDED -> "the recorded pace" + times();
    };
  }

  /** True if records wait for nothing. */
  public boolean isAsFastAsPossible() {
    return equals(AS_FAST_AS_POSSIBLE);
  }

  private String times() {
    return number == 1 ? "" : " x " + plain(number);
  }

  /** A number without a needless fraction. */
  public static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
