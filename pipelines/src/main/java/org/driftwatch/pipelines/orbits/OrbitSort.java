package org.driftwatch.pipelines.orbits;

import java.util.Arrays;

/**
 * Puts packed hits in the order of their orbits: a radix sort over those bits of the orbit that
 * differ at all. The hits of a few seconds span some 60,000 orbits, so two passes do.
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
