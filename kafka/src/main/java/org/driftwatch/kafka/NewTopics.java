package org.driftwatch.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What has just been made is not known to every broker yet: the controller says that a topic is
 * there a moment before its leaders serve.
 */
public final class NewTopics {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private NewTopics() {}

  /**
   * A topic as it is; empty where it does not exist.
   *
   * @param needed rights to it that the caller cannot do without
   * @throws TopicAuthorizationException where one of them is missing
   * @throws ExecutionException with Kafka's refusal, which names the topic
   */
  public static Optional<TopicDescription> find(Admin admin, String topic, AclOperation... needed)
      throws ExecutionException, InterruptedException {
    try {
      TopicDescription found =
          admin
              .describeTopics(List.of(topic), TopicRights.asked())
              .allTopicNames()
              .get()
              .get(topic);
      TopicRights.require(found, needed);
      return Optional.of(found);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw named(e, topic);
    }
  }

  /**
   * Creates a topic unless it is there, and returns when its leaders serve.
   *
   * @param needed rights to it that the caller cannot do without
   * @throws TopicAuthorizationException where one of them is missing
   * @throws ExecutionException with Kafka's refusal, which names the topic
   */
  public static TopicDescription create(Admin admin, NewTopic topic, AclOperation... needed)
      throws ExecutionException, InterruptedException {
    Optional<TopicDescription> there = find(admin, topic.name(), needed);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      // Other programs of a run may all create a topic at the same moment.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw named(e, topic.name());
      }
    }
    awaitLeaders(admin, topic.name(), Math.max(1, topic.numPartitions()));
    return whenKnown(
        () ->
            find(admin, topic.name(), needed)
                .orElseThrow(
                    () ->
                        new ExecutionException(
                            new UnknownTopicOrPartitionException(
                                "topic "
                                    + topic.name()
                                    + " was deleted as soon as it was created"))));
  }

  /** An administrator's answer does not name the topic that it refuses. */
  private static ExecutionException named(ExecutionException e, String topic) {
    return e.getCause() instanceof TopicAuthorizationException refused
        ? new ExecutionException(
            new TopicAuthorizationException(refused.getMessage(), Set.of(topic)))
        : e;
  }

  /**
   * Returns when the leaders of a topic's first partitions serve. To be waited for before the first
   * record is sent: until then a leader may refuse a producer's first batch and take its second,
   * and from there on it refuses every further attempt of the first as out of order (KAFKA-15591).
   *
   * @param partitions how many the topic has been made with or was given
   * @throws ExecutionException with Kafka's refusal, or where they are not known for 8 s
   */
  public static void awaitLeaders(Admin admin, String topic, int partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    // Only leaders that serve tell the ends of their partitions.
    whenKnown(() -> admin.listOffsets(ends).all().get());
  }

  /**
   * Asks again while the broker asked has not heard of the topic yet, for 8 s.
   *
   * @throws ExecutionException with Kafka's refusal
   */
  public static <T> T whenKnown(Question<T> question)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return question.ask();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadline) {
          throw e;
        }
        // Kafka tells nobody when a broker has heard of a topic: it is asked again.
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
    }
  }

  /** What is asked of Kafka. */
  public interface Question<T> {
    /** Asks it, and waits for the answer. */
    T ask() throws ExecutionException, InterruptedException;
  }
}
