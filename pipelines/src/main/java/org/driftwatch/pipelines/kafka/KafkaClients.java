package org.driftwatch.pipelines.kafka;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
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

  /**
   * A producer as KafkaIO asks for one.
   *
   * @param asked KafkaIO's settings, serializers among them
   */
  public Producer<byte[], byte[]> producerFor(Map<String, Object> asked) {
    return new KafkaProducer<>(
        keep(
            asked,
            read(settings -> settings.producer(asked)),
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG));
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
          e.getMessage() + " (each machine that runs a part of the pipeline needs it there)", e);
    }
  }

  private interface Reading {
    Map<String, Object> of(ClientSettings settings) throws IOException;
  }
}
