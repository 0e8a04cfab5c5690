package org.driftwatch.pipelines;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.pipelines.publish.TopicLimits;
import org.driftwatch.pipelines.restart.TopicIds;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics the monitor stands on, and how it reaches them. */
final class Topics {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
  private static final String FOREVER = "forever";

  /** An hour: they are looked at, and not kept. */
  private static final String KEPT_EVENTS_MILLIS = "3600000";

  private Topics() {}

  /** How to reach Kafka. */
  static KafkaAccess access(KafkaOptions options) {
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
    String hint = access.file().isEmpty() ? " If it needs TLS or a login, use --kafkaConfig" : "";
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
   * Makes sure that topics can be created as the options say.
   *
   * @throws UsageException if not
   */
  static void check(MonitorOptions options) {
    if (options.getPartitions() < 1) {
      throw new UsageException("--partitions=" + options.getPartitions() + ", expected 1 or more");
    }
    if (options.getReplication() < 1 || options.getReplication() > Short.MAX_VALUE) {
      throw new UsageException(
          "--replication=" + options.getReplication() + ", expected 1 to " + Short.MAX_VALUE);
    }
    Duration unused = keptResults(options).orElse(Duration.ZERO);
    Map<String, String> optionOf = new HashMap<>();
    apart("streamTopic", options.getStreamTopic(), optionOf);
    apart("resultsTopic", options.getResultsTopic(), optionOf);
    apart("rejectedTopic", options.getRejectedTopic(), optionOf);
    apart("statusTopic", options.getStatusTopic(), optionOf);
    if (!options.getEventsTopic().isEmpty()) {
      apart("eventsTopic", options.getEventsTopic(), optionOf);
    }
  }

  /** Refuses a topic of two kinds of messages: what the monitor writes would be what it reads. */
  private static void apart(String option, String topic, Map<String, String> optionOf) {
    String other = optionOf.putIfAbsent(topic, option);
    if (other != null) {
      throw new UsageException(
          "--%s and --%s are both %s, expected a topic of its own for each"
              .formatted(other, option, topic));
    }
  }

  /**
   * Creates {@code stream} and {@code results} where they are missing; those that exist stay as
   * they are.
   *
   * @return both
   */
  static TopicIds createMissing(Admin admin, MonitorOptions options)
      throws ExecutionException, InterruptedException {
    return new TopicIds(
        Map.of(
            options.getStreamTopic(),
            create(
                admin,
                new NewTopic(
                    options.getStreamTopic(),
                    Optional.of(options.getPartitions()),
                    replication(options)),
                AclOperation.READ),
            options.getResultsTopic(),
            create(admin, results(options), AclOperation.READ, AclOperation.WRITE)));
  }

  /**
   * Creates the topic of malformed records where it is missing. If that is not possible the monitor
   * continues without it, with a warning; so it does with the next two.
   */
  static void createRejected(Admin admin, MonitorOptions options) throws InterruptedException {
    createIfPossible(
        admin,
        new NewTopic(options.getRejectedTopic(), Optional.of(1), replication(options)),
        "malformed records are counted and lost");
  }

  /**
   * Creates the topic of the status.
   *
   * @return true where it can be written
   */
  static boolean createStatus(Admin admin, MonitorOptions options) throws InterruptedException {
    return createIfPossible(
        admin,
        compacted(options.getStatusTopic(), replication(options)),
        "the status is not published");
  }

  /**
   * Creates the topic of orbits that are shown.
   *
   * @return its name where it is wanted and can be written
   */
  static Optional<String> createEvents(Admin admin, MonitorOptions options)
      throws InterruptedException {
    String topic = options.getEventsTopic();
    boolean isWanted = options.getTracks() && !topic.isEmpty();
    return isWanted
            && createIfPossible(
                admin,
                new NewTopic(topic, Optional.of(1), replication(options))
                    .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, KEPT_EVENTS_MILLIS)),
                "no events are published")
        ? Optional.of(topic)
        : Optional.empty();
  }

  /**
   * Creates a topic for windows if it is missing.
   *
   * @return the topic's id by its name
   */
  static TopicIds createResults(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return new TopicIds(
        Map.of(
            topic,
            create(
                admin, compacted(topic, Optional.empty()), AclOperation.READ, AclOperation.WRITE)));
  }

  private static Optional<Short> replication(MonitorOptions options) {
    return Optional.of((short) options.getReplication());
  }

  /** How long results are kept; empty for ever. */
  private static Optional<Duration> keptResults(MonitorOptions options) {
    return FOREVER.equals(options.getKeepResults())
        ? Optional.empty()
        : Optional.of(Durations.parsePositive("keepResults", options.getKeepResults()));
  }

  /** The topic of the results as it is created. */
  static NewTopic results(MonitorOptions options) {
    NewTopic topic = compacted(options.getResultsTopic(), replication(options));
    return keptResults(options)
        .map(
            kept ->
                topic.configs(
                    Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT
                            + ","
                            + TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(kept.getMillis()))))
        .orElse(topic);
  }

  private static NewTopic compacted(String topic, Optional<Short> replication) {
    return new NewTopic(topic, Optional.of(1), replication)
        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  private static boolean createIfPossible(Admin admin, NewTopic topic, String otherwise)
      throws InterruptedException {
    try {
      create(admin, topic, AclOperation.WRITE);
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

  /** Creates a topic unless it is there; returns its id. */
  private static String create(Admin admin, NewTopic topic, AclOperation... needed)
      throws ExecutionException, InterruptedException {
    return NewTopics.create(admin, topic, needed).topicId().toString();
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
          "The configuration of topic {} is not known ({}): records that exceed its own limits"
              + " are sent without their bytes",
          topic,
          e.getCause().getMessage());
      return TopicLimits.KAFKA_DEFAULTS;
    }
  }
}
