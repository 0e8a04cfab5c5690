package org.driftwatch.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The messages of a topic, up to where it ended. Used by one thread. */
final class TopicMessages implements Messages {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Bits of a place that the partition takes. */
  private static final int PARTITION_BITS = 12;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Map<TopicPartition, Long> ends;

  /**
   * The messages that are there now.
   *
   * @throws IOException where there is no such topic
   */
  TopicMessages(Consumer<byte[], byte[]> consumer, String topic) throws IOException {
    this.consumer = consumer;
    this.topic = topic;
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new IOException("topic " + topic + " does not exist");
    }
    List<TopicPartition> partitions =
        found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    consumer.assign(partitions);
    ends = consumer.endOffsets(partitions);
  }

  @Override
  public void forEach(Taker taker) throws IOException {
    consumer.seekToBeginning(ends.keySet());
    Map<TopicPartition, Long> open = new HashMap<>(ends);
    long heardAt = System.nanoTime();
    while (true) {
      open.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      if (open.isEmpty()) {
        return;
      }
      if (System.nanoTime() - heardAt > PATIENCE.toNanos()) {
        throw new IOException(
            "nothing of topic " + topic + " came for " + PATIENCE.toSeconds() + " s");
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        heardAt = System.nanoTime();
        TopicPartition partition = new TopicPartition(topic, message.partition());
        if (message.offset() < ends.get(partition) && message.value() != null) {
          taker.take(
              message.offset() << PARTITION_BITS | message.partition(),
              message.key() == null ? null : new String(message.key(), UTF_8),
              message.value());
        }
      }
    }
  }

  @Override
  public String at(long place) {
    return "partition "
        + (place & (1 << PARTITION_BITS) - 1)
        + ", offset "
        + (place >>> PARTITION_BITS)
        + " of topic "
        + topic;
  }
}
