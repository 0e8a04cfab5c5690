package org.driftwatch.pipelines;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.kafka.TopicRights;
import org.driftwatch.pipelines.publish.TopicLimits;
import org.driftwatch.pipelines.restart.StartOffsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics the monitor stands on, and how it reaches them. */
final class Topics {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

  private Topics() {}

  /** How to reach Kafka. */
  static KafkaAccess access(MonitorOptions options) {
    String file = options.getKafkaConfig();
    try {
      return KafkaAccess.of(
          Optional.ofNullable(options.getKafka()),
          file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)));
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** A failure of Kafka's, for a user; what it is where Kafka has refused nothing. */
  static FailureException failure(KafkaAccess access, Throwable e, String otherwise) {
    String hint = access.file().isEmpty() ? " Where it wants TLS or a login: --kafkaConfig" : "";
    return new FailureException(
        access
            .refusal(e)
            .orElseGet(
                () ->
                    "Kafka at "
                        + access.servers()
                        + otherwise
                        + Program.cause(e)
                        + "; is the broker running, and is the address right?"
                        + hint),
        e);
  }

  /**
   * Creates those of the topics that are missing; the others stay as they are. Without those of
   * malformed records and of the status the monitor goes on, with a warning.
   *
   * @return true where the topic of the status can be written
   */
  static boolean createMissing(Admin admin, MonitorOptions options)
      throws ExecutionException, InterruptedException {
    Optional<Short> replication = Optional.of((short) options.getReplication());
    create(
        admin,
        new NewTopic(options.getStreamTopic(), Optional.of(options.getPartitions()), replication),
        AclOperation.READ);
    create(
        admin,
        new NewTopic(options.getResultsTopic(), Optional.of(1), replication)
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)),
        AclOperation.READ,
        AclOperation.WRITE);
    createIfPossible(
        admin,
        new NewTopic(options.getRejectedTopic(), Optional.of(1), replication),
        "malformed records are counted and lost",
        AclOperation.WRITE);
    return createIfPossible(
        admin,
        new NewTopic(options.getStatusTopic(), Optional.of(1), replication)
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)),
        "the status is not published",
        AclOperation.WRITE);
  }

  private static boolean createIfPossible(
      Admin admin, NewTopic topic, String otherwise, AclOperation... needed)
      throws InterruptedException {
    try {
      create(admin, topic, needed);
      return true;
    } catch (ExecutionException e) {
      LOG.warn(
          "Topic {} cannot be used ({}): {}; have its administrator grant what docs/security.md"
              + " lists for this program",
          topic.name(),
          e.getCause().getMessage(),
          otherwise);
      return false;
    }
  }

  private static void create(Admin admin, NewTopic topic, AclOperation... needed)
      throws ExecutionException, InterruptedException {
    if (isThere(admin, topic.name(), needed)) {
      return;
    }
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      // Emulator, viewer and monitor may all create a topic at the same moment.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw named(e, topic.name());
      }
    }
    // A topic is there when its leaders answer, a moment after the controller says it is.
    NewTopics.whenKnown(() -> StartOffsets.latest(admin, topic.name()));
    isThere(admin, topic.name(), needed);
  }

  /**
   * True where the topic exists.
   *
   * @throws TopicAuthorizationException where one of these rights to it is missing
   */
  private static boolean isThere(Admin admin, String topic, AclOperation... needed)
      throws ExecutionException, InterruptedException {
    try {
      TopicRights.require(
          admin
              .describeTopics(List.of(topic), TopicRights.asked())
              .allTopicNames()
              .get()
              .get(topic),
          needed);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw named(e, topic);
    }
  }

  /** An administrator's answer does not name the topic that it refuses. */
  private static ExecutionException named(ExecutionException e, String topic) {
    return e.getCause() instanceof TopicAuthorizationException refused
        ? new ExecutionException(
            new TopicAuthorizationException(refused.getMessage(), Set.of(topic)))
        : e;
  }

  /** What a topic takes of a record; what Kafka's defaults are, where it does not say. */
  static TopicLimits limits(Admin admin, String topic) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return TopicLimits.of(
          NewTopics.whenKnown(() -> admin.describeConfigs(List.of(resource)).all().get())
              .get(resource));
    } catch (ExecutionException e) {
      LOG.warn(
          "The configuration of topic {} is not known ({}): what it refuses by its own is sent"
              + " without its bytes",
          topic,
          e.getCause().getMessage());
      return TopicLimits.KAFKA_DEFAULTS;
    }
  }
}
