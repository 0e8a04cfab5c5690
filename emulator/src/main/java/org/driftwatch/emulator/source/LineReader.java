package org.driftwatch.emulator.source;

import java.util.Optional;

/** Reads lines of text as rows. */
interface LineReader {
  /**
   * Adds the row that a line holds to the batch; a line may hold none.
   *
   * @param from where in the buffer the line begins
   * @param to the place after its last byte
   * @return what is wrong with the line; empty if nothing is
   */
  Optional<String> read(byte[] buffer, int from, int to, RowBatch batch);
}
