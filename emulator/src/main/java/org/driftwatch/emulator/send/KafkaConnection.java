package org.driftwatch.emulator.send;

import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.driftwatch.kafka.ClientSettings;
import org.driftwatch.kafka.KafkaAccess;

/**
 * The emulator's connections to Kafka: the user's client properties, and the emulator's own where
 * they say nothing.
 *
 * @param access how to reach it
 */
public record KafkaConnection(KafkaAccess access) {
  private static final int MAX_REQUEST_BYTES = 65 << 20;

  /** Bootstrap servers, {@code host:port[,...]}. */
  public String servers() {
    return access.servers();
  }

  /**
   * A failure of a client, for a user.
   *
   * @param topic what it was about; empty if it was about none
   * @param otherwise what it is where Kafka has refused nothing
   */
  public IOException failure(Throwable e, String topic, String otherwise) {
    return new IOException(access.refusal(e, topic).orElse(otherwise), e);
  }

  Map<String, Object> forAdmin(int timeoutMs) throws IOException {
    return new ClientSettings(access).admin(Map.of(), timeoutMs / 2, timeoutMs);
  }

  /**
   * For a consumer that is set to its place and leaves no trace at the broker. It follows a topic
   * whose oldest records may go while it reads.
   */
  public Map<String, Object> forConsumer() throws IOException {
    return new ClientSettings(access)
        .consumerFromOldest(
            Map.of(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                32 << 20,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                8 << 20,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000));
  }

  Map<String, Object> forProducer() throws IOException {
    return new ClientSettings(access)
        .producer(
            Map.of(
                // Full batches under load; a row leaves at once when there is nothing to wait for.
                ProducerConfig.LINGER_MS_CONFIG,
                1,
                ProducerConfig.BATCH_SIZE_CONFIG,
                512 << 10,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                96L << 20,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                MAX_REQUEST_BYTES,
                ProducerConfig.SEND_BUFFER_CONFIG,
                1 << 20));
  }
}
