package org.driftwatch.quality.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings the windows of several partitions into the order of their start, as far as that goes:
 * while a partition has something that is not read yet, the others wait for it; for ever until all
 * have caught up with where they were at the beginning, and two seconds from then on, since a
 * partition may be out of reach. So a backlog gives the same order in any partitioning, but for
 * windows that were published out of order within their own. Not safe for several threads.
 */
final class WindowQueue {
  /** From so many bytes of a partition on, reading it is better paused. */
  private static final long FULL_BYTES = 4 << 20;

  /**
   * A message of a window.
   *
   * @param start the window's start, as the key says
   */
  record Entry(Instant start, ConsumerRecord<byte[], byte[]> message) {
    TopicPartition partition() {
      return new TopicPartition(message.topic(), message.partition());
    }
  }

  private static final class Part {
    final ArrayDeque<Entry> entries = new ArrayDeque<>();
    long bytes;
  }

  private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

  private final Map<TopicPartition, Long> ends;
  private final ToLongFunction<TopicPartition> position;
  private final ToLongFunction<TopicPartition> lag;
  private final Map<TopicPartition, Part> parts = new HashMap<>();
  private OptionalLong waitsSince = OptionalLong.empty();

  /**
   * Nothing yet.
   *
   * @param ends where each partition ends for now
   * @param position up to where each has been read
   * @param lag how many records of each are known and not read
   */
  WindowQueue(
      Map<TopicPartition, Long> ends,
      ToLongFunction<TopicPartition> position,
      ToLongFunction<TopicPartition> lag) {
    this.ends = Map.copyOf(ends);
    this.position = position;
    this.lag = lag;
    ends.keySet().forEach(partition -> parts.put(partition, new Part()));
  }

  /** The partitions. */
  Set<TopicPartition> partitions() {
    return ends.keySet();
  }

  /** Takes a message. */
  void add(Entry entry) {
    Part part = parts.get(entry.partition());
    part.entries.add(entry);
    part.bytes += size(entry);
  }

  private static long size(Entry entry) {
    return entry.message().value().length + 100L;
  }

  /** The next window; empty until more is read. */
  Optional<Entry> next() {
    if (isEmptyAnd(this::isBehind) || (isEmptyAnd(this::hasMore) && isPatient())) {
      return Optional.empty();
    }
    if (!isEmptyAnd(this::hasMore)) {
      waitsSince = OptionalLong.empty();
    }
    Optional<Entry> next =
        parts.values().stream()
            .filter(part -> !part.entries.isEmpty())
            .map(part -> part.entries.peek())
            .min(
                Comparator.comparing(Entry::start)
                    .thenComparing(entry -> entry.message().partition()));
    next.ifPresent(
        entry -> {
          Part part = parts.get(entry.partition());
          part.entries.remove();
          part.bytes -= size(entry);
        });
    return next;
  }

  /** True if nothing is there of a partition of that kind. */
  private boolean isEmptyAnd(Predicate<TopicPartition> which) {
    return parts.entrySet().stream()
        .anyMatch(part -> part.getValue().entries.isEmpty() && which.test(part.getKey()));
  }

  private boolean hasMore(TopicPartition partition) {
    return lag.applyAsLong(partition) > 0;
  }

  private boolean isPatient() {
    long now = System.nanoTime();
    if (waitsSince.isEmpty()) {
      waitsSince = OptionalLong.of(now);
    }
    return now - waitsSince.getAsLong() < PATIENCE_NANOS;
  }

  private boolean isBehind(TopicPartition partition) {
    return position.applyAsLong(partition) < ends.get(partition);
  }

  /** True while a partition has yet to reach where it ended, or windows of it wait. */
  boolean isCatchingUp() {
    return ends.keySet().stream().anyMatch(this::isBehind)
        || parts.values().stream().anyMatch(part -> !part.entries.isEmpty());
  }

  /** True where so much of a partition waits that no more should be read for now. */
  boolean isFull(TopicPartition partition) {
    return parts.get(partition).bytes > FULL_BYTES;
  }

  /** Up to where each partition has been taken. */
  Map<TopicPartition, Long> taken() {
    Map<TopicPartition, Long> taken = new HashMap<>();
    parts.forEach(
        (partition, part) ->
            taken.put(
                partition,
                part.entries.isEmpty()
                    ? position.applyAsLong(partition)
                    : part.entries.element().message().offset()));
    return taken;
  }
}
