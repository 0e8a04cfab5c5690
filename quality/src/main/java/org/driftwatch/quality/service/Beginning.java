package org.driftwatch.quality.service;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a session begins to read: where the last one has got to. A service that was never here
 * begins at the end, so that it does not raise the alarms of the past. One whose place is no longer
 * known, as of a topic that was created again, begins a while before the end. Uses a consumer,
 * whose assignment it changes, for one thread.
 */
final class Beginning {
  /** What a judge has to have seen, in the time of the windows. */
  static final Duration BEFORE = Duration.ofMinutes(30);

  private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long FIRST_STEP = 64;

  /** Further back nobody looks, where the windows' times lead nowhere. */
  private static final long LAST_STEP = 1 << 17;

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Place> places;
  private final boolean isFirst;

  /**
   * @param places of an earlier session
   * @param isFirst true where no service was ever here
   */
  Beginning(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Place> places, boolean isFirst) {
    this.consumer = consumer;
    this.places = places;
    this.isFirst = isFirst;
  }

  /** Where to go on with the results. */
  Map<TopicPartition, Long> ofResults(TopicDescription topic) {
    return of(topic, true);
  }

  /** Where to go on with the commands; those of one whose place is not known all count. */
  Map<TopicPartition, Long> ofCommands(TopicDescription topic) {
    return of(topic, false);
  }

  private Map<TopicPartition, Long> of(TopicDescription topic, boolean isOfWindows) {
    List<TopicPartition> partitions = StateReader.partitions(topic);
    Map<TopicPartition, Long> oldest = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long begin = oldest.get(partition);
      long end = ends.get(partition);
      Place place = places.get(partition);
      if (place != null && place.topic().equals(topic.topicId())) {
        if (place.offset() < begin) {
          LOG.warn(
              "Topic {}, partition {}: the records before offset {} were deleted before they were"
                  + " judged",
              topic.name(),
              partition.partition(),
              begin);
        }
        starts.put(partition, Math.max(begin, Math.min(place.offset(), end)));
      } else if (isFirst) {
        starts.put(partition, end);
      } else {
        starts.put(partition, isOfWindows ? before(partition, begin, end) : begin);
      }
    }
    return starts;
  }

  /** Offsets from which on all windows of {@link #BEFORE} before these are. */
  Map<TopicPartition, Long> before(Map<TopicPartition, Long> starts) {
    Map<TopicPartition, Long> oldest = consumer.beginningOffsets(starts.keySet());
    Map<TopicPartition, Long> before = new HashMap<>();
    starts.forEach(
        (partition, start) ->
            before.put(partition, before(partition, oldest.get(partition), start)));
    return before;
  }

  private long before(TopicPartition partition, long begin, long start) {
    if (start <= begin) {
      return begin;
    }
    Optional<Instant> newest = window(partition, start - 1);
    for (long step = FIRST_STEP; ; step *= 2) {
      long offset = Math.max(begin, start - step);
      Optional<Instant> window = window(partition, offset);
      if (offset == begin
          || step >= LAST_STEP
          || newest.isEmpty()
          || (window.isPresent() && window.get().isBefore(newest.get().minus(BEFORE)))) {
        return offset;
      }
    }
  }

  /** Start of the first window at this offset or after; empty where that is no window. */
  private Optional<Instant> window(TopicPartition partition, long offset) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    long deadline = System.nanoTime() + ANSWER.toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        return Inbox.start(message);
      }
      if (consumer.position(partition) >= consumer.endOffsets(List.of(partition)).get(partition)) {
        break;
      }
    }
    return Optional.empty();
  }
}
