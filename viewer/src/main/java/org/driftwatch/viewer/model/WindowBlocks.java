package org.driftwatch.viewer.model;

import org.driftwatch.viewer.model.WindowSeries.Column;

/**
 * For each sixteen windows in a row of a chunk the least, the largest and the sum of each of their
 * numbers, so that a long run is brought down to the columns of a screen without looking at every
 * window. Belongs to its chunk.
 */
final class WindowBlocks {
  /** Windows of a block. */
  static final int ROWS = 16;

  private final int columns;
  private final long[] least;
  private final long[] largest;
  private final long[] sum;

  /** Length of each of a block's windows in ms; 0 if they differ. */
  private final long[] length;

  /**
   * Blocks of a chunk.
   *
   * @param columns numbers of each window
   */
  WindowBlocks(int rows, int columns) {
    this.columns = columns;
    int blocks = rows / ROWS;
    least = new long[blocks * columns];
    largest = new long[blocks * columns];
    sum = new long[blocks * columns];
    length = new long[blocks];
  }

  /** Takes over the whole blocks of the first rows of another chunk. */
  void copy(WindowBlocks from, int rows) {
    int cells = rows / ROWS * columns;
    System.arraycopy(from.least, 0, least, 0, cells);
    System.arraycopy(from.largest, 0, largest, 0, cells);
    System.arraycopy(from.sum, 0, sum, 0, cells);
    System.arraycopy(from.length, 0, length, 0, rows / ROWS);
  }

  /** Computes a block again from its chunk's rows. */
  void compute(int block, long[] rows) {
    int to = block * columns;
    int from = to * ROWS;
    System.arraycopy(rows, from, least, to, columns);
    System.arraycopy(rows, from, largest, to, columns);
    System.arraycopy(rows, from, sum, to, columns);
    length[block] = length(rows, from);
    for (int row = 1; row < ROWS; row++) {
      int at = from + row * columns;
      for (int i = 0; i < columns; i++) {
        least[to + i] = Math.min(least[to + i], rows[at + i]);
        largest[to + i] = Math.max(largest[to + i], rows[at + i]);
        sum[to + i] += rows[at + i];
      }
      if (length(rows, at) != length[block]) {
        length[block] = 0;
      }
    }
  }

  private static long length(long[] rows, int at) {
    return rows[at + Column.END.place()] - rows[at + Column.START.place()];
  }

  long least(int block, Column column) {
    return least[block * columns + column.place()];
  }

  long largest(int block, Column column) {
    return largest[block * columns + column.place()];
  }

  long sum(int block, Column column) {
    return sum[block * columns + column.place()];
  }

  long length(int block) {
    return length[block];
  }
}
