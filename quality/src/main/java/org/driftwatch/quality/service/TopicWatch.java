package org.driftwatch.quality.service;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks Kafka once a second, without blocking, whether topics are still those that they were: a
 * consumer alone does not tell that its topic is another one of the same name. For one thread.
 */
final class TopicWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** One broker of several may not have heard of a topic: the third word is believed. */
  private static final int BELIEVED_ABSENCES = 3;

  private final Admin admin;
  private final Map<String, Optional<TopicDescription>> topics;
  private final Map<String, Integer> absences = new HashMap<>();
  private Map<String, KafkaFuture<TopicDescription>> asked = Map.of();
  private long askedAt = System.nanoTime();

  /**
   * A watch of topics as they are.
   *
   * @param topics empty for one that does not exist
   */
  TopicWatch(Admin admin, Map<String, Optional<TopicDescription>> topics) {
    this.admin = admin;
    this.topics = Map.copyOf(topics);
  }

  /** What has become of a topic, in words; empty while all are as they were. */
  Optional<String> change() throws InterruptedException {
    if (!asked.isEmpty() && asked.values().stream().allMatch(KafkaFuture::isDone)) {
      Map<String, KafkaFuture<TopicDescription>> answers = asked;
      asked = Map.of();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
        Optional<String> change = change(answer.getKey(), answer.getValue());
        if (change.isPresent()) {
          return change;
        }
      }
    }
    if (asked.isEmpty() && System.nanoTime() - askedAt > INTERVAL.toNanos()) {
      askedAt = System.nanoTime();
      asked = admin.describeTopics(List.copyOf(topics.keySet())).topicNameValues();
    }
    return Optional.empty();
  }

  private Optional<String> change(String name, KafkaFuture<TopicDescription> answer)
      throws InterruptedException {
    Optional<TopicDescription> before = topics.get(name);
    try {
      TopicDescription now = answer.get();
      absences.remove(name);
      if (before.isEmpty()) {
        return Optional.of("topic " + name + " is there now");
      }
      if (!now.topicId().equals(before.get().topicId())) {
        return Optional.of("topic " + name + " was deleted and created again");
      }
      return now.partitions().size() == before.get().partitions().size()
          ? Optional.empty()
          : Optional.of("topic " + name + " has " + now.partitions().size() + " partitions now");
    } catch (ExecutionException e) {
      // Whether Kafka answers at all is for others to say.
      return before.isPresent()
              && e.getCause() instanceof UnknownTopicOrPartitionException
              && absences.merge(name, 1, Integer::sum) >= BELIEVED_ABSENCES
          ? Optional.of("topic " + name + " was deleted")
          : Optional.empty();
    }
  }
}
