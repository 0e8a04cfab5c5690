package org.driftwatch.quality.service;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.driftwatch.kafka.ClientSettings;
import org.driftwatch.kafka.KafkaAccess;

/** Makes clients of Kafka. What is not answered in ten seconds has failed. */
record Clients(KafkaAccess access) {
  private static final int ANSWER_MILLIS = 10_000;
  private static final int REQUEST_MILLIS = 5_000;

  private static Map<String, Object> common() {
    return Map.of(
        CommonClientConfigs.CLIENT_ID_CONFIG,
        "driftwatch-quality",
        CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
        "rebootstrap",
        CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
        REQUEST_MILLIS);
  }

  /** An administrator's connection. */
  Admin admin() throws IOException {
    return Admin.create(new ClientSettings(access).admin(common(), REQUEST_MILLIS, ANSWER_MILLIS));
  }

  /** A consumer outside any group that is given committed records only. */
  KafkaConsumer<byte[], byte[]> consumer() throws IOException {
    Map<String, Object> defaults = new HashMap<>(common());
    defaults.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
    Map<String, Object> settings = new ClientSettings(access).consumer(defaults);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    return new KafkaConsumer<>(settings);
  }

  /** The producer of a service; it takes the place of an earlier one of the same id. */
  KafkaProducer<byte[], byte[]> producer(String id) throws IOException {
    Map<String, Object> defaults = new HashMap<>(common());
    defaults.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_MILLIS);
    defaults.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    // Readers see nothing beyond the open transaction of one that was killed for so long.
    defaults.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000);
    return new KafkaProducer<>(new ClientSettings(access).transactionalProducer(defaults, id));
  }
}
