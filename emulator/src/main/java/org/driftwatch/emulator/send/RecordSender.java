package org.driftwatch.emulator.send;

/** Takes finished Kafka records. Used by one thread. */
public interface RecordSender {
  /**
   * Sends a value of text: JSON objects or CSV lines.
   *
   * @param rows rows of the readout in it
   * @param hits hits among them
   * @param stamp the record's timestamp, ms since 1970
   */
  void text(byte[] value, int rows, int hits, long stamp);

  /** Sends a block of 64-bit words; as {@link #text} else. */
  void words(byte[] value, int rows, int hits, long stamp);
}
