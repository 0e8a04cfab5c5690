package org.driftwatch.pipelines.restart;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.pipelines.kafka.KafkaClients;

/**
 * What the topic {@code results} tells of the runs before this one.
 *
 * @param clients makes the clients of Kafka
 * @param topic the topic of the results
 */
public record PublishedWindows(KafkaClients clients, String topic) {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int FETCH_BYTES = 32 << 20;

  /**
   * The latest window that was published; empty where none was. The whole topic is read: after a
   * restart windows are published anew, so that the latest need not stand last.
   */
  public Optional<WindowSummary.Span> latest() {
    Map<String, Object> config = clients.consumer();
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    try (KafkaConsumer<String, byte[]> results =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          results.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      results.assign(partitions);
      results.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = results.endOffsets(partitions);
      String latestKey = "";
      Optional<WindowSummary.Span> latest = Optional.empty();
      while (partitions.stream().anyMatch(p -> results.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, byte[]> result : results.poll(POLL)) {
          // Keys are instants of one width: their order as text is that of time.
          if (result.key() != null
              && result.key().compareTo(latestKey) > 0
              && result.value() != null) {
            Optional<WindowSummary.Span> span = span(result);
            if (span.isPresent()) {
              latestKey = result.key();
              latest = span;
            }
          }
        }
      }
      return latest;
    }
  }

  /** The window that a message is of; empty where it is no summary: others may write there, too. */
  private static Optional<WindowSummary.Span> span(ConsumerRecord<String, byte[]> result) {
    try {
      return SummaryJson.read(result.value())
          .window()
          .filter(span -> SummaryJson.key(span.start()).equals(result.key()));
    } catch (SummaryJson.FormatException e) {
      return Optional.empty();
    }
  }
}
