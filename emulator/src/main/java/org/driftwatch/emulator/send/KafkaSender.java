package org.driftwatch.emulator.send;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.driftwatch.detector.StreamTopic;

/**
 * Sends to a Kafka topic: acknowledged by all replicas, each record once, in order within its
 * partition. What the broker does not take is retried by the client and then counted as failed.
 */
public final class KafkaSender implements RecordSender, AutoCloseable {
  private static final List<Header> WORDS =
      List.of(
          new RecordHeader(
              StreamTopic.FORMAT_HEADER,
              StreamTopic.FORMAT_WORDS.getBytes(StandardCharsets.US_ASCII)));

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Tally tally;
  private final Callback oneRow;

  /**
   * Sends to this topic.
   *
   * @throws IOException where the client's properties are not understood
   */
  public KafkaSender(KafkaConnection kafka, String topic, Tally tally) throws IOException {
    try {
      producer = new KafkaProducer<>(kafka.forProducer());
    } catch (ConfigException e) {
      throw new IOException("Kafka client properties: " + e.getMessage(), e);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("Kafka client properties: " + cause.getMessage(), e);
    }
    this.topic = topic;
    this.tally = tally;
    oneRow = outcome(1);
  }

  @Override
  public void text(byte[] value, int rows, int hits, long stamp) {
    send(new ProducerRecord<>(topic, null, stamp, null, value), rows, hits);
  }

  @Override
  public void words(byte[] value, int rows, int hits, long stamp) {
    send(new ProducerRecord<>(topic, null, stamp, null, value, WORDS), rows, hits);
  }

  private void send(ProducerRecord<byte[], byte[]> message, int rows, int hits) {
    tally.handedOver(rows, hits);
    try {
      var unused = producer.send(message, rows == 1 ? oneRow : outcome(rows));
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
      tally.failed(rows, "stopped while the client had no room for it");
    }
  }

  private Callback outcome(int rows) {
    return (metadata, failure) -> {
      if (failure == null) {
        tally.acknowledged(rows);
      } else {
        tally.failed(rows, failure.getMessage());
      }
    };
  }

  /**
   * Waits until the broker has answered for all that was sent, and ends.
   *
   * @param limit after this time, or an interrupt, the rest is given up and counted as failed
   */
  public void close(Duration limit) {
    try {
      producer.close(limit);
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
