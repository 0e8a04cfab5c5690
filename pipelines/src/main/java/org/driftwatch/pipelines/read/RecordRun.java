package org.driftwatch.pipelines.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Records that follow each other in a partition and are read as one. What KafkaIO does with a
 * record costs several times as much as to parse it, so it is given one for all of them: the last,
 * whose offset is where reading goes on. KafkaIO hands on headers as they are, and in place of its
 * own that record carries the run. Immutable by convention.
 */
final class RecordRun extends RecordHeaders {
  /** Most records of a run. */
  static final int MOST_RECORDS = 512;

  /** Most bytes of a run, but for a single larger record. */
  static final int MOST_BYTES = 1 << 16;

  /** Most event time between the first record of a run and any other, ms. */
  static final long MOST_SPAN_MILLIS = 250;

  private final List<ConsumerRecord<byte[], byte[]>> records;

  private RecordRun(List<ConsumerRecord<byte[], byte[]>> records) {
    this.records = records;
  }

  /** The records of each partition, joined to runs. */
  static ConsumerRecords<byte[], byte[]> join(ConsumerRecords<byte[], byte[]> fetched) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> joined = new HashMap<>();
    for (TopicPartition partition : fetched.partitions()) {
      joined.put(partition, join(fetched.records(partition)));
    }
    return new ConsumerRecords<>(joined);
  }

  private static List<ConsumerRecord<byte[], byte[]>> join(
      List<ConsumerRecord<byte[], byte[]>> fetched) {
    List<ConsumerRecord<byte[], byte[]>> runs = new ArrayList<>();
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < fetched.size(); i++) {
      ConsumerRecord<byte[], byte[]> record = fetched.get(i);
      int size = bytes(record);
      long span = Math.abs(record.timestamp() - fetched.get(from).timestamp());
      boolean fits =
          i - from < MOST_RECORDS && bytes + size <= MOST_BYTES && span <= MOST_SPAN_MILLIS;
      if (i > from && !fits) {
        runs.add(asOne(fetched.subList(from, i)));
        from = i;
        bytes = 0;
      }
      bytes += size;
    }
    runs.add(asOne(fetched.subList(from, fetched.size())));
    return runs;
  }

  /** Bytes of key and value. */
  static int bytes(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
  }

  /** The record that stands for these. */
  static ConsumerRecord<byte[], byte[]> asOne(List<ConsumerRecord<byte[], byte[]>> records) {
    ConsumerRecord<byte[], byte[]> last = records.get(records.size() - 1);
    return new ConsumerRecord<>(
        last.topic(),
        last.partition(),
        last.offset(),
        last.timestamp(),
        last.timestampType(),
        last.serializedKeySize(),
        last.serializedValueSize(),
        last.key(),
        last.value(),
        new RecordRun(records),
        last.leaderEpoch());
  }

  /**
   * The records that this one stands for, one or more.
   *
   * @throws IllegalStateException where the record is not of a {@link StreamConsumer}
   */
  static List<ConsumerRecord<byte[], byte[]>> of(KafkaRecord<byte[], byte[]> record) {
    if (record.getHeaders() instanceof RecordRun run) {
      return run.records;
    }
    throw new IllegalStateException("KafkaIO did not hand on a record's headers as it got them");
  }
}
