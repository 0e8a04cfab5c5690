package org.driftwatch.kafka;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Makes the monitor's clients of Kafka, wherever the runner has the work done. It goes to other
 * machines, into checkpoints and onto web pages as part of the pipeline, and so holds no setting of
 * the user's, only where they stand: the file must be there, at the same path, on each machine.
 */
public record KafkaClients(KafkaAccess access) implements Serializable {
  /** Largest request sent, bytes. */
  public static final int MAX_REQUEST_BYTES = 80 << 20;

  /** Longest outage of the broker for which results wait, ms; then the run ends. */
  private static final int OUTAGE_MILLIS = 600_000;

  private static final int TIMEOUT_MILLIS = 10_000;

  /** The monitor's own settings of consumers: large fetches. */
  public static Map<String, Object> consumerDefaults() {
    return Map.of(
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        10_000,
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        // From a backlog, too, partitions are read side by side: no more of one than part of a
        // second.
        1 << 20,
        // Few large answers from the broker, not one for each record: at most a twentieth of a
        // second.
        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
        256 << 10,
        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
        50);
  }

  /**
   * The monitor's own settings of producers: records large as read, and an outage of the broker is
   * waited for.
   */
  public static Map<String, Object> producerDefaults() {
    return Map.of(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        MAX_REQUEST_BYTES,
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        (long) MAX_REQUEST_BYTES,
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        OUTAGE_MILLIS,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        OUTAGE_MILLIS);
  }

  /** An administrator's connection that gives up after ten seconds. */
  public Admin admin() {
    return admin(TIMEOUT_MILLIS);
  }

  /** One that gives up after two seconds: for who asks again and again, and shows the answer. */
  public Admin impatientAdmin() {
    return admin(TIMEOUT_MILLIS / 5);
  }

  private Admin admin(int timeoutMillis) {
    return Admin.create(
        read(settings -> settings.admin(Map.of(), timeoutMillis / 2, timeoutMillis)));
  }

  /**
   * Settings of a consumer of bytes that is a member of no group, is given committed records only
   * and gives up after ten seconds what is not answered.
   */
  public Map<String, Object> consumer() {
    Map<String, Object> made = read(settings -> settings.consumer(consumerDefaults()));
    made.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    return made;
  }

  /** Settings of a producer of bytes. */
  public Map<String, Object> producer() {
    return read(settings -> settings.producer(producerDefaults()));
  }

  /**
   * Settings of a consumer as KafkaIO asks for one.
   *
   * @param asked KafkaIO's settings, deserializers among them; the isolation level, too, where the
   *     consumer is the one that only looks for the end of the topic
   */
  public Map<String, Object> consumerAsAsked(Map<String, Object> asked) {
    return keep(
        asked,
        read(settings -> settings.consumer(asked)),
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG);
  }

  private static Map<String, Object> keep(
      Map<String, Object> asked, Map<String, Object> settings, String... names) {
    for (String name : names) {
      if (asked.containsKey(name)) {
        settings.put(name, asked.get(name));
      }
    }
    return settings;
  }

  private Map<String, Object> read(Reading reading) {
    try {
      return reading.of(new ClientSettings(access));
    } catch (IOException e) {
      throw new UncheckedIOException(
          e.getMessage() + " (every machine that runs a part of the pipeline needs it there)", e);
    }
  }

  private interface Reading {
    Map<String, Object> of(ClientSettings settings) throws IOException;
  }
}
