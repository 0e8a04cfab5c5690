package org.driftwatch.export;

import java.io.IOException;

/** Messages of window summaries, of a topic or a file, in the order they came. */
interface Messages {
  /** Takes a message. */
  interface Taker {
    /**
     * A message.
     *
     * @param place its number, which rises; the same each time it is read
     * @param key the window's start as the topic has it; null where the source has none
     * @param value the message
     */
    void take(long place, String key, byte[] value) throws IOException;
  }

  /** Gives all messages that were there when it was opened, as often as it is called. */
  void forEach(Taker taker) throws IOException;

  /** Where a message is, in words. */
  String at(long place);
}
