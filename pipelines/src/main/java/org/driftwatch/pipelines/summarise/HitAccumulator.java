package org.driftwatch.pipelines.summarise;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.MonotonicNonNull;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the histogram combiner holds of a window, or of one shard of it: counts and the hits. The
 * hits are needed to the end, since a late one may open the scintillator's gate for all others of
 * its orbit. While hits are added they take eight bytes each; on the way between steps and at rest
 * they stay as {@link OrbitRuns}, four bytes each, and are not unpacked until they are used.
 *
 * <p>Changed in place; not safe for use by several threads.
 */
public final class HitAccumulator {
  private static final int FIRST_CAPACITY = 256;
  private static final long[] NONE = new long[0];

  private long records;
  private long malformed;
  private int size;
  private long[] hits;
  private byte @MonotonicNonNull [] packed;

  HitAccumulator() {
    hits = NONE;
  }

  /** An accumulator from what was kept of another. */
  static HitAccumulator ofPacked(long records, long malformed, byte[] packed) {
    HitAccumulator accumulator = new HitAccumulator();
    accumulator.records = records;
    accumulator.malformed = malformed;
    accumulator.size = OrbitRuns.size(packed);
    accumulator.packed = packed;
    return accumulator;
  }

  /** Adds the hits of a block, and what it counts. */
  void add(HitBlock block) {
    int count = block.hits().length;
    count(block.records(), block.malformed());
    makeRoom(count);
    System.arraycopy(block.hits(), 0, hits, size, count);
    size += count;
  }

  /** Adds all that another accumulator holds. */
  void add(HitAccumulator other) {
    if (size == 0 && other.packed != null) {
      count(other.records, other.malformed);
      size = other.size;
      packed = other.packed;
      return;
    }
    count(other.records, other.malformed);
    if (other.size == 0) {
      return;
    }
    makeRoom(other.size);
    if (other.packed == null) {
      System.arraycopy(other.hits, 0, hits, size, other.size);
    } else {
      OrbitRuns.unpack(other.packed, hits, size);
    }
    size += other.size;
  }

  private void count(long moreRecords, long moreMalformed) {
    records += moreRecords;
    malformed += moreMalformed;
  }

  private void makeRoom(int more) {
    unpack();
    int needed = Math.addExact(size, more);
    if (hits.length < needed) {
      int grown = hits.length > Integer.MAX_VALUE / 4 ? needed : hits.length * 2;
      hits = Arrays.copyOf(hits, Math.max(FIRST_CAPACITY, Math.max(needed, grown)));
    }
  }

  private void unpack() {
    if (packed != null) {
      hits = new long[size];
      OrbitRuns.unpack(packed, hits, 0);
      packed = null;
    }
  }

  /** Records counted, trigger words included, malformed ones not. */
  long records() {
    return records;
  }

  /** Malformed records counted. */
  long malformed() {
    return malformed;
  }

  /** Number of hits held. */
  public int size() {
    return size;
  }

  /**
   * The hits in the order of their orbits: the first {@link #size()} of the array, not to be
   * written to.
   */
  long[] hitsByOrbit() {
    unpack();
    hits = OrbitSort.sorted(hits, size);
    return hits;
  }

  /** The hits as bytes, see {@link OrbitRuns}; the accumulator keeps these from now on. */
  byte[] packed() {
    if (packed == null) {
      packed = OrbitRuns.pack(hitsByOrbit(), size);
      hits = NONE;
    }
    return packed;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof HitAccumulator a
        && records == a.records
        && malformed == a.malformed
        && Arrays.equals(packed(), a.packed());
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
