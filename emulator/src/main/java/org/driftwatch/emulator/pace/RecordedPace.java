package org.driftwatch.emulator.pace;

import java.util.function.LongSupplier;
import org.driftwatch.emulator.source.RowBatch;

/**
 * The pace of a recording, K times as fast: a record is due when the largest timestamp so far is
 * reached. Late ones go with those around them.
 */
public final class RecordedPace implements Pace {
  private final LongSupplier stamp;
  private final double nanosPerMilli;
  private final long longestPauseNs;

  private boolean started;
  private long largest;
  private double dueNs;

  /**
   * The pace of a recording.
   *
   * @param stamp timestamp of the record that is asked for, ms
   * @param speed how many times as fast as recorded, above 0
   * @param longestPauseNs pauses of the replay are cut to this, ns
   */
  public RecordedPace(LongSupplier stamp, double speed, long longestPauseNs) {
    this.stamp = stamp;
    nanosPerMilli = 1e6 / speed;
    this.longestPauseNs = longestPauseNs;
  }

  @Override
  public long due(RowBatch batch, int i) {
    long present = stamp.getAsLong();
    if (!started) {
      started = true;
      largest = present;
    }
    if (present > largest) {
      dueNs += Math.min(((double) present - largest) * nanosPerMilli, (double) longestPauseNs);
      largest = present;
    }
    return (long) dueNs;
  }

  @Override
  public void sent() {}
}
