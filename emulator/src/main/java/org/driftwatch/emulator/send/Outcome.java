package org.driftwatch.emulator.send;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Is told what became of a record; called on Kafka's thread, so it must not wait. */
@FunctionalInterface
public interface Outcome {
  /**
   * The broker has taken the record, or has not.
   *
   * @param place partition and offset; null where it was not taken
   */
  void of(ProducerRecord<byte[], byte[]> message, RecordMetadata place);
}
