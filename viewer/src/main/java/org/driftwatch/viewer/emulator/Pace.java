package org.driftwatch.viewer.emulator;

import java.util.Locale;
import java.util.Optional;

/**
 * How fast an emulator sends. Immutable.
 *
 * @param kind what it goes by
 * @param number records per second, 0 for as fast as possible, or how many times as fast as the
 *     detector or the recording; of no meaning for a profile
 */
public record Pace(Kind kind, double number) {
  private static final double FIRST = 1_000;

  /** What a pace goes by. */
  public enum Kind {
    /** A number of records per second. */
    RATE,
    /** The detector's clock. */
    DETECTOR,
    /** The times of a recording. */
    RECORDED,
    /** A file of rates over time. */
    PROFILE
  }

  /** So many records per second. */
  public static Pace rate(double perSecond) {
    return new Pace(Kind.RATE, perSecond);
  }

  /** A multiple of it; empty for a profile, which has none. */
  public Optional<Pace> times(double factor) {
    if (kind == Kind.PROFILE) {
      return Optional.empty();
    }
    boolean isUnbounded = kind == Kind.RATE && number == 0;
    return Optional.of(new Pace(kind, isUnbounded ? FIRST : number * factor));
  }

  /** In words. */
  public String words() {
    return switch (kind) {
      case RATE ->
          number == 0
              ? "as fast as possible"
              : String.format(Locale.ROOT, number < 10 ? "%.1f" : "%,.0f", number) + " records/s";
      case DETECTOR -> times() + "the detector's pace";
      case RECORDED -> times() + "the recording's pace";
      case PROFILE -> "a profile";
    };
  }

  private String times() {
    return number == 1 ? "" : plain() + " × ";
  }

  /** As the emulator is told it. */
  String told() {
    return switch (kind) {
      case RATE -> plain();
      case DETECTOR, RECORDED -> kind.name().toLowerCase(Locale.ROOT) + "x" + plain();
      case PROFILE -> throw new IllegalStateException("a profile cannot be asked for");
    };
  }

  private String plain() {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%.0f", number)
        : Double.toString(number);
  }
}
