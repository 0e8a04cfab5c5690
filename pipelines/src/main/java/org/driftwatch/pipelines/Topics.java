package org.driftwatch.pipelines;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.driftwatch.pipelines.read.StartOffsets;

/** The topics the monitor stands on, and the settings it talks to Kafka with. */
final class Topics {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int ASK_AGAIN_MILLIS = 50;
  private static final int MAX_REQUEST_BYTES = 80 << 20;

  private Topics() {}

  /** The settings of every Kafka client: the user's file, then the bootstrap servers. */
  static Map<String, Object> clientConfig(MonitorOptions options) {
    Map<String, Object> config = new HashMap<>();
    if (!options.getKafkaConfig().isEmpty()) {
      Path file = Path.of(options.getKafkaConfig());
      Properties properties = new Properties();
      try (Reader in = Files.newBufferedReader(file)) {
        properties.load(in);
      } catch (IOException e) {
        throw new UsageException("Kafka client properties " + file + " cannot be read: " + e);
      }
      properties.forEach((key, value) -> config.put(key.toString(), value));
    }
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, options.getKafka());
    return config;
  }

  /** Settings of the consumers: large fetches, nothing committed. */
  static Map<String, Object> consumerConfig(Map<String, Object> client) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
    // Few large answers from the broker, not one for each record: at most a twentieth of a second.
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 256 << 10);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.putAll(client);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return config;
  }

  /** Settings of the producers: all replicas acknowledge, records as large as were read. */
  static Map<String, Object> producerConfig(Map<String, Object> client) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) MAX_REQUEST_BYTES);
    config.putAll(client);
    return config;
  }

  /** An administrator's connection that gives up after ten seconds. */
  static Admin admin(Map<String, Object> client) {
    return admin(client, TIMEOUT_MILLIS);
  }

  /** One that gives up after two seconds: for who asks again and again, and shows the answer. */
  static Admin impatientAdmin(Map<String, Object> client) {
    return admin(client, TIMEOUT_MILLIS / 5);
  }

  private static Admin admin(Map<String, Object> client, int timeoutMillis) {
    Map<String, Object> config = new HashMap<>(client);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis / 2);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMillis);
    return Admin.create(config);
  }

  /** Creates those of the three topics that are missing; the others stay as they are. */
  static void createMissing(Admin admin, MonitorOptions options)
      throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    Optional<Short> replication = Optional.of((short) options.getReplication());
    create(
        admin,
        existing,
        new NewTopic(options.getStreamTopic(), Optional.of(options.getPartitions()), replication));
    create(
        admin,
        existing,
        new NewTopic(options.getResultsTopic(), Optional.of(1), replication)
            .configs(
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
    create(admin, existing, new NewTopic(options.getRejectedTopic(), Optional.of(1), replication));
  }

  private static void create(Admin admin, Set<String> existing, NewTopic topic)
      throws ExecutionException, InterruptedException {
    if (existing.contains(topic.name())) {
      return;
    }
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      // Emulator, viewer and monitor may all create a topic at the same moment.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    // A topic is there when its leaders answer, a moment after the controller says it is.
    whenKnown(() -> StartOffsets.latest(admin, topic.name()));
  }

  /** Asks again while the broker asked has not heard of the topic yet. */
  private static <T> T whenKnown(Question<T> question)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
    while (true) {
      try {
        return question.ask();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
      }
    }
  }

  /** What is asked of Kafka. */
  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  /** Most bytes of a record that a topic takes. */
  static int maxRecordBytes(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        whenKnown(() -> admin.describeConfigs(List.of(resource)).all().get()).get(resource);
    return Math.min(
        MAX_REQUEST_BYTES,
        Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()));
  }
}
