package org.driftwatch.benchmarks.quality;

import java.util.SplittableRandom;

/**
 * What happens to records on their way to the monitor, from one moment of the stream to another.
 * Not safe for use by several threads.
 */
final class Transport {
  /** By how much late records come after the others: later than any window here stays open. */
  static final int LATE_SECONDS = 7;

  private final double malformed;
  private final double late;
  private final long from;
  private final long to;
  private final SplittableRandom random;

  /**
   * A way to the monitor.
   *
   * @param malformed share of the records that get a malformed one beside them
   * @param late share of the records that come {@value #LATE_SECONDS} s late
   * @param from when this begins, ms of the stream
   * @param to when it ends
   */
  Transport(double malformed, double late, long from, long to, long seed) {
    this.malformed = malformed;
    this.late = late;
    this.from = from;
    this.to = to;
    random = new SplittableRandom(seed);
  }

  /** A way without trouble. */
  static Transport sound() {
    return new Transport(0, 0, 0, 0, 0);
  }

  /** True if trouble is possible at this moment. */
  boolean isDisturbed(long millis) {
    return millis >= from && millis < to;
  }

  /** True if a malformed record comes beside the next one. */
  boolean addsMalformed() {
    return malformed > 0 && random.nextDouble() < malformed;
  }

  /** True if the next record comes late. */
  boolean delays() {
    return late > 0 && random.nextDouble() < late;
  }
}
