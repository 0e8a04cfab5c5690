package org.driftwatch.quality;

import java.util.Locale;

/** Numbers in the words of verdicts. */
final class Figures {
  private static final String[] WORDS = {
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve"
  };

  private Figures() {}

  /** A small number as a word, a larger one in digits. */
  static String word(int number) {
    return number < WORDS.length ? WORDS[number] : Integer.toString(number);
  }

  /** Whole numbers and large ones without decimals, others with one or two. */
  static String brief(double value) {
    if (value == Math.rint(value) || Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
  }
}
