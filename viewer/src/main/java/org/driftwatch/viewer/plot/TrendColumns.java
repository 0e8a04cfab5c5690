package org.driftwatch.viewer.plot;

import java.time.Instant;
import java.util.List;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.model.WindowSeries.Column;

/**
 * Many windows brought down to the columns of a screen: the least, the mean and the largest number
 * of the windows that lie in each. One pass over the windows serves all curves.
 */
final class TrendColumns {
  private final long[][] least;
  private final long[][] largest;
  private final long[][] sum;
  private final int[] windows;

  private TrendColumns(int curves, int columns) {
    least = new long[curves][columns];
    largest = new long[curves][columns];
    sum = new long[curves][columns];
    windows = new int[columns];
  }

  /**
   * The columns of a stretch of time.
   *
   * @param from left end, ms since the epoch
   * @param to right end
   * @param columns how many there are
   */
  static TrendColumns of(
      WindowSeries series, long from, long to, int columns, List<Column> curves) {
    TrendColumns result = new TrendColumns(curves.size(), columns);
    double perMilli = columns / (double) (to - from);
    for (int i = series.firstEndingAfter(Instant.ofEpochMilli(from)); i < series.size(); i++) {
      int left = (int) ((series.get(Column.START, i) - from) * perMilli);
      int right = (int) ((series.get(Column.END, i) - 1 - from) * perMilli);
      for (int column = Math.max(0, left); column <= Math.min(right, columns - 1); column++) {
        for (int curve = 0; curve < curves.size(); curve++) {
          result.take(curve, column, series.get(curves.get(curve), i));
        }
        result.windows[column]++;
      }
    }
    return result;
  }

  private void take(int curve, int column, long value) {
    boolean first = windows[column] == 0;
    least[curve][column] = first ? value : Math.min(least[curve][column], value);
    largest[curve][column] = Math.max(largest[curve][column], value);
    sum[curve][column] += value;
  }

  /** True where no window lies in the column. */
  boolean isEmpty(int column) {
    return windows[column] == 0;
  }

  /** The least number in a column. */
  long least(int curve, int column) {
    return least[curve][column];
  }

  /** The largest number in a column. */
  long largest(int curve, int column) {
    return largest[curve][column];
  }

  /** The mean of the numbers in a column that is not empty. */
  double mean(int curve, int column) {
    return sum[curve][column] / (double) windows[column];
  }
}
