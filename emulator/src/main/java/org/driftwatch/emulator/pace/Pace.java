package org.driftwatch.emulator.pace;

import org.driftwatch.emulator.source.RowBatch;

/** Decides when each row is due. Asked in the order of the rows, by one thread. */
public interface Pace {
  /**
   * When row i of the batch is due, in nanoseconds since the start. Asked again for the same row
   * until {@link #sent}; the answer may change in between. A time in the past asks to catch up.
   */
  long due(RowBatch batch, int i);

  /** The row asked for last is sent: the next is asked for from now on. */
  void sent();
}
