package org.driftwatch.emulator.source;

import java.io.IOException;

/** Where the rows come from, in the order of the readout. Used by one thread at a time. */
public interface RecordSource extends AutoCloseable {
  /**
   * Adds rows to the batch, as many as there is room for or as are at hand.
   *
   * @return false at the end, with nothing added
   * @throws IOException if the source fails, with one line that says which and why; rows read
   *     before have been handed over
   */
  boolean read(RowBatch batch) throws IOException;

  /**
   * No more is read.
   *
   * @param rows how many of the last batch have been used
   */
  default void ended(int rows) {}

  @Override
  void close() throws IOException;
}
