package org.driftwatch.pipelines.restart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The oldest records that a partition still has. They tell of which time those were that have been
 * deleted before them, whatever a minority of them is stamped with.
 */
final class OldestRecords {
  /** As many are looked at. */
  static final int LOOKED_AT = 64;

  /** One that is further behind most of the others has a wrong clock, ms. */
  private static final long FAR_BEHIND_MILLIS = 60_000;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private OldestRecords() {}

  /**
   * Of each partition the timestamp of the first record that is neither ahead of most of the others
   * nor far behind them; empty where no record is found in ten seconds that is not ahead of now.
   *
   * @param consumer may be assigned something else afterwards
   * @param offsets the first of each partition
   * @param delayMillis how far out of order records may be, ms
   * @param now records stamped later tell nothing, ms since the epoch
   * @throws TimeoutException if the broker sends nothing for 10 s
   */
  static List<OptionalLong> times(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> offsets,
      long delayMillis,
      long now) {
    return read(consumer, offsets, now).values().stream()
        .map(timestamps -> time(timestamps, delayMillis))
        .toList();
  }

  private static OptionalLong time(List<Long> timestamps, long delayMillis) {
    for (long timestamp : timestamps) {
      long notBefore = timestamps.stream().filter(t -> t >= timestamp - delayMillis).count();
      long notFarAfter =
          timestamps.stream().filter(t -> t <= timestamp + FAR_BEHIND_MILLIS).count();
      if (2 * notBefore > timestamps.size() && 2 * notFarAfter > timestamps.size()) {
        return OptionalLong.of(timestamp);
      }
    }
    return timestamps.stream().mapToLong(Long::longValue).max();
  }

  private static Map<TopicPartition, List<Long>> read(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> offsets, long now) {
    Map<TopicPartition, List<Long>> timestamps = new HashMap<>();
    offsets.keySet().forEach(partition -> timestamps.put(partition, new ArrayList<>()));
    consumer.assign(offsets.keySet());
    offsets.forEach(consumer::seek);
    Map<TopicPartition, Long> ends = consumer.endOffsets(offsets.keySet());
    Set<TopicPartition> open = new HashSet<>(offsets.keySet());
    boolean silent = true;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      open.removeIf(
          partition ->
              timestamps.get(partition).size() >= LOOKED_AT
                  || consumer.position(partition) >= ends.get(partition));
      if (open.isEmpty()) {
        return timestamps;
      }
      if (System.nanoTime() > deadline) {
        if (silent) {
          throw new TimeoutException(
              "it sent nothing of " + open + " for " + PATIENCE.toSeconds() + " s");
        }
        return timestamps;
      }
      consumer.pause(
          offsets.keySet().stream().filter(partition -> !open.contains(partition)).toList());
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        silent = false;
        List<Long> of = timestamps.get(new TopicPartition(record.topic(), record.partition()));
        if (of.size() < LOOKED_AT && record.timestamp() <= now) {
          of.add(record.timestamp());
        }
      }
    }
  }
}
