package org.driftwatch.pipelines.summarise;

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

  /** Sorts the first {@code size} hits by orbit; the result may be the same array or another. */
  static long[] sorted(long[] hits, int size) {
    if (size <= SMALL) {
      long[] copy = Arrays.copyOf(hits, size);
      Arrays.sort(copy);
      return copy;
    }
    long smallest = Long.MAX_VALUE;
    long largest = 0;
    boolean inOrder = true;
    for (int i = 0; i < size; i++) {
      long orbit = PackedHit.orbit(hits[i]);
      inOrder &= orbit >= largest;
      smallest = Math.min(smallest, orbit);
      largest = Math.max(largest, orbit);
    }
    if (inOrder) {
      return hits;
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(largest - smallest);
    long[] from = hits;
    long[] to = new long[size];
    long[] spare = null;
    for (int done = 0; done < bits; done += DIGIT_BITS) {
      pass(from, to, size, smallest, done);
      if (from == hits) {
        // The input belongs to the accumulator: only the first pass reads it, none writes to it.
        spare = done + DIGIT_BITS < bits ? new long[size] : null;
        from = to;
        to = spare;
      } else {
        long[] swap = from;
        from = to;
        to = swap;
      }
    }
    return from;
  }

  private static void pass(long[] from, long[] to, int size, long smallest, int shift) {
    int[] next = new int[BUCKETS];
    for (int i = 0; i < size; i++) {
      next[digit(from[i], smallest, shift)]++;
    }
    int start = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      int count = next[bucket];
      next[bucket] = start;
      start += count;
    }
    for (int i = 0; i < size; i++) {
      to[next[digit(from[i], smallest, shift)]++] = from[i];
    }
  }

  private static int digit(long hit, long smallest, int shift) {
    return (int) ((PackedHit.orbit(hit) - smallest) >>> shift) & (BUCKETS - 1);
  }
}
