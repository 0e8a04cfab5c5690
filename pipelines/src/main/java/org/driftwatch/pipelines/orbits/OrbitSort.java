package org.driftwatch.pipelines.orbits;

import java.util.Arrays;

/**
 * Puts packed hits in the order of their orbits. Where there are about as many hits as orbits from
 * the first to the last, each orbit has a bucket of its own and one pass does; where hits are few
 * and far between, a radix sort goes over those bits of the orbit that differ at all.
 */
final class OrbitSort {
  private static final int SMALL = 512;
  private static final int DIGIT_BITS = 11;
  private static final int BUCKETS = 1 << DIGIT_BITS;

  private OrbitSort() {}

  /**
   * Sorts the first {@code size} hits by orbit; the result may be the same array or another.
   *
   * @param orbitShift bits below the orbit
   */
  static long[] sorted(long[] hits, int size, int orbitShift) {
    if (size <= SMALL) {
      long[] copy = Arrays.copyOf(hits, size);
      Arrays.sort(copy);
      return copy;
    }
    long smallest = Long.MAX_VALUE;
    long largest = 0;
    boolean inOrder = true;
    for (int i = 0; i < size; i++) {
      long orbit = hits[i] >>> orbitShift;
      inOrder &= orbit >= largest;
      smallest = Math.min(smallest, orbit);
      largest = Math.max(largest, orbit);
    }
    if (inOrder) {
      return hits;
    }
    if (largest - smallest < 2L * size) {
      return byOrbit(hits, size, smallest, (int) (largest - smallest) + 1, orbitShift);
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(largest - smallest);
    int passes = (bits + DIGIT_BITS - 1) / DIGIT_BITS;
    int[][] next = starts(hits, size, smallest, passes, orbitShift);
    // The input belongs to the accumulator: only the first pass reads it, none writes to it.
    long[] from = hits;
    long[] to = new long[size];
    long[] spare = passes > 1 ? new long[size] : null;
    for (int p = 0; p < passes; p++) {
      pass(from, to, size, smallest << orbitShift, orbitShift + p * DIGIT_BITS, next[p]);
      long[] done = to;
      to = p == 0 ? spare : from;
      from = done;
    }
    return from;
  }

  /** Sorts in one pass, with a bucket for each of the orbits from the smallest on. */
  private static long[] byOrbit(long[] hits, int size, long smallest, int orbits, int orbitShift) {
    // An orbit's hits are counted in the bucket behind its own: the sums are where each starts.
    int[] next = new int[orbits + 1];
    for (int i = 0; i < size; i++) {
      next[(int) ((hits[i] >>> orbitShift) - smallest) + 1]++;
    }
    for (int orbit = 1; orbit < orbits; orbit++) {
      next[orbit] += next[orbit - 1];
    }
    long[] sorted = new long[size];
    for (int i = 0; i < size; i++) {
      long hit = hits[i];
      sorted[next[(int) ((hit >>> orbitShift) - smallest)]++] = hit;
    }
    return sorted;
  }

  /** Where the first hit of each digit goes, for each pass; counted in one go. */
  private static int[][] starts(long[] hits, int size, long smallest, int passes, int orbitShift) {
    int[][] counts = new int[passes][BUCKETS];
    for (int i = 0; i < size; i++) {
      long orbit = (hits[i] >>> orbitShift) - smallest;
      for (int[] count : counts) {
        count[(int) orbit & (BUCKETS - 1)]++;
        orbit >>>= DIGIT_BITS;
      }
    }
    for (int[] count : counts) {
      int start = 0;
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        int n = count[bucket];
        count[bucket] = start;
        start += n;
      }
    }
    return counts;
  }

  private static void pass(long[] from, long[] to, int size, long smallest, int shift, int[] next) {
    for (int i = 0; i < size; i++) {
      long hit = from[i];
      int digit = (int) ((hit - smallest) >>> shift) & (BUCKETS - 1);
      to[next[digit]++] = hit;
    }
  }
}
