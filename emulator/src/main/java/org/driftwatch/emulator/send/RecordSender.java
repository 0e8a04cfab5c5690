package org.driftwatch.emulator.send;

/** Takes finished Kafka records. Used by one thread. */
public interface RecordSender {
  /**
   * Sends a record.
   *
   * @param key its key, or null for none
   * @param value JSON objects or CSV lines, or a block of 64-bit words
   * @param words true for a block of words
   * @param rows rows of the readout in it
   * @param hits hits among them
   * @param stamp the record's timestamp, ms since 1970
   */
  void send(byte[] key, byte[] value, boolean words, int rows, int hits, long stamp);
}
