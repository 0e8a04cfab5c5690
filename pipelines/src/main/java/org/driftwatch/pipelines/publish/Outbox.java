package org.driftwatch.pipelines.publish;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The way to one topic. A bundle may end only when each of its messages was acknowledged or given
 * up. Belongs to one thread.
 *
 * @param <K> type of the keys
 */
final class Outbox<K> implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<K, byte[]> producer;

  /**
   * An empty one.
   *
   * @param settings of the producer, but for its serializers
   */
  Outbox(String topic, Map<String, Object> settings, Serializer<K> keys) {
    this.topic = topic;
    producer = new KafkaProducer<>(settings, keys, new ByteArraySerializer());
  }

  /** How many partitions the topic has, as messages are spread over them now; may wait for it. */
  int partitions() {
    return producer.partitionsFor(topic).size();
  }

  /** Sends a message to the topic; the answer comes later. */
  Future<RecordMetadata> send(ProducerRecord<K, byte[]> message) {
    return producer.send(message);
  }

  /** The same; the answer goes to the callback, too, in another thread. */
  Future<RecordMetadata> send(ProducerRecord<K, byte[]> message, Callback answer) {
    return producer.send(message, answer);
  }

  /** Waits until all that was sent is acknowledged or given up. */
  void flush() {
    producer.flush();
  }

  /** Ends it and gives up what is not acknowledged. */
  void abandon() {
    producer.close(Duration.ZERO);
  }

  /** Ends it. */
  @Override
  public void close() {
    producer.close();
  }
}
