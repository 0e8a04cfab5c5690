package org.driftwatch.pipelines.orbits;

import java.io.Serializable;
import java.util.Comparator;

/**
 * What the orbit counter did in a part of a block of a file, in the order of its hits.
 *
 * @param file which of the batch's files, in their order
 * @param name the file's name
 * @param at where in the file the block begins, bytes
 * @param origin the origin of the groups of its hits, see {@link
 *     org.driftwatch.pipelines.block.HitGroup}
 * @param first orbit of its first hit; of a counter whose turns are counted, counted on
 * @param last orbit of its last hit
 * @param least smallest orbit
 * @param greatest largest orbit
 * @param hits number of hits
 */
public record CounterSpan(
    int file,
    String name,
    long at,
    long origin,
    long first,
    long last,
    long least,
    long greatest,
    long hits)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** File by file, in each as the hits lie. */
  static final Comparator<CounterSpan> IN_ORDER =
      Comparator.comparingInt(CounterSpan::file).thenComparingLong(CounterSpan::origin);

  private static final int FILE_SHIFT = 43;
  private static final int BLOCK_SHIFT = 6;
  private static final int BYTES_BITS = 12;

  /** The part of a block's records in front of its first hit: they are of the hit before. */
  public static final int EARLY = 0;

  /** The parts of a block's hits are numbered from 1 to this. */
  public static final int LAST_PART = (1 << BLOCK_SHIFT) - 1;

  /** Blocks of a file are at least so long, but for its last: bytes. */
  public static final int LEAST_BLOCK = 1 << BYTES_BITS;

  /** True of records in front of the first hit of their block. */
  boolean isEarly() {
    return (origin & LAST_PART) == EARLY;
  }

  /** The origin of hits of a part of a block. */
  public static long origin(int file, long at, int part) {
    return (long) file << FILE_SHIFT | at >>> BYTES_BITS << BLOCK_SHIFT | part;
  }
}
