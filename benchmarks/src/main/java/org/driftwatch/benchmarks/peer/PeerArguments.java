package org.driftwatch.benchmarks.peer;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What every peer is told.
 *
 * @param kafka bootstrap servers
 * @param streamTopic where the records are, a JSON object each
 * @param resultsTopic where summaries go, keyed by the window's start
 * @param windowMillis length of the windows, ms
 * @param rowsPerWindow records of a window: what a micro-batch may take
 */
record PeerArguments(
    String kafka, String streamTopic, String resultsTopic, long windowMillis, int rowsPerWindow) {

  static PeerArguments of(String[] arguments) {
    if (arguments.length != 5) {
      throw new IllegalArgumentException(
          arguments.length
              + " arguments, expected KAFKA STREAM_TOPIC RESULTS_TOPIC WINDOW_MS ROWS_PER_WINDOW");
    }
    return new PeerArguments(
        arguments[0],
        arguments[1],
        arguments[2],
        Long.parseLong(arguments[3]),
        Integer.parseInt(arguments[4]));
  }

  /** The start of the window that a record with this timestamp lies in, ms. */
  long windowStart(long timestamp) {
    return timestamp - timestamp % windowMillis;
  }

  KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
        new StringSerializer(),
        new ByteArraySerializer());
  }
}
