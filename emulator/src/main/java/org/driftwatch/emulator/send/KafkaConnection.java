package org.driftwatch.emulator.send;

import java.io.IOException;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How to reach Kafka: the user's client properties, and the emulator's own where they say nothing.
 *
 * @param servers bootstrap servers, {@code host:port[,...]}
 * @param properties the user's client properties
 */
public record KafkaConnection(String servers, Properties properties) {
  private static final int MAX_REQUEST_BYTES = 65 << 20;

  /**
   * Checks the servers.
   *
   * @throws IOException where one is not {@code host:port}
   */
  public static KafkaConnection of(String servers, Properties properties) throws IOException {
    for (String server : servers.split(",", -1)) {
      if (!server.strip().matches("(\\[[^\\]]+\\]|[^:\\s]+):\\d{1,5}")) {
        throw new IOException("Kafka server \"" + server + "\", expected host:port[,host:port...]");
      }
    }
    return new KafkaConnection(servers, properties);
  }

  Properties forAdmin(int timeoutMs) {
    Properties config = new Properties();
    config.putAll(properties);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    config.putIfAbsent("default.api.timeout.ms", Integer.toString(timeoutMs));
    config.putIfAbsent("request.timeout.ms", Integer.toString(timeoutMs / 2));
    return config;
  }

  /** For a consumer that is set to its place and leaves no trace at the broker. */
  public Properties forConsumer() {
    Properties config = new Properties();
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(32 << 20));
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(8 << 20));
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000");
    config.putAll(properties);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return config;
  }

  Properties forProducer() {
    Properties config = new Properties();
    // Full batches under load; a row leaves at once when there is nothing to wait for.
    config.put(ProducerConfig.LINGER_MS_CONFIG, "1");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(512 << 10));
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(96 << 20));
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES));
    config.put(ProducerConfig.SEND_BUFFER_CONFIG, Integer.toString(1 << 20));
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    config.putAll(properties);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return config;
  }
}
