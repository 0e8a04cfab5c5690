package org.driftwatch.pipelines;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.pipelines.kafka.KafkaClients;

/**
 * Waits until the last window of a stream that has ended is published: the window of each
 * partition's latest record. Status 0 when it is, 1 when results have stopped to come before. A
 * monitor that catches up with a backlog publishes all the time, and is waited for.
 */
public final class AwaitMain {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private AwaitMain() {}

  /** Parses the options and waits. */
  public static void main(String[] args) {
    Program.exitWith("await", () -> await(Program.options(args, MonitorOptions.class)));
  }

  private static int await(MonitorOptions options) throws InterruptedException {
    long window = Durations.parse("window", options.getWindow()).getMillis();
    KafkaAccess access = Topics.access(options);
    try {
      return await(options, window, new KafkaClients(access));
    } catch (ExecutionException | KafkaException e) {
      throw Topics.failure(access, e, " does not answer: ");
    }
  }

  private static int await(MonitorOptions options, long window, KafkaClients clients)
      throws ExecutionException, InterruptedException {
    Set<String> missing;
    try (Admin admin = clients.admin()) {
      missing = lastWindows(admin, options.getStreamTopic(), window);
    }
    Duration patience = SILENCE.plusMillis(window);
    Instant deadline = Instant.now().plus(patience);
    try (KafkaConsumer<String, byte[]> results =
        new KafkaConsumer<>(
            clients.consumer(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      results
          .partitionsFor(options.getResultsTopic())
          .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
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

  /** The keys of the windows that the latest records of each partition lie in. */
  private static Set<String> lastWindows(Admin admin, String topic, long windowMillis)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new TreeMap<>((a, b) -> a.partition() - b.partition());
    admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .forEach(
            p -> latest.put(new TopicPartition(topic, p.partition()), OffsetSpec.maxTimestamp()));
    Set<String> keys = new HashSet<>();
    for (ListOffsetsResultInfo info : admin.listOffsets(latest).all().get().values()) {
      if (info.offset() >= 0) {
        long start = info.timestamp() - info.timestamp() % windowMillis;
        keys.add(SummaryJson.key(Instant.ofEpochMilli(start)));
      }
    }
    return keys;
  }
}
