package org.driftwatch.viewer.plot;

import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.model.WindowSeries.Column;

/**
 * Many windows brought down to the columns of a screen: the least, the mean and the largest number
 * of the windows that lie in each, and whether one of them is incomplete. One pass over the windows
 * serves all curves; blocks of windows that lie in one column are taken whole.
 */
final class TrendColumns {
  private final double[][] least;
  private final double[][] largest;
  private final double[][] sum;
  private final int[] windows;
  private final boolean[] incomplete;

  private TrendColumns(int curves, int columns) {
    least = new double[curves][columns];
    largest = new double[curves][columns];
    sum = new double[curves][columns];
    windows = new int[columns];
    incomplete = new boolean[columns];
  }

  /**
   * The columns of a view's stretch of time.
   *
   * @param columns how many there are
   */
  static TrendColumns of(TrendView view, int columns) {
    WindowSeries series = view.series();
    long from = view.from().toEpochMilli();
    long to = view.to().toEpochMilli();
    TrendColumns result = new TrendColumns(view.curves().size(), columns);
    double perMilli = columns / (double) (to - from);
    int i = series.firstEndingAfter(view.from());
    while (i < series.size() && series.get(Column.START, i) < to) {
      int left = (int) Math.floor((series.get(Column.START, i) - from) * perMilli);
      int block = series.block(i);
      if (block > 0 && left >= 0 && left < columns) {
        long last = series.get(Column.END, i + block - 1) - 1;
        if (last < to && (int) ((last - from) * perMilli) == left) {
          result.takeBlock(view, left, i);
          result.windows[left] += block;
          i += block;
          continue;
        }
      }
      int right = (int) ((series.get(Column.END, i) - 1 - from) * perMilli);
      boolean lacking = series.get(Column.INCOMPLETE, i) != 0;
      for (int column = Math.max(0, left); column <= Math.min(right, columns - 1); column++) {
        for (int curve = 0; curve < view.curves().size(); curve++) {
          double value = view.value(view.curves().get(curve), i);
          result.take(curve, column, value, value, value);
        }
        result.incomplete[column] |= lacking;
        result.windows[column]++;
      }
      i++;
    }
    return result;
  }

  private void takeBlock(TrendView view, int column, int i) {
    WindowSeries series = view.series();
    for (int curve = 0; curve < view.curves().size(); curve++) {
      Column of = view.curves().get(curve).column();
      take(
          curve,
          column,
          view.scaled(series.least(of, i), i),
          view.scaled(series.largest(of, i), i),
          view.scaled(series.sum(of, i), i));
    }
    incomplete[column] |= series.largest(Column.INCOMPLETE, i) != 0;
  }

  private void take(int curve, int column, double low, double high, double all) {
    boolean first = windows[column] == 0;
    least[curve][column] = first ? low : Math.min(least[curve][column], low);
    largest[curve][column] = Math.max(largest[curve][column], high);
    sum[curve][column] += all;
  }

  /** True if a window of the column lacks records. */
  boolean isIncomplete(int column) {
    return incomplete[column];
  }

  /** How many there are. */
  int count() {
    return windows.length;
  }

  /** True if no window lies in the column. */
  boolean isEmpty(int column) {
    return windows[column] == 0;
  }

  /** The least number in a column. */
  double least(int curve, int column) {
    return least[curve][column];
  }

  /** The largest number in a column. */
  double largest(int curve, int column) {
    return largest[curve][column];
  }

  /** The largest number of all. */
  double largest() {
    double most = 0;
    for (double[] curve : largest) {
      for (double value : curve) {
        most = Math.max(most, value);
      }
    }
    return most;
  }

  /** The mean of the numbers in a column that is not empty. */
  double mean(int curve, int column) {
    return sum[curve][column] / windows[column];
  }
}
