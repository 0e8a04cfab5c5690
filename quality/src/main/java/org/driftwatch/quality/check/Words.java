package org.driftwatch.quality.check;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;

/** Verdicts on one subject, and numbers as their sentences have them. */
final class Words {
  private Words() {}

  /** A verdict that accuses no cell and expected nothing else. */
  static Verdict verdict(
      Subject subject,
      Check check,
      Level level,
      double seconds,
      double value,
      double limit,
      long entries,
      String message) {
    return new Verdict(
        subject,
        check,
        level,
        seconds,
        value,
        limit,
        entries,
        OptionalDouble.empty(),
        List.of(),
        message);
  }

  /** Too little to judge. */
  static Verdict undecided(Subject subject, Check check, long entries, String message) {
    return verdict(subject, check, Level.UNDECIDED, 0, 0, 0, entries, message);
  }

  /** A text with numbers, the same everywhere. */
  static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /** A length of time: 0.5 s, 4 s, 2 min, 1 h. */
  static String time(double seconds) {
    if (seconds < 10 && seconds != Math.rint(seconds)) {
      return format("%.1f s", seconds);
    }
    if (seconds < 120) {
      return format("%.0f s", seconds);
    }
    return seconds < 7200 ? format("%.0f min", seconds / 60) : format("%.1f h", seconds / 3600);
  }

  /** Whole numbers and large ones without decimals, others with one or two. */
  static String number(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) || size >= 100) {
      return format("%,.0f", value);
    }
    return format(size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.2g", value);
  }

  /** A factor, in percent. */
  static String percent(double part) {
    return number(100 * part) + " %";
  }
}
