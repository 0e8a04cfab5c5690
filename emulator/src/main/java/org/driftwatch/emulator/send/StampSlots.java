package org.driftwatch.emulator.send;

/**
 * One stamp for all rows that fall due within a short span, so that they can share a block. A slot
 * ends when it has filled enough blocks that its unfilled last one weighs little, or by its age.
 * Not safe for use by several threads.
 */
final class StampSlots {
  /** Longest span, ms: by so much at most does a stamp precede its row's due time. */
  static final int LONGEST_MS = 50;

  private static final int BLOCKS = 16;

  private final int enoughRows;
  private long stamp;
  private int rows;
  private boolean open;

  /**
   * Slots for blocks of this size.
   *
   * @param block rows of a block
   */
  StampSlots(int block) {
    enoughRows = (int) Math.min((long) block * BLOCKS, Integer.MAX_VALUE);
  }

  /** The stamp of a row due at this time, ms; times do not fall back. */
  long stamp(long due) {
    long age = due - stamp;
    if (!open || age >= LONGEST_MS || age < 0 || (age >= 1 && rows >= enoughRows)) {
      open = true;
      stamp = due;
      rows = 0;
    }
    rows++;
    return stamp;
  }

  /** The stamp given last. */
  long last() {
    return stamp;
  }
}
