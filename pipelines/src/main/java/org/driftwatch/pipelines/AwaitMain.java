package org.driftwatch.pipelines;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.kafka.KafkaClients;
import org.driftwatch.pipelines.restart.PartitionEnd;

/**
 * Waits until the last window of a stream that has ended is published: the window of each
 * partition's latest record. A record stamped ahead of the clock is not waited for: its window
 * comes in its time. Status 0 when it is, 1 when results have stopped to come before. A monitor
 * that catches up with a backlog publishes all the time, and is waited for.
 */
public final class AwaitMain {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** Clocks of two machines may differ by this much and still both be right. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

  private static final int FIRST_LOOK = 2000;

  /** So far back of a partition's end its latest record is looked for. */
  private static final int MOST_LOOKED_AT = 200_000;

  private AwaitMain() {}

  /** Parses the options and waits. */
  public static void main(String[] args) {
    Program.exitWith("await", () -> await(Program.options(args, MonitorOptions.class)));
  }

  private static int await(MonitorOptions options) {
    long window = Durations.parsePositive("window", options.getWindow()).getMillis();
    KafkaAccess access = Topics.access(options);
    try {
      return await(options, window, new KafkaClients(access));
    } catch (KafkaException e) {
      throw Topics.failure(access, e, " does not answer: ");
    }
  }

  private static int await(MonitorOptions options, long window, KafkaClients clients) {
    Set<String> missing;
    try (KafkaConsumer<byte[], byte[]> stream =
        new KafkaConsumer<>(
            clients.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      missing = lastWindows(stream, options.getStreamTopic(), window);
    }
    Duration patience = SILENCE.plusMillis(window);
    Instant deadline = Instant.now().plus(patience);
    try (KafkaConsumer<String, byte[]> results =
        new KafkaConsumer<>(
            clients.consumer(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(results, options.getResultsTopic());
      results.assign(partitions);
      results.seekToBeginning(partitions);
      while (!missing.isEmpty()) {
        if (Instant.now().isAfter(deadline)) {
          throw new FailureException(
              "the last windows "
                  + missing
                  + " were not published; no result has come for "
                  + patience.toSeconds()
                  + " s",
              null);
        }
        for (ConsumerRecord<String, byte[]> result : results.poll(POLL)) {
          missing.remove(result.key());
          // Windows are published in their order: one later than all that are missing is no
          // progress.
          if (result.key() != null
              && missing.stream().anyMatch(key -> key.compareTo(result.key()) > 0)) {
            deadline = Instant.now().plus(patience);
          }
        }
      }
    }
    return 0;
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new FailureException("topic " + topic + " does not exist", null);
    }
    return partitions;
  }

  /** The keys of the windows that the latest records of each partition lie in. */
  private static Set<String> lastWindows(
      KafkaConsumer<byte[], byte[]> stream, String topic, long windowMillis) {
    long now = Instant.now().plus(CLOCKS_DIFFER).toEpochMilli();
    Set<String> keys = new HashSet<>();
    for (TopicPartition partition : partitions(stream, topic)) {
      Latest latest = new Latest(now);
      PartitionEnd.read(stream, partition, FIRST_LOOK, latest);
      if (latest.timestamp >= 0) {
        long start = latest.timestamp - latest.timestamp % windowMillis;
        keys.add(SummaryJson.key(Instant.ofEpochMilli(start)));
      }
    }
    return keys;
  }

  /**
   * The largest timestamp of the records that are read that is not ahead of the clock. Kafka itself
   * tells the largest of all, and that of aborted records, too.
   */
  private static final class Latest implements PartitionEnd.Reader<byte[], byte[]> {
    private final long now;
    private long timestamp = -1;
    private int records;

    Latest(long now) {
      this.now = now;
    }

    @Override
    public void add(ConsumerRecord<byte[], byte[]> record) {
      records++;
      if (record.timestamp() <= now) {
        timestamp = Math.max(timestamp, record.timestamp());
      }
    }

    @Override
    public boolean hasEnough() {
      return timestamp >= 0 || records >= MOST_LOOKED_AT;
    }
  }
}
