package org.driftwatch.quality.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads what a compacted topic holds: the last message of every key. */
final class StateReader {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private StateReader() {}

  /** All partitions of a topic. */
  static List<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(partition -> new TopicPartition(topic.name(), partition.partition()))
        .toList();
  }

  /**
   * The last message of every key that was not deleted, in the order of the messages. The consumer
   * is left assigned to the topic.
   *
   * @throws TimeoutException where nothing comes for 20 s
   */
  static Map<String, ConsumerRecord<byte[], byte[]>> read(
      Consumer<byte[], byte[]> consumer, TopicDescription topic) {
    List<TopicPartition> partitions = partitions(topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<String, ConsumerRecord<byte[], byte[]>> state = new LinkedHashMap<>();
    long heardAt = System.nanoTime();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() - heardAt > PATIENCE.toNanos()) {
        throw new TimeoutException(
            "nothing of topic " + topic.name() + " for " + PATIENCE.toSeconds() + " s");
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        heardAt = System.nanoTime();
        if (message.key() != null) {
          String key = new String(message.key(), UTF_8);
          state.remove(key);
          if (message.value() != null) {
            state.put(key, message);
          }
        }
      }
    }
    return state;
  }
}
