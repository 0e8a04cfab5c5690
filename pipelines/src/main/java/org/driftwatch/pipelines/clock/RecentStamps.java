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
  private long endAt = -1;
  private long end = NONE;

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

  /**
   * Where the newest 64 end, by a straight line through most of them: the median of them lags where
   * a recording is played faster than its own pace. The slope is the median of those between a
   * record and the one that came 32 later (an incomplete form of the estimator of Theil and Sen): a
   * minority makes as many too steep as too flat. {@link #NONE} where nothing was read.
   */
  long newestEnd() {
    if (endAt != read) {
      endAt = read;
      end = fitEnd((int) Math.min(read, NEWEST));
    }
    return end;
  }

  private long fitEnd(int count) {
    int half = count / 2;
    if (half == 0) {
      return newestMedian();
    }
    long first = read - count;
    for (int i = 0; i < half; i++) {
      sorted[i] = newestAt(first + i + half) - newestAt(first + i);
    }
    Arrays.sort(sorted, 0, half);
    double slope = (double) sorted[half / 2] / half;
    for (int i = 0; i < count; i++) {
      sorted[i] = newestAt(first + i) + Math.round(slope * (count - 1 - i));
    }
    Arrays.sort(sorted, 0, count);
    return sorted[count / 2];
  }

  private long newestAt(long record) {
    return newest[(int) (record & NEWEST - 1)];
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
      long timestamp = newestAt(i);
      if (timestamp <= bound && timestamp > largest) {
        largest = timestamp;
      }
    }
    return largest;
  }
}
