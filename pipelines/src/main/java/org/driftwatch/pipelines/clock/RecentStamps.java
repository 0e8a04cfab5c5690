package org.driftwatch.pipelines.clock;

import java.util.Arrays;

/**
 * The timestamps last read of a partition, in the order of reading: the newest 64, and a sample of
 * 512 of about the last 32,000. Medians of these tell where most records stand, whatever a minority
 * is stamped with.
 *
 * <p>Sampling is random, because producers take turns: each 64th record might always be of the same
 * one. Not safe for use by several threads.
 */
final class RecentStamps {
  /** What a median gives where nothing was read. */
  static final long NONE = Long.MIN_VALUE;

  private static final int NEWEST = 64;
  private static final int SAMPLES = 512;
  private static final int LONGEST_STRIDE = 64;

  private final long[] newest = new long[NEWEST];
  private final long[] samples = new long[SAMPLES];
  private final long[] sorted = new long[SAMPLES];
  private final Dice dice = new Dice();
  private long read;
  private long sampled;
  private int untilSample = 1;
  private long medianAt = -1;
  private long median = NONE;

  /** Takes the timestamp of the next record, ms since the epoch. */
  void add(long timestamp) {
    newest[(int) (read++ & NEWEST - 1)] = timestamp;
    if (--untilSample == 0) {
      samples[(int) (sampled++ & SAMPLES - 1)] = timestamp;
      int stride = (int) Math.min(LONGEST_STRIDE, 1 + read / SAMPLES);
      untilSample = 1 + dice.below(2 * stride - 1);
    }
  }

  /** Records read so far. */
  long read() {
    return read;
  }

  /** The median of the sample: of the last 32,000 records, or of all where these are fewer. */
  long median() {
    // A sort each: of a large sample a few more move little.
    if (medianAt < 0 || sampled - medianAt > Math.min(sampled, SAMPLES) / 32) {
      medianAt = sampled;
      median = median(samples, (int) Math.min(sampled, SAMPLES));
    }
    return median;
  }

  /** The median of the newest 64. */
  long newestMedian() {
    return median(newest, (int) Math.min(read, NEWEST));
  }

  private long median(long[] of, int count) {
    if (count == 0) {
      return NONE;
    }
    System.arraycopy(of, 0, sorted, 0, count);
    Arrays.sort(sorted, 0, count);
    return sorted[count / 2];
  }

  /**
   * The largest timestamp among the newest records that is not beyond {@code bound}.
   *
   * @param last how many to look at, at most 64 are known
   * @return {@link #NONE} where there is none
   */
  long largest(long last, long bound) {
    long largest = NONE;
    long from = read - Math.min(last, Math.min(read, NEWEST));
    for (long i = from; i < read; i++) {
      long timestamp = newest[(int) (i & NEWEST - 1)];
      if (timestamp <= bound && timestamp > largest) {
        largest = timestamp;
      }
    }
    return largest;
  }
}
