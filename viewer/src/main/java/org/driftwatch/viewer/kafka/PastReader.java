package org.driftwatch.viewer.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.driftwatch.viewer.kafka.Meanings.Heard;

/**
 * Reads what a topic held at some moment from its end to its beginning, in stretches that Kafka
 * gives in its own order: a short one first, that there is something to look at, then longer ones.
 * For one thread; every call may throw what a consumer throws.
 */
final class PastReader implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** Messages of the first stretch, of all partitions together: what the present is judged by. */
  private static final int FIRST = 2_000;

  /** Of the longest one: what is kept of them is some megabytes. */
  private static final int LONGEST = 12_000;

  private static final int GROWTH = 4;

  private final KafkaConsumer<byte[], ByteBuffer> consumer;
  private final long all;
  private final List<CompletableFuture<List<Heard>>> pieces = new ArrayList<>();
  private int length = FIRST;

  /** First offsets that the topic has now. */
  private Map<TopicPartition, Long> beginnings;

  /** The stretch that is read. */
  private Map<TopicPartition, Long> starts;

  private Map<TopicPartition, Long> ends;

  /**
   * A reader of all before these offsets.
   *
   * @param config of a consumer without a group
   */
  PastReader(Map<String, Object> config, Map<TopicPartition, Long> ends) {
    this.consumer = Meanings.consumer(config);
    this.ends = ends;
    this.starts = ends;
    try {
      consumer.assign(ends.keySet());
      beginnings = consumer.beginningOffsets(ends.keySet(), ANSWER);
      all = messagesLeft();
      next();
    } catch (RuntimeException e) {
      consumer.close(Duration.ZERO);
      throw e;
    }
  }

  /** Goes to the stretch before the one just read; its share of each partition is the same. */
  private void next() {
    beginnings = consumer.beginningOffsets(starts.keySet(), ANSWER);
    ends = starts;
    starts = new HashMap<>();
    double share = Math.min(1, length / (double) Math.max(1, messagesLeftBefore(ends)));
    ends.forEach(
        (partition, end) -> {
          long beginning = Math.min(end, beginnings.get(partition));
          long start = Math.max(beginning, end - (long) Math.ceil(share * (end - beginning)));
          starts.put(partition, start);
          consumer.seek(partition, start);
        });
    consumer.resume(ends.keySet());
    pauseRead();
  }

  /** Of partitions that have given their part of the stretch nothing more is fetched. */
  private void pauseRead() {
    for (TopicPartition partition : ends.keySet()) {
      if (!consumer.paused().contains(partition) && isRead(partition)) {
        consumer.pause(List.of(partition));
      }
    }
  }

  private boolean isRead(TopicPartition partition) {
    return consumer.position(partition, ANSWER) >= ends.get(partition);
  }

  /** Messages of the stretch, as they come, in each partition's order. */
  List<ConsumerRecord<byte[], ByteBuffer>> poll(Duration patience) {
    List<ConsumerRecord<byte[], ByteBuffer>> records = new ArrayList<>();
    for (ConsumerRecord<byte[], ByteBuffer> record : consumer.poll(patience)) {
      if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
        records.add(record);
      }
    }
    pauseRead();
    return records;
  }

  /** Keeps what a part of the stretch means until it is whole. */
  void keep(List<CompletableFuture<List<Heard>>> part) {
    pieces.addAll(part);
  }

  /** True if all of the stretch was polled. */
  boolean isAtEndOfStretch() {
    return consumer.paused().size() == ends.size();
  }

  /** All that was kept of the stretch, each partition from its end; then the next one is read. */
  List<Heard> takeNewestFirst() {
    List<Heard> stretch = Meanings.joined(pieces);
    Collections.reverse(stretch);
    pieces.clear();
    if (!isAtBeginning()) {
      length = Math.min(LONGEST, GROWTH * length);
      next();
    }
    return stretch;
  }

  /** True if no stretch lies before this one. */
  boolean isAtBeginning() {
    return messagesLeft() == 0;
  }

  /** Percent of the messages read, this stretch apart. */
  long percent() {
    return 100 - 100 * messagesLeftBefore(ends) / Math.max(1, all);
  }

  private long messagesLeft() {
    return messagesLeftBefore(starts);
  }

  private long messagesLeftBefore(Map<TopicPartition, Long> offsets) {
    long messages = 0;
    for (Map.Entry<TopicPartition, Long> offset : offsets.entrySet()) {
      messages += Math.max(0, offset.getValue() - beginnings.get(offset.getKey()));
    }
    return messages;
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}
