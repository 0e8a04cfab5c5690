package org.driftwatch.viewer.model;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The starts of the windows that a row was joined of, in a few numbers as long as they follow one
 * another at equal distances. Immutable.
 */
final class WindowStarts {
  /** Those of a row that was not joined. */
  static final WindowStarts NONE = new WindowStarts(new long[0]);

  private static final int NUMBERS = 3;

  /** For each stretch of equal distances its first start, the distance, and how many there are. */
  private final long[] stretches;

  private WindowStarts(long[] stretches) {
    this.stretches = stretches;
  }

  /**
   * Those of several windows.
   *
   * @param starts ms since the epoch, ascending, no two alike
   */
  static WindowStarts of(long[] starts) {
    long[] stretches = new long[starts.length * NUMBERS];
    int used = 0;
    for (int i = 0; i < starts.length; ) {
      long step = i + 1 < starts.length ? starts[i + 1] - starts[i] : 1;
      int end = i + 1;
      while (end < starts.length && starts[end] - starts[end - 1] == step) {
        end++;
      }
      stretches[used++] = starts[i];
      stretches[used++] = step;
      stretches[used++] = (long) end - i;
      i = end;
    }
    return new WindowStarts(Arrays.copyOf(stretches, used));
  }

  boolean contains(long start) {
    for (int i = 0; i < stretches.length; i += NUMBERS) {
      long behind = start - stretches[i];
      long step = stretches[i + 1];
      if (behind >= 0 && behind % step == 0 && behind / step < stretches[i + 2]) {
        return true;
      }
    }
    return false;
  }

  void forEach(LongConsumer action) {
    for (int i = 0; i < stretches.length; i += NUMBERS) {
      for (long n = 0; n < stretches[i + 2]; n++) {
        action.accept(stretches[i] + n * stretches[i + 1]);
      }
    }
  }

  /** Bytes held. */
  int bytes() {
    return stretches.length * Long.BYTES;
  }
}
