package org.driftwatch.quality.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.QualityMessage;

/**
 * What is to be published, and how far the service has got meanwhile: all of it counts, or none.
 * Not safe for several threads.
 */
final class Outbox {
  private final Producer<byte[], byte[]> producer;
  private final TopicNames topics;
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final List<AlarmMessage> alarms = new ArrayList<>();

  Outbox(Producer<byte[], byte[]> producer, TopicNames topics) {
    this.producer = producer;
    this.topics = topics;
  }

  /** An alarm that has changed. */
  void alarm(AlarmMessage alarm) {
    alarms.add(alarm);
    records.add(new ProducerRecord<>(topics.alarms(), alarm.key().getBytes(UTF_8), alarm.write()));
  }

  /** A verdict. */
  void verdict(QualityMessage message) {
    records.add(
        new ProducerRecord<>(topics.quality(), message.key().getBytes(UTF_8), message.write()));
  }

  /** A verdict that nobody gives any more. */
  void noVerdict(QualityMessage message) {
    records.add(new ProducerRecord<>(topics.quality(), message.key().getBytes(UTF_8), null));
  }

  /** Number of messages that wait. */
  int size() {
    return records.size();
  }

  /**
   * Publishes all that waits.
   *
   * @return the alarms among it
   */
  @SuppressWarnings("FutureReturnValueIgnored") // A failure of any is thrown by the commit.
  List<AlarmMessage> publish(Map<TopicPartition, OffsetAndMetadata> places) {
    producer.beginTransaction();
    records.forEach(producer::send);
    producer.sendOffsetsToTransaction(places, new ConsumerGroupMetadata(topics.serviceId()));
    producer.commitTransaction();
    records.clear();
    List<AlarmMessage> published = List.copyOf(alarms);
    alarms.clear();
    return published;
  }
}
