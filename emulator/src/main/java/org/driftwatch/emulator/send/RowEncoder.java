package org.driftwatch.emulator.send;

import org.driftwatch.emulator.source.RowBatch;

/** Puts rows into Kafka records and hands these to the sender. Used by one thread. */
public interface RowEncoder {
  /** What {@link #deadline} returns if nothing is held back. */
  long NO_DEADLINE = Long.MAX_VALUE;

  /**
   * Takes row i of the batch.
   *
   * @param due when the row is due, ms since 1970
   */
  void row(RowBatch batch, int i, long due);

  /**
   * Passes over row i of the batch, which is lost: the stamps of the others are those that they
   * have with it.
   *
   * @param due when the row would be due, ms since 1970
   */
  void skip(RowBatch batch, int i, long due);

  /**
   * Takes row i of the batch, which belongs beside the one before it: the stamps of the others are
   * those that they have without it.
   *
   * @param due when the one before it is due, ms since 1970
   */
  void beside(RowBatch batch, int i, long due);

  /** When something held back must leave, ms since 1970. */
  long deadline();

  /** Sends what must leave by now. */
  void release(long now);

  /** Sends all that is held back. */
  void flush();
}
