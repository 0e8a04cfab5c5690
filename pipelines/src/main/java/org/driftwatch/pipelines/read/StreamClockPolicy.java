package org.driftwatch.pipelines.read;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.driftwatch.pipelines.clock.PartitionTime;
import org.driftwatch.pipelines.clock.StreamClock;
import org.joda.time.Instant;

/**
 * Driftwatch's watermark, as KafkaIO asks for it: event time is the Kafka record timestamp, the
 * watermark is the time of the {@link StreamClock} less a delay. The stock policies jump to the
 * wall clock whenever the backlog is empty and so lose records that are stamped earlier.
 *
 * <p>One per partition; used by the reader's thread only.
 */
final class StreamClockPolicy extends TimestampPolicy<byte[], byte[]> {
  private final PartitionTime partition;
  private final long delayMillis;

  private StreamClockPolicy(PartitionTime partition, long delayMillis) {
    this.partition = partition;
    this.delayMillis = delayMillis;
  }

  @Override
  public Instant getTimestampForRecord(
      PartitionContext context, KafkaRecord<byte[], byte[]> record) {
    List<ConsumerRecord<byte[], byte[]>> run = RecordRun.of(record);
    for (int i = 0; i < run.size(); i++) {
      long timestamp = run.get(i).timestamp();
      if (EventTime.isValid(timestamp)) {
        partition.read(run.get(i).offset(), timestamp);
      } else {
        partition.passed(run.get(i).offset());
      }
    }
    return Instant.ofEpochMilli(EventTime.clamp(record.getTimestamp()));
  }

  @Override
  public Instant getWatermark(PartitionContext context) {
    long time = partition.time();
    return time == StreamClock.NOT_STARTED
        ? BoundedWindow.TIMESTAMP_MIN_VALUE
        : Instant.ofEpochMilli(time - delayMillis);
  }

  /** Makes the policies of all readers of a stream. */
  record Factory(SharedClock shared)
      implements TimestampPolicyFactory<byte[], byte[]>, Serializable {

    @Override
    public TimestampPolicy<byte[], byte[]> createTimestampPolicy(
        TopicPartition partition, Optional<Instant> previousWatermark) {
      StreamClock clock = shared.clock();
      long delayMillis = shared.timing().delay().getMillis();
      PartitionTime time =
          previousWatermark
              .filter(watermark -> watermark.isAfter(BoundedWindow.TIMESTAMP_MIN_VALUE))
              .map(
                  watermark ->
                      clock.resumes(partition.partition(), watermark.getMillis() + delayMillis))
              .orElseGet(() -> clock.reads(partition.partition()));
      return new StreamClockPolicy(time, delayMillis);
    }
  }
}
