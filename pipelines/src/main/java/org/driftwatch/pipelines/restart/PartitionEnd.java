package org.driftwatch.pipelines.restart;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads a partition backwards from its end, in chunks that double in size, until its reader has
 * seen enough: how long that takes does not depend on the length of the partition. Within a chunk
 * records come in their order.
 */
public final class PartitionEnd {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private PartitionEnd() {}

  /** Is given the records of a partition's end. */
  public interface Reader<K, V> {
    /** The next record of a chunk. */
    void add(ConsumerRecord<K, V> record);

    /** Called behind each chunk; true if nothing before it is needed. */
    boolean hasEnough();
  }

  /**
   * Reads what was there when it was called; returns when the reader has enough or the partition is
   * read to its beginning.
   *
   * @param consumer is assigned this partition alone
   * @param firstChunk offsets of the first chunk
   * @throws TimeoutException if the broker sends nothing for 10 s
   */
  public static <K, V> void read(
      KafkaConsumer<K, V> consumer, TopicPartition partition, int firstChunk, Reader<K, V> reader) {
    List<TopicPartition> only = List.of(partition);
    consumer.assign(only);
    long beginning = consumer.beginningOffsets(only).get(partition);
    long to = consumer.endOffsets(only).get(partition);
    for (long chunk = firstChunk; to > beginning; chunk *= 2) {
      long from = Math.max(beginning, to - chunk);
      readChunk(consumer, partition, from, to, reader);
      if (reader.hasEnough()) {
        return;
      }
      to = from;
    }
  }

  private static <K, V> void readChunk(
      KafkaConsumer<K, V> consumer,
      TopicPartition partition,
      long from,
      long to,
      Reader<K, V> reader) {
    consumer.seek(partition, from);
    long position = from;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (position < to) {
      for (ConsumerRecord<K, V> record : consumer.poll(POLL)) {
        if (record.offset() < to) {
          reader.add(record);
        }
      }
      // Behind the last record may stand offsets without one: it is the position that counts.
      long reached = consumer.position(partition);
      if (reached > position) {
        position = reached;
        deadline = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "it sent nothing of "
                + partition
                + " for "
                + PATIENCE.toSeconds()
                + " s, at offset "
                + position
                + " of "
                + to);
      }
    }
  }
}
