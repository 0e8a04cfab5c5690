package org.driftwatch.pipelines.block;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Parsed records that lie in one window and are of one group, a word each: as {@link
 * org.driftwatch.detector.HitLayout} has them, trigger words with their HEAD only; once they are
 * mapped to the chambers, packed hits. Immutable by convention: nobody writes into the array.
 */
public final class WordBlock {
  private static final long[] NONE = {};

  private final HitGroup group;
  private final long records;
  private final long malformed;
  private final long[] words;
  private final long[] others;

  /** A block of no particular group. */
  public WordBlock(long records, long malformed, long[] words) {
    this(HitGroup.NONE, records, malformed, words);
  }

  /**
   * A block.
   *
   * @param group what its records have in common
   * @param records records the block stands for, malformed ones not; cleansing takes words out, but
   *     they stay counted here
   * @param malformed malformed records
   * @param words the words; taken over, not copied
   */
  public WordBlock(HitGroup group, long records, long malformed, long[] words) {
    this(group, records, malformed, words, NONE);
  }

  /**
   * A block whose records have a place each, those that are no hits, too.
   *
   * @param others records that are no hits and malformed ones, as packed hits; they and the words
   *     are all that it stands for beside {@code records} and {@code malformed}
   */
  public WordBlock(HitGroup group, long records, long malformed, long[] words, long[] others) {
    this.group = group;
    this.records = records;
    this.malformed = malformed;
    this.words = words;
    this.others = others;
  }

  /** What its records have in common. */
  public HitGroup group() {
    return group;
  }

  /** The same block with these words in place of its own. */
  public WordBlock withWords(long[] words) {
    return new WordBlock(group, records, malformed, words, others);
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

  /** Records that have a place but no cell, as packed hits; not to be written to. */
  public long[] others() {
    return others;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof WordBlock b
        && group.equals(b.group)
        && records == b.records
        && malformed == b.malformed
        && Arrays.equals(words, b.words)
        && Arrays.equals(others, b.others);
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
