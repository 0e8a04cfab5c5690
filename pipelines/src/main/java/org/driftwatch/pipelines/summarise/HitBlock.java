package org.driftwatch.pipelines.summarise;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Hits of one window mapped to the cells of the chambers, packed as {@link PackedHit}, with the
 * counts of the records they came from. Immutable by convention: nobody writes into the array.
 */
public final class HitBlock {
  private final long records;
  private final long malformed;
  private final long[] hits;

  /**
   * A block.
   *
   * @param records records the block stands for, trigger words included, malformed ones not
   * @param malformed malformed records
   * @param hits packed hits; taken over, not copied
   */
  public HitBlock(long records, long malformed, long[] hits) {
    this.records = records;
    this.malformed = malformed;
    this.hits = hits;
  }

  /** Records the block stands for, trigger words included, malformed ones not. */
  public long records() {
    return records;
  }

  /** Malformed records. */
  public long malformed() {
    return malformed;
  }

  /** The packed hits; not to be written to. */
  public long[] hits() {
    return hits;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof HitBlock b
        && records == b.records
        && malformed == b.malformed
        && Arrays.equals(hits, b.hits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hits);
  }

  @Override
  public String toString() {
    return "HitBlock{"
        + records
        + " records, "
        + hits.length
        + " hits, "
        + malformed
        + " malformed}";
  }
}
