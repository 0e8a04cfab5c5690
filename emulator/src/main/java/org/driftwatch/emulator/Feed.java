package org.driftwatch.emulator;

import java.io.IOException;

/** What a stream sends, one after the other, and when. Used by the sending thread alone. */
interface Feed {
  /**
   * Makes sure that there is something to send; asked again for the same until it is sent.
   *
   * @return false at the end
   * @throws IOException if the source fails, with one line that says which and why
   */
  boolean next() throws IOException;

  /** When it is due, ns since the start; the answer may change until it is sent. */
  long due();

  /**
   * Sends it.
   *
   * @param due when it was due, ms since 1970
   */
  void send(long due);

  /** When something held back must leave, ms since 1970; {@code Long.MAX_VALUE} for nothing. */
  long deadline();

  /** Sends what must leave by this time, ms since 1970. */
  void release(long now);

  /** Sends all that is held back. */
  void flush();
}
