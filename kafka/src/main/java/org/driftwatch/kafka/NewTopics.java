package org.driftwatch.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
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
