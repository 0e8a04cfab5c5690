package org.driftwatch.pipelines.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.driftwatch.pipelines.clock.PartitionTime;

/**
 * The consumer that KafkaIO reads with. It tells the clock how far each partition is fetched, which
 * KafkaIO itself sees by the records only and not by markers of transactions; it leaves in Kafka
 * what is too far ahead of a partition that does not come on; it notices when records were deleted
 * before they were read; and it gives KafkaIO a {@link RecordRun} as one record. Used by KafkaIO's
 * polling thread.
 */
final class StreamConsumer extends KafkaConsumer<byte[], byte[]> {
  private static final long FAILED_POLL_NANOS = 100_000_000;

  private final SharedClock shared;
  private final Map<TopicPartition, Fetched> fetched = new HashMap<>();

  /** What was fetched of a partition. */
  private static final class Fetched {
    private final PartitionTime time;
    private long returned;
    private boolean paused;

    Fetched(PartitionTime time, long from) {
      this.time = time;
      returned = from;
      time.startsAt(from);
    }
  }

  StreamConsumer(Map<String, Object> settings, SharedClock shared) {
    super(settings);
    this.shared = shared;
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    super.seek(partition, offset);
    shared
        .clock()
        .partition(partition.partition())
        .ifPresent(time -> fetched.put(partition, new Fetched(time, offset)));
  }

  /** The one that KafkaIO calls. */
  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // Nobody calls it by this type.
  public ConsumerRecords<byte[], byte[]> poll(long timeoutMillis) {
    return poll(Duration.ofMillis(timeoutMillis));
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    if (shared.whyStartAgain().isPresent()) {
      LockSupport.parkNanos(FAILED_POLL_NANOS);
      return ConsumerRecords.empty();
    }
    pauseWhatIsTooFarAhead();
    try {
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      tell(records);
      return RecordRun.join(records);
    } catch (OffsetOutOfRangeException e) {
      shared.mustStartAgain(outOfRange(e.offsetOutOfRangePartitions()));
      return ConsumerRecords.empty();
    }
  }

  private String outOfRange(Map<TopicPartition, Long> wanted) {
    Map.Entry<TopicPartition, Long> first = wanted.entrySet().iterator().next();
    return "Topic "
        + first.getKey().topic()
        + " no longer has offset "
        + first.getValue()
        + " of partition "
        + first.getKey().partition()
        + ", which was to be read next: its records were deleted, or the topic was created again";
  }

  private void pauseWhatIsTooFarAhead() {
    List<TopicPartition> ahead = new ArrayList<>();
    List<TopicPartition> caughtUp = new ArrayList<>();
    fetched.forEach(
        (partition, of) -> {
          boolean tooFar = of.time.isTooFarAhead();
          if (tooFar != of.paused) {
            of.paused = tooFar;
            (tooFar ? ahead : caughtUp).add(partition);
          }
        });
    if (!ahead.isEmpty()) {
      pause(ahead);
    }
    if (!caughtUp.isEmpty()) {
      resume(caughtUp);
    }
  }

  private void tell(ConsumerRecords<byte[], byte[]> records) {
    Set<TopicPartition> returned = records.partitions();
    fetched.forEach(
        (partition, of) -> {
          if (returned.contains(partition)) {
            List<ConsumerRecord<byte[], byte[]>> last = records.records(partition);
            of.returned = last.get(last.size() - 1).offset() + 1;
          }
          try {
            of.time.polled(of.returned, position(partition, Duration.ZERO));
          } catch (TimeoutException e) {
            // The position is being checked with a new leader: it is told after the next poll.
            of.time.polled(of.returned, of.returned);
          }
        });
  }
}
