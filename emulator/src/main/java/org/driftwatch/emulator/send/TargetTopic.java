package org.driftwatch.emulator.send;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.kafka.TopicRights;

/**
 * The topic that is written to: created if missing, else used as it is.
 *
 * @param name its name
 * @param partitions partitions to make it with; empty for one
 * @param replication replicas to make it with; empty for one
 */
public record TargetTopic(String name, Optional<Integer> partitions, Optional<Short> replication) {
  private static final int TIMEOUT_MS = 8000;

  /**
   * Makes sure that the topic is there.
   *
   * @return a line to report; empty if all is as asked for
   * @throws IOException if the broker cannot be reached or refuses, with one line that says so
   */
  public Optional<String> prepare(KafkaConnection kafka) throws IOException, InterruptedException {
    try (Admin admin = admin(kafka)) {
      reach(admin, kafka);
      Optional<TopicDescription> there = describe(admin, kafka);
      if (there.isPresent()) {
        return differs(there);
      }
      return create(admin, kafka) ? Optional.empty() : differs(madeMeanwhile(admin, kafka));
    }
  }

  private Admin admin(KafkaConnection kafka) throws IOException {
    try {
      return Admin.create(kafka.forAdmin(TIMEOUT_MS));
    } catch (KafkaException e) {
      throw kafka.failure(
          e, name, "Kafka at " + kafka.servers() + " cannot be used: " + e.getMessage());
    }
  }

  private static void reach(Admin admin, KafkaConnection kafka)
      throws IOException, InterruptedException {
    try {
      get(admin.describeCluster().nodes());
    } catch (ExecutionException e) {
      boolean silent = e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException;
      throw kafka.failure(
          e,
          "",
          "Kafka at "
              + kafka.servers()
              + (silent
                  ? " does not answer within "
                      + TIMEOUT_MS / 1000
                      + " s; is the broker running there (make broker starts one), and does it"
                      + " need TLS (--kafka-config)?"
                  : " refuses: " + e.getCause().getMessage()));
    }
  }

  private Optional<TopicDescription> describe(Admin admin, KafkaConnection kafka)
      throws IOException, InterruptedException {
    try {
      TopicDescription there =
          get(admin.describeTopics(List.of(name), TopicRights.asked()).allTopicNames()).get(name);
      TopicRights.require(there, AclOperation.WRITE);
      return Optional.of(there);
    } catch (TopicAuthorizationException e) {
      throw kafka.failure(e, name, e.getMessage());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw kafka.failure(e, name, "topic " + name + ": " + e.getCause().getMessage());
    }
  }

  private boolean create(Admin admin, KafkaConnection kafka)
      throws IOException, InterruptedException {
    NewTopic topic = new NewTopic(name, partitions.orElse(1), replication.orElse((short) 1));
    try {
      get(admin.createTopics(List.of(topic)).all());
      NewTopics.awaitLeaders(admin, name, topic.numPartitions());
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      String missing = "topic " + name + " does not exist and cannot be created";
      Optional<String> refusal = kafka.access().refusal(e, name);
      throw new IOException(
          refusal.isPresent()
              ? missing + ": " + refusal.get()
              : missing
                  + " with "
                  + topic.numPartitions()
                  + " partitions and "
                  + topic.replicationFactor()
                  + " replicas: "
                  + e.getCause().getMessage(),
          e);
    }
  }

  /** What somebody else, a starting monitor say, has made between the question and the order. */
  private Optional<TopicDescription> madeMeanwhile(Admin admin, KafkaConnection kafka)
      throws IOException, InterruptedException {
    Optional<TopicDescription> there = describe(admin, kafka);
    try {
      NewTopics.awaitLeaders(admin, name, there.map(topic -> topic.partitions().size()).orElse(1));
      return there;
    } catch (ExecutionException e) {
      throw kafka.failure(e, name, "topic " + name + ": " + e.getCause().getMessage());
    }
  }

  private Optional<String> differs(Optional<TopicDescription> there) {
    if (there.isEmpty()) {
      return Optional.empty();
    }
    int found = there.get().partitions().size();
    int replicas = there.get().partitions().get(0).replicas().size();
    if ((partitions.isPresent() && partitions.get() != found)
        || (replication.isPresent() && replication.get() != replicas)) {
      return Optional.of(
          "topic "
              + name
              + " exists with "
              + found
              + " partitions and "
              + replicas
              + " replicas and is used as it is");
    }
    return Optional.empty();
  }

  private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException {
    try {
      return future.get(TIMEOUT_MS + 1000L, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ExecutionException(
          new org.apache.kafka.common.errors.TimeoutException(e.toString(), e));
    } catch (InterruptException e) {
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    }
  }
}
