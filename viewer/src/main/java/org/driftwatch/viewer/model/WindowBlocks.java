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

  private final long[] least;
  private final long[] largest;
  private final long[] sum;

  /** Length of each of a block's windows in ms; 0 if they differ. */
  private final long[] length;

  WindowBlocks(int rows) {
    int blocks = rows / ROWS;
    least = new long[blocks * WindowSeries.COLUMNS];
    largest = new long[blocks * WindowSeries.COLUMNS];
    sum = new long[blocks * WindowSeries.COLUMNS];
    length = new long[blocks];
  }

  /** Takes over the whole blocks of the first rows of another chunk. */
  void copy(WindowBlocks from, int rows) {
    int cells = rows / ROWS * WindowSeries.COLUMNS;
    System.arraycopy(from.least, 0, least, 0, cells);
    System.arraycopy(from.largest, 0, largest, 0, cells);
    System.arraycopy(from.sum, 0, sum, 0, cells);
    System.arraycopy(from.length, 0, length, 0, rows / ROWS);
  }

  /** Computes a block again from its chunk's rows. */
  void compute(int block, long[] rows) {
    int to = block * WindowSeries.COLUMNS;
    int from = to * ROWS;
    System.arraycopy(rows, from, least, to, WindowSeries.COLUMNS);
    System.arraycopy(rows, from, largest, to, WindowSeries.COLUMNS);
    System.arraycopy(rows, from, sum, to, WindowSeries.COLUMNS);
    length[block] = length(rows, from);
    for (int row = 1; row < ROWS; row++) {
      int at = from + row * WindowSeries.COLUMNS;
      for (int i = 0; i < WindowSeries.COLUMNS; i++) {
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
    return least[block * WindowSeries.COLUMNS + column.place()];
  }

  long largest(int block, Column column) {
    return largest[block * WindowSeries.COLUMNS + column.place()];
  }

  long sum(int block, Column column) {
    return sum[block * WindowSeries.COLUMNS + column.place()];
  }

  long length(int block) {
    return length[block];
  }
}
