package org.driftwatch.viewer.model;

import org.driftwatch.viewer.model.WindowSeries.Column;

/**
 * The least, the largest and the sum of each number of sixteen windows in a row, so that a long run
 * is brought down to the columns of a screen without looking at every window. Immutable.
 */
final class WindowBlock {
  /** Windows of a block. */
  static final int ROWS = 16;

  private final long[] least;
  private final long[] largest;
  private final long[] sum;

  /** False if rows of different lengths are among them. */
  private final boolean isEven;

  /** The block of the rows from {@code from} on. */
  WindowBlock(PackedWindow[] rows, int from) {
    int columns = Column.width(rows[from].channels().chambers());
    least = new long[columns];
    rows[from].first(least);
    largest = least.clone();
    sum = least.clone();
    long[] row = new long[columns];
    for (int i = from + 1; i < from + ROWS; i++) {
      rows[i].first(row);
      for (int j = 0; j < columns; j++) {
        least[j] = Math.min(least[j], row[j]);
        largest[j] = Math.max(largest[j], row[j]);
        sum[j] += row[j];
      }
    }
    isEven =
        least(Column.LENGTH) == largest(Column.LENGTH)
            && least(Column.WINDOWS) == largest(Column.WINDOWS);
  }

  boolean isEven() {
    return isEven;
  }

  long least(Column column) {
    return least[column.place()];
  }

  long largest(Column column) {
    return largest[column.place()];
  }

  long sum(Column column) {
    return sum[column.place()];
  }
}
