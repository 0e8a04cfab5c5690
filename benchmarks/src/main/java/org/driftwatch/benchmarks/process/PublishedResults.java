package org.driftwatch.benchmarks.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;

/**
 * The messages of a topic of results, read as they come. A message was published when the broker
 * took it, which is its timestamp. Used by one thread.
 */
public final class PublishedResults implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final TreeMap<Instant, Published> windows = new TreeMap<>();

  /**
   * What is known of a window.
   *
   * @param first when its first message was published
   * @param last when its last was
   * @param summary what the last one says
   */
  public record Published(Instant first, Instant last, WindowSummary summary) {}

  /** Reads a topic from its beginning. */
  public PublishedResults(String kafka, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Takes what has come, and waits for it at most so long. */
  public void poll(Duration patience) throws IOException {
    for (ConsumerRecord<String, byte[]> message : consumer.poll(patience)) {
      Instant at = Instant.ofEpochMilli(message.timestamp());
      WindowSummary summary = SummaryJson.read(message.value());
      windows.merge(
          Instant.parse(message.key()),
          new Published(at, at, summary),
          (old, now) -> new Published(old.first(), now.last(), now.summary()));
    }
  }

  /** The windows published so far, by their start. */
  public NavigableMap<Instant, Published> windows() {
    return windows;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
