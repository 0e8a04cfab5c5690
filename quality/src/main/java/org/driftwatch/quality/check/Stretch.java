package org.driftwatch.quality.check;

/** The newest windows, up to a certain length, added up. Valid until the next window is taken. */
final class Stretch {
  private final long from;
  private final long to;
  private final long millis;
  private final int windows;
  private final long[] counts;

  /**
   * A stretch.
   *
   * @param from start of its first window, ms since the epoch
   * @param to end of its last window
   * @param millis length of its windows together, without the gaps between them
   * @param windows how many they are
   * @param counts their counts, see {@link Columns}
   */
  Stretch(long from, long to, long millis, int windows, long[] counts) {
    this.from = from;
    this.to = to;
    this.millis = millis;
    this.windows = windows;
    this.counts = counts;
  }

  /** Start of its first window, ms since the epoch. */
  long from() {
    return from;
  }

  /** End of its last window, ms since the epoch. */
  long to() {
    return to;
  }

  /** Length of its windows together, without the gaps between them, ms. */
  long millis() {
    return millis;
  }

  /** Length of its windows together, s. */
  double seconds() {
    return millis / 1000.0;
  }

  /** How many windows they are. */
  int windows() {
    return windows;
  }

  /** The counts; not to be changed. */
  long[] counts() {
    return counts;
  }

  long count(int column) {
    return counts[column];
  }
}
