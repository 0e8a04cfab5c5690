package org.driftwatch.emulator.send;

/** Takes finished Kafka records. Used by one thread. */
@FunctionalInterface
public interface RecordSender {
  /** Sends a record. */
  void send(Message message);
}
