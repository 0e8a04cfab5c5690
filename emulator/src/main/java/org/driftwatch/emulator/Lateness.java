package org.driftwatch.emulator;

import java.util.Locale;

/**
 * By how much records were sent after they were due: a histogram with bins of an eighth of an
 * octave, so that adding costs no memory and quantiles are known to a tenth. Not safe for use by
 * several threads.
 */
final class Lateness {
  private static final int PARTS = 8;
  private static final int PART_BITS = 3;

  private final long[] counts = new long[Long.SIZE * PARTS];
  private long total;
  private long largest;
  private long last;
  private int lastBin;

  /** Adds a record that was sent this much after its time, ns. */
  void add(long nanos) {
    if (nanos != last) {
      // Of many rows that are due at once the rest are as late as the first.
      last = nanos;
      long late = Math.max(nanos, 0);
      lastBin = bin(late);
      largest = Math.max(largest, late);
    }
    counts[lastBin]++;
    total++;
  }

  private static int bin(long nanos) {
    if (nanos < PARTS) {
      return (int) nanos;
    }
    int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    return (octave - PART_BITS + 1) * PARTS
        + (int) ((nanos >>> (octave - PART_BITS)) & (PARTS - 1));
  }

  private static long upperEdge(int bin) {
    int octave = bin / PARTS + PART_BITS - 1;
    return bin < PARTS ? bin : (((long) PARTS + bin % PARTS + 1) << (octave - PART_BITS)) - 1;
  }

  /**
   * What so large a share of the records did not exceed, ns.
   *
   * @param share 0 to 1
   */
  long quantile(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      seen += counts[bin];
      if (seen >= wanted && seen > 0) {
        return Math.min(upperEdge(bin), largest);
      }
    }
    return largest;
  }

  /** The largest, ns. */
  long largest() {
    return largest;
  }

  /** Median, 99th percentile and largest in words. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "sent after due: median %.2f ms, 99 %% within %.2f ms, all within %.1f ms",
        quantile(0.5) / 1e6,
        quantile(0.99) / 1e6,
        largest / 1e6);
  }
}
