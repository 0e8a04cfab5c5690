package org.driftwatch.pipelines.block;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Parsed records that lie in one window, a word each: DAQ words, hits whole and trigger words with
 * their HEAD only, as {@link org.driftwatch.detector.HitWord} has them; once they are mapped to the
 * chambers, packed hits. Immutable by convention: nobody writes into the array.
 */
public final class WordBlock {
  private final long records;
  private final long malformed;
  private final long[] words;

  /**
   * A block.
   *
   * @param records records the block stands for, malformed ones not; cleansing takes words out, but
   *     they stay counted here
   * @param malformed malformed records
   * @param words the words; taken over, not copied
   */
  public WordBlock(long records, long malformed, long[] words) {
    this.records = records;
    this.malformed = malformed;
    this.words = words;
  }

  /** Records the block stands for, trigger words included, malformed ones not. */
  public long records() {
    return records;
  }

  /** Malformed records. */
  public long malformed() {
    return malformed;
  }

  /** The words; not to be written to. */
  public long[] words() {
    return words;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof WordBlock b
        && records == b.records
        && malformed == b.malformed
        && Arrays.equals(words, b.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return "WordBlock{"
        + records
        + " records, "
        + words.length
        + " words, "
        + malformed
        + " malformed}";
  }
}
