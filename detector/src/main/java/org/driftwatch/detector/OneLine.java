package org.driftwatch.detector;

/** Text that came from outside, as part of a message of one line. */
public final class OneLine {
  private OneLine() {}

  /** The text with a question mark for each line break and each other control character. */
  public static String of(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
  }
}
