package org.driftwatch.quality.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.kafka.TopicRights;

/** Finds the topics that others make, and makes those of the service. */
final class Topics {
  /** Both are read from the beginning at every start: compacted early. */
  private static final Map<String, String> COMPACTED =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(16 << 20),
          TopicConfig.SEGMENT_MS_CONFIG,
          Long.toString(86_400_000));

  private Topics() {}

  /** A topic as it is; empty where it does not exist. */
  static Optional<TopicDescription> find(Admin admin, String topic, AclOperation... needed)
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
      throw e;
    }
  }

  /** Makes a compacted topic unless it is there. */
  static TopicDescription compacted(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return made(admin, newTopic(topic).configs(COMPACTED), AclOperation.READ, AclOperation.WRITE);
  }

  /** Makes a topic that keeps what Kafka keeps, unless it is there. */
  static TopicDescription plain(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return made(admin, newTopic(topic), AclOperation.READ);
  }

  private static NewTopic newTopic(String topic) {
    return new NewTopic(topic, Optional.of(1), Optional.empty());
  }

  private static TopicDescription made(Admin admin, NewTopic topic, AclOperation... needed)
      throws ExecutionException, InterruptedException {
    Optional<TopicDescription> there = find(admin, topic.name(), needed);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      // A viewer may make the topic of commands in the same moment.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    NewTopics.awaitLeaders(admin, topic.name(), 1);
    return NewTopics.whenKnown(
        () ->
            find(admin, topic.name(), needed)
                .orElseThrow(
                    () ->
                        new ExecutionException(
                            new UnknownTopicOrPartitionException("topic " + topic.name()))));
  }
}
