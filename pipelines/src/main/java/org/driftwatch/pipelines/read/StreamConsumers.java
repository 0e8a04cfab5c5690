package org.driftwatch.pipelines.read;

import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.driftwatch.kafka.KafkaClients;

/**
 * Makes the two consumers that KafkaIO asks for: one that fetches, and tells the clock what it sees
 * of positions; and one that KafkaIO asks for the ends of partitions only.
 *
 * @param clients makes the settings, where the reader works
 * @param shared the clock that is told
 */
record StreamConsumers(KafkaClients clients, SharedClock shared)
    implements SerializableFunction<Map<String, Object>, Consumer<byte[], byte[]>> {

  @Override
  public Consumer<byte[], byte[]> apply(Map<String, Object> asked) {
    Map<String, Object> settings = clients.consumerAsAsked(asked);
    // KafkaIO gives a group to the consumer that asks for ends; the one that reads has none.
    return asked.containsKey(ConsumerConfig.GROUP_ID_CONFIG)
        ? new EndsConsumer(settings, clients.impatientAdmin(), shared)
        : new StreamConsumer(settings, shared);
  }
}
