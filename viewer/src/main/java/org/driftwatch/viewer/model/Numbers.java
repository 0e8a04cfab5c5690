package org.driftwatch.viewer.model;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Numbers as words for people: the same on every machine, whatever its language. */
public final class Numbers {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};

  private static final int MOST_RUNS = 4;

  private Numbers() {}

  /** A count with groups: {@code 1,234,567}. */
  public static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A count in at most four figures and a prefix: {@code 950}, {@code 1.23k}, {@code 45.6M}. */
  public static String brief(double value) {
    double rest = Math.abs(value);
    int prefix = 0;
    // 999.95 would print as 1000.
    while (rest >= 999.5 && prefix < PREFIXES.length - 1) {
      rest /= 1000;
      prefix++;
    }
    String sign = value < 0 ? "-" : "";
    return sign + significant(rest, prefix == 0 ? 0 : 3) + PREFIXES[prefix];
  }

  /** A tick label: brief, without zeros that say nothing: {@code 0}, {@code 2.5k}, {@code 10M}. */
  public static String tick(double value) {
    double rest = Math.abs(value);
    int prefix = 0;
    while (rest >= 1000 && prefix < PREFIXES.length - 1) {
      rest /= 1000;
      prefix++;
    }
    String sign = value < 0 ? "-" : "";
    int decimals = rest > 0 && rest < 0.01 ? 2 - (int) Math.floor(Math.log10(rest)) : 3;
    String format = "%." + decimals + "f";
    return sign + trimmed(String.format(Locale.ROOT, format, rest)) + PREFIXES[prefix];
  }

  private static String significant(double value, int figures) {
    if (figures == 0) {
      return trimmed(String.format(Locale.ROOT, "%.1f", value));
    }
    int whole = value >= 100 ? 3 : value >= 10 ? 2 : 1;
    return String.format(Locale.ROOT, "%." + Math.max(0, figures - whole) + "f", value);
  }

  private static String trimmed(String decimal) {
    int end = decimal.length();
    while (decimal.charAt(end - 1) == '0') {
      end--;
    }
    return decimal.substring(0, decimal.charAt(end - 1) == '.' ? end - 1 : end);
  }

  /** A rate: {@code 0.4}, {@code 767.6}, {@code 1,004}, {@code 1.34M}. */
  public static String rate(double perSecond) {
    if (perSecond >= 999_999.5) {
      return brief(perSecond);
    }
    return perSecond >= 999.95
        ? grouped(Math.round(perSecond))
        : String.format(Locale.ROOT, "%.1f", perSecond);
  }

  /**
   * A measured number, as many decimals as two figures of its error have: {@code 53.812 ± 0.041}.
   */
  public static String measured(double value, double error) {
    int decimals =
        error > 0 ? Math.max(0, Math.min(6, 1 - (int) Math.floor(Math.log10(error)))) : 1;
    String format = "%." + decimals + "f";
    return String.format(Locale.ROOT, format, value)
        + " ± "
        + String.format(Locale.ROOT, format, error);
  }

  /**
   * A share of a whole: {@code 37.2 %}, {@code 0.0012 %}; a dash if the whole is 0. Small shares
   * keep two figures: they are not zero.
   */
  public static String share(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    double percent = 100.0 * part / whole;
    int decimals = 1;
    if (percent > 0 && percent < 0.1) {
      decimals = Math.min(8, 1 - (int) Math.floor(Math.log10(percent)));
    }
    return String.format(Locale.ROOT, "%." + decimals + "f %%", percent);
  }

  /** A length of time: {@code 1.4 s}, {@code 3 min 20 s}, {@code 5 h 3 min}, {@code 2 d 4 h}. */
  public static String duration(Duration d) {
    long seconds = d.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
    }
    if (seconds < 3600) {
      return pair(seconds / 60, "min", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return pair(seconds / 3600, "h", seconds / 60 % 60, "min");
    }
    return pair(seconds / 86_400, "d", seconds / 3600 % 24, "h");
  }

  private static String pair(long big, String bigUnit, long small, String smallUnit) {
    return small == 0 ? big + " " + bigUnit : big + " " + bigUnit + " " + small + " " + smallUnit;
  }

  /** Run numbers: {@code run 591}, {@code runs 591, 592}; of many, the first and the last two. */
  public static String runs(List<Long> runs) {
    String word = runs.size() == 1 ? "run " : "runs ";
    List<String> numbers = runs.stream().map(String::valueOf).toList();
    int last = numbers.size() - 2;
    return numbers.size() <= MOST_RUNS
        ? word + String.join(", ", numbers)
        : word
            + numbers.get(0)
            + ", …, "
            + String.join(", ", numbers.subList(last, numbers.size()));
  }

  /** A window's length without needless decimals: {@code 5 s}, {@code 0.5 s}, {@code 2 min}. */
  public static String windowLength(Duration d) {
    long millis = d.toMillis();
    if (millis < 60_000) {
      return trimmed(String.format(Locale.ROOT, "%.3f", millis / 1000.0)) + " s";
    }
    return duration(d);
  }
}
