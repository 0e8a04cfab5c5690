package org.driftwatch.pipelines.read;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Driftwatch's watermark: event time is the Kafka record timestamp, the watermark is the
 * partition's {@link PartitionClock} less a delay. An idle partition, or one that never had a
 * record, follows the others of the stream that are read in its process instead of holding them
 * back; none follows one whose timestamps are ahead of the wall clock, if there is another. The
 * stock policies jump to the wall clock whenever the backlog is empty and so lose records that are
 * stamped earlier.
 *
 * <p>One per partition; used by the reader's thread only.
 */
final class StreamClockPolicy extends TimestampPolicy<byte[], byte[]> {
  private final PartitionClock clock = new PartitionClock();
  private final Furthest furthest;
  private final long delayMillis;
  private final long firstWindow;

  private StreamClockPolicy(
      Furthest furthest, long delayMillis, long firstWindow, Optional<Instant> previous) {
    this.furthest = furthest;
    this.delayMillis = delayMillis;
    this.firstWindow = firstWindow;
    previous
        .filter(watermark -> watermark.isAfter(BoundedWindow.TIMESTAMP_MIN_VALUE))
        .ifPresent(
            watermark ->
                clock.startAt(watermark.getMillis() + delayMillis, System.currentTimeMillis()));
  }

  @Override
  public Instant getTimestampForRecord(
      PartitionContext context, KafkaRecord<byte[], byte[]> record) {
    if (EventTime.isValid(record.getTimestamp())) {
      if (record.getTimestamp() >= firstWindow) {
        clock.record(record.getTimestamp(), System.currentTimeMillis());
      } else {
        // What is left alone says nothing of where the stream has got to.
        clock.oldRecord(System.currentTimeMillis());
      }
    }
    return Instant.ofEpochMilli(EventTime.clamp(record.getTimestamp()));
  }

  @Override
  public Instant getWatermark(PartitionContext context) {
    boolean nothingUnread = context.getMessageBacklog() == 0;
    if (nothingUnread) {
      clock.nothingUnread(context.getBacklogCheckTime().getMillis());
    }
    long time = furthest.with(clock.time(), System.currentTimeMillis());
    if (!(nothingUnread && clock.isIdle())) {
      time = clock.time();
    }
    return time == PartitionClock.NOT_STARTED
        ? BoundedWindow.TIMESTAMP_MIN_VALUE
        : Instant.ofEpochMilli(time - delayMillis);
  }

  /** How far the furthest partition has got: of those that may be right, and of all. */
  private static final class Furthest {
    private final AtomicLong right = new AtomicLong(PartitionClock.NOT_STARTED);
    private final AtomicLong any = new AtomicLong(PartitionClock.NOT_STARTED);

    /** The time to follow for a partition that has got to {@code time}; not before that. */
    long with(long time, long now) {
      any.accumulateAndGet(time, Math::max);
      if (!PartitionClock.isAhead(time, now)) {
        right.accumulateAndGet(time, Math::max);
      }
      long followed = right.get();
      return Math.max(time, followed == PartitionClock.NOT_STARTED ? any.get() : followed);
    }
  }

  /** Makes the policies of all readers of a stream. */
  static final class Factory implements TimestampPolicyFactory<byte[], byte[]>, Serializable {
    private static final long serialVersionUID = 1;

    /** How far the furthest partition of a stream has got, for all its readers in this process. */
    private static final Map<String, Furthest> FURTHEST = new ConcurrentHashMap<>();

    private final String stream = UUID.randomUUID().toString();
    private final long delayMillis;
    private final long firstWindow;

    /**
     * A factory for one stream.
     *
     * @param delay how far out of order records may be without being late
     * @param firstWindow start of the first window that is computed, ms since the epoch; records
     *     before it do not move the watermark
     */
    Factory(Duration delay, long firstWindow) {
      delayMillis = delay.getMillis();
      this.firstWindow = firstWindow;
    }

    @Override
    public TimestampPolicy<byte[], byte[]> createTimestampPolicy(
        TopicPartition partition, Optional<Instant> previousWatermark) {
      Furthest furthest = FURTHEST.computeIfAbsent(stream, s -> new Furthest());
      return new StreamClockPolicy(furthest, delayMillis, firstWindow, previousWatermark);
    }
  }
}
