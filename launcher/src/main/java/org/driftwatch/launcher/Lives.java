package org.driftwatch.launcher;

/**
 * Whether a part that ends is started again: not for ever where it ends soon after each start. Used
 * by one thread.
 */
final class Lives {
  private static final long SHORT_NANOS = 20_000_000_000L;
  private static final int MOST_SHORT = 3;

  private long startedAt;
  private int shortInARow;

  /** The part starts. */
  void begin() {
    startedAt = System.nanoTime();
  }

  /**
   * The part has ended.
   *
   * @return true where it may start again
   */
  boolean end() {
    boolean isShort = System.nanoTime() - startedAt < SHORT_NANOS;
    shortInARow = isShort ? shortInARow + 1 : 0;
    return shortInARow < MOST_SHORT;
  }
}
