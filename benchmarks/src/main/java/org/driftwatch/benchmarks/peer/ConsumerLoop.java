package org.driftwatch.benchmarks.peer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.driftwatch.detector.SummaryJson;

/** One thread, a Kafka consumer, the same aggregates. No framework, no late records, no restart. */
final class ConsumerLoop {
  private static final Duration POLL = Duration.ofMillis(100);

  private ConsumerLoop() {}

  /** How a record is read. */
  interface Reader {
    /** Adds what the record holds to the hits of its window. */
    void read(ConsumerRecord<byte[], byte[]> record, WindowHits window) throws IOException;
  }

  /** Reads until it is stopped. */
  static void run(PeerArguments peer, Reader reader) throws IOException {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, peer.kafka());
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 32 << 20);
    config.put(ConsumerConfig.CHECK_CRCS_CONFIG, false);
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<String, byte[]> producer = peer.producer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(peer.streamTopic()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      read(peer, reader, consumer, new long[partitions.size()], producer);
    }
  }

  private static void read(
      PeerArguments peer,
      Reader reader,
      KafkaConsumer<byte[], byte[]> consumer,
      long[] latest,
      KafkaProducer<String, byte[]> producer)
      throws IOException {
    TreeMap<Long, WindowHits> windows = new TreeMap<>();
    while (true) {
      long lastStart = -1;
      WindowHits window = null;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        long start = peer.windowStart(record.timestamp());
        if (start != lastStart) {
          window = windows.computeIfAbsent(start, s -> new WindowHits());
          lastStart = start;
        }
        reader.read(record, window);
        latest[record.partition()] = Math.max(latest[record.partition()], record.timestamp());
      }
      // A window is complete when every partition is past it.
      long watermark = Arrays.stream(latest).min().getAsLong();
      while (!windows.isEmpty() && windows.firstKey() + peer.windowMillis() <= watermark) {
        Map.Entry<Long, WindowHits> complete = windows.pollFirstEntry();
        String key = SummaryJson.key(Instant.ofEpochMilli(complete.getKey()));
        byte[] summary = complete.getValue().summary(complete.getKey(), peer.windowMillis());
        var unused = producer.send(new ProducerRecord<>(peer.resultsTopic(), key, summary));
      }
    }
  }
}
