package org.driftwatch.emulator.send;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Learns what became of a record; called on Kafka's thread, so it must not wait. */
@FunctionalInterface
public interface Outcome {
  /**
   * Called when the broker has stored the record or has not.
   *
   * @param place partition and offset; null if it was not stored
   */
  void of(ProducerRecord<byte[], byte[]> message, RecordMetadata place);
}
