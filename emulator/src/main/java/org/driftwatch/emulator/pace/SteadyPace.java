package org.driftwatch.emulator.pace;

import org.driftwatch.emulator.source.RowBatch;

/**
 * The same number of rows every second. Row n is due n/rate after the start whatever became of the
 * rows before it: no error adds up, and a stall is caught up.
 */
public final class SteadyPace implements Pace {
  private final double nanosPerRow;
  private long rows;

  /**
   * This many rows per second.
   *
   * @param rate rows per second, above 0
   */
  public SteadyPace(double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("rate " + rate + " records/s, expected above 0");
    }
    nanosPerRow = 1e9 / rate;
  }

  @Override
  public long due(RowBatch batch, int i) {
    return (long) (rows * nanosPerRow);
  }

  @Override
  public void sent() {
    rows++;
  }
}
