package org.driftwatch.quality.service;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.driftwatch.kafka.NewTopics;

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

  /** Makes a compacted topic unless it is there. */
  static TopicDescription compacted(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return NewTopics.create(
        admin, newTopic(topic).configs(COMPACTED), AclOperation.READ, AclOperation.WRITE);
  }

  /** Makes a topic that keeps what Kafka keeps, unless it is there. */
  static TopicDescription plain(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return NewTopics.create(admin, newTopic(topic), AclOperation.READ);
  }

  private static NewTopic newTopic(String topic) {
    return new NewTopic(topic, Optional.of(1), Optional.empty());
  }
}
