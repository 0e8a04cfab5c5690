package org.driftwatch.pipelines.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that is committed in a topic, from its beginning on. */
public final class TopicTail implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  /** A tail of all partitions of a topic that exists. */
  public TopicTail(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                32 << 20,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** What comes from now on. */
  public static TopicTail fromNow(String bootstrapServers, String topic) {
    TopicTail tail = new TopicTail(bootstrapServers, topic);
    tail.consumer.seekToEnd(tail.consumer.assignment());
    // The place is looked up when it is asked for, not before.
    tail.consumer.assignment().forEach(tail.consumer::position);
    return tail;
  }

  /** Records that were not given before; waits a moment for some. */
  public List<ConsumerRecord<byte[], byte[]>> more() {
    int given = records.size();
    return read().subList(given, records.size());
  }

  /** All records so far; waits a moment for more. */
  public List<ConsumerRecord<byte[], byte[]>> read() {
    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    return records;
  }

  /** All records that stand in the topic now. */
  public List<ConsumerRecord<byte[], byte[]>> readToEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      read();
    }
    return records;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
