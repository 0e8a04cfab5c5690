package org.driftwatch.pipelines.summarise;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the histogram combiner holds of a window, or of one shard of it: counts and the hits, eight
 * bytes each. The hits are needed to the end, since a late one may open the scintillator's gate for
 * all others of its orbit. Changed in place; not safe for use by several threads.
 */
public final class HitAccumulator {
  private static final int FIRST_CAPACITY = 256;

  long records;
  long malformed;
  long[] hits;
  int size;

  HitAccumulator() {
    this(0, 0, new long[FIRST_CAPACITY], 0);
  }

  HitAccumulator(long records, long malformed, long[] hits, int size) {
    this.records = records;
    this.malformed = malformed;
    this.hits = hits;
    this.size = size;
  }

  void add(long moreRecords, long moreMalformed, long[] moreHits, int count) {
    records += moreRecords;
    malformed += moreMalformed;
    if (hits.length - size < count) {
      hits = Arrays.copyOf(hits, Math.max(Math.addExact(size, count), grown(hits.length)));
    }
    System.arraycopy(moreHits, 0, hits, size, count);
    size += count;
  }

  private static int grown(int capacity) {
    return capacity > Integer.MAX_VALUE / 4 ? capacity : capacity * 2;
  }

  /** Number of hits held. */
  public int size() {
    return size;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof HitAccumulator a
        && records == a.records
        && malformed == a.malformed
        && Arrays.equals(hits, 0, size, a.hits, 0, a.size);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(records) * 31 + size;
  }

  @Override
  public String toString() {
    return "HitAccumulator{"
        + records
        + " records, "
        + size
        + " hits, "
        + malformed
        + " malformed}";
  }
}
