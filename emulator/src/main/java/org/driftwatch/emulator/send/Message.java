package org.driftwatch.emulator.send;

/**
 * A finished Kafka record.
 *
 * @param key its key; null for none
 * @param value JSON objects or CSV lines, or a block of 64-bit words
 * @param words true for a block of words that a header must mark as such
 * @param rows rows of the readout in it
 * @param hits hits among them
 * @param stamp its timestamp, ms since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // sent on, never compared
public record Message(byte[] key, byte[] value, boolean words, int rows, int hits, long stamp) {
  /** The same record with a timestamp that is off by this many ms. */
  public Message shifted(long millis) {
    return millis == 0 ? this : new Message(key, value, words, rows, hits, stamp + millis);
  }
}
