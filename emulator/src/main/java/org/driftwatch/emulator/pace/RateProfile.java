package org.driftwatch.emulator.pace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the rate goes up and down: steps, ramps and bursts, one after the other. Written as {@code
 * 1000:30s,1000-20000:10s,burst:50000,0:5s}: a rate held, a rate that goes evenly from one to
 * another, records all at once, silence. Times end in ms, s, m or h. Immutable.
 *
 * @param steps the steps, at least one, with time and records among them
 */
public record RateProfile(List<Step> steps) {
  private static final String NUMBER = "(\\d{1,9}(?:\\.\\d+)?)";
  private static final Pattern RATES =
      Pattern.compile(NUMBER + "(?:-" + NUMBER + ")?:" + NUMBER + "(ms|s|m|h)");
  private static final Pattern BURST = Pattern.compile("burst(?:\\s*:\\s*|\\s+)(\\d{1,9})");

  /**
   * One step.
   *
   * @param seconds how long it takes, 0 for a burst
   * @param from records per second at its beginning
   * @param to records per second at its end
   * @param records records that fall due in it
   */
  public record Step(double seconds, double from, double to, double records) {
    /** Seconds into the step at which this many of its records have fallen due. */
    double timeOf(double count) {
      if (seconds == 0 || count <= 0) {
        return 0;
      }
      double slope = (to - from) / seconds;
      if (slope == 0) {
        return count / from;
      }
      // The root of from*t + slope*t^2/2 = count that loses no digits for small slopes.
      double root = Math.sqrt(Math.max(0, from * from + 2 * slope * count));
      return Math.min(seconds, 2 * count / (from + root));
    }

    /** Records per second at this time into the step. */
    double rateAt(double second) {
      return seconds == 0 ? from : from + (to - from) * second / seconds;
    }
  }

  /**
   * Reads a profile.
   *
   * @throws IllegalArgumentException if it is not understood, with one line that says where
   */
  public static RateProfile parse(String text) {
    List<Step> steps = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      steps.add(step(part.strip(), steps.size() + 1));
    }
    RateProfile profile = new RateProfile(List.copyOf(steps));
    if (profile.seconds() == 0 || profile.records() < 1) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" lasts "
              + profile.seconds()
              + " s with "
              + (long) profile.records()
              + " records, expected more than 0 s and at least one record");
    }
    return profile;
  }

  private static Step step(String part, int number) {
    Matcher burst = BURST.matcher(part);
    if (burst.matches()) {
      return new Step(0, 0, 0, Double.parseDouble(burst.group(1)));
    }
    Matcher rates = RATES.matcher(part);
    if (!rates.matches()) {
      throw new IllegalArgumentException(
          "step "
              + number
              + " \""
              + part
              + "\": expected RATE:TIME, FROM-TO:TIME or burst:N,"
              + " as in 1000:30s,1000-20000:10s,burst:50000 (times in ms, s, m, h)");
    }
    double from = Double.parseDouble(rates.group(1));
    double to = rates.group(2) == null ? from : Double.parseDouble(rates.group(2));
    double seconds = Double.parseDouble(rates.group(3)) * unit(rates.group(4));
    if (seconds == 0) {
      throw new IllegalArgumentException(
          "step " + number + " \"" + part + "\" lasts 0 s, expected more; burst:N sends at once");
    }
    return new Step(seconds, from, to, (from + to) / 2 * seconds);
  }

  private static double unit(String name) {
    return switch (name) {
      case "ms" -> 0.001;
      case "m" -> 60;
      case "h" -> 3600;
      default -> 1;
    };
  }

  /** How long it takes, s. */
  public double seconds() {
    return steps.stream().mapToDouble(Step::seconds).sum();
  }

  /** Records that fall due in it. */
  public double records() {
    return steps.stream().mapToDouble(Step::records).sum();
  }

  /** Records per second at this time, the profile being repeated. */
  public double rateAt(double second) {
    double left = second % seconds();
    for (Step step : steps) {
      if (left < step.seconds()) {
        return step.rateAt(left);
      }
      left -= step.seconds();
    }
    return 0;
  }
}
