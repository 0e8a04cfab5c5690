package org.driftwatch.quality.service;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * How far a service has got with a partition, as Kafka keeps it beside the offset: of which topic
 * of that name, and which service says so.
 *
 * @param topic the topic's id
 * @param service drawn anew by each service that starts
 */
record Place(long offset, Uuid topic, Uuid service) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** As Kafka keeps it. */
  OffsetAndMetadata committed() {
    return new OffsetAndMetadata(offset, topic + " " + service);
  }

  private static Optional<Place> of(OffsetAndMetadata committed) {
    if (committed == null) {
      return Optional.empty();
    }
    String[] ids = committed.metadata().split(" ", -1);
    if (ids.length != 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Place(committed.offset(), Uuid.fromString(ids[0]), Uuid.fromString(ids[1])));
    } catch (IllegalArgumentException e) {
      // Not of a service: somebody has reset the group's offsets by hand.
      return Optional.empty();
    }
  }

  /** The place of a partition as it is now, whatever is under way; empty where it has none. */
  static Optional<Place> now(Admin admin, String group, TopicPartition partition)
      throws ExecutionException, InterruptedException {
    return of(
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().get(partition));
  }

  /**
   * The places of those partitions that have one, when no transaction that moves them is under way
   * any more.
   *
   * @throws TimeoutException where that takes more than 20 s
   */
  static Map<TopicPartition, Place> read(
      Admin admin, String group, Collection<TopicPartition> partitions)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Map<TopicPartition, OffsetAndMetadata> answer =
          admin
              .listConsumerGroupOffsets(
                  Map.of(
                      group,
                      new ListConsumerGroupOffsetsSpec().topicPartitions(List.copyOf(partitions))),
                  new ListConsumerGroupOffsetsOptions().requireStable(true))
              .partitionsToOffsetAndMetadata(group)
              .get();
      // A partition without a place is there without a value; one that is not there has none that
      // holds yet.
      if (answer.keySet().containsAll(partitions)) {
        Map<TopicPartition, Place> places = new HashMap<>();
        answer.forEach(
            (partition, committed) -> of(committed).ifPresent(p -> places.put(partition, p)));
        return places;
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("the place in " + partitions + " is not known");
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
  }
}
