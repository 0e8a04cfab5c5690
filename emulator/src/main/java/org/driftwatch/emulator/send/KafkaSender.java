package org.driftwatch.emulator.send;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.emulator.record.RecordedRecord;

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
  private final Outcome observer;
  private final Callback oneRow;
  private final int partitions;
  private final Partitioning partitioning;
  private int turn;

  /**
   * Sends to this topic, which must be there.
   *
   * @param observer learns what became of every record; null for none
   * @throws IOException if the client's properties are not understood, or the topic lacks the
   *     partition that is asked for
   */
  public KafkaSender(
      KafkaConnection kafka, String topic, Partitioning partitioning, Tally tally, Outcome observer)
      throws IOException, InterruptedException {
    try {
      producer = new KafkaProducer<>(kafka.forProducer());
    } catch (KafkaException e) {
      throw kafka.failure(e, topic, "Kafka client properties: " + e.getMessage());
    }
    this.topic = topic;
    this.tally = tally;
    this.partitioning = partitioning;
    this.observer = observer;
    oneRow = counted(tally, 1);
    try {
      // Asked for before the clock starts: the first record need not wait for it.
      partitions = producer.partitionsFor(topic).size();
      if (partitioning.kind() == Partitioning.Kind.ONE) {
        checkPartition(partitioning.partition(), "--partitioning");
      }
    } catch (InterruptException e) {
      producer.close(Duration.ZERO);
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw kafka.failure(e, topic, "topic " + topic + ": " + e.getMessage());
    } catch (IOException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Makes sure that the topic has this partition.
   *
   * @param what asks for it, for the message
   * @throws IOException if it does not
   */
  public void checkPartition(int partition, String what) throws IOException {
    if (partition >= partitions) {
      throw new IOException(
          what
              + " asks for partition "
              + partition
              + ", topic "
              + topic
              + " has 0 to "
              + (partitions - 1));
    }
  }

  @Override
  public void send(Message message) {
    send(kafkaRecord(message), message.rows(), message.hits(), tally, observer);
  }

  private ProducerRecord<byte[], byte[]> kafkaRecord(Message message) {
    return new ProducerRecord<>(
        topic,
        partition(),
        message.stamp(),
        message.key(),
        message.value(),
        message.words() ? WORDS : null);
  }

  private Integer partition() {
    return switch (partitioning.kind()) {
      case AUTO -> null;
      case ONE -> partitioning.partition();
      case ROUND_ROBIN -> {
        turn = turn == partitions - 1 ? 0 : turn + 1;
        yield turn;
      }
    };
  }

  /** True if a recorded record goes to the partition that it came from. */
  public boolean keepsPartitions() {
    return partitioning.kind() == Partitioning.Kind.AUTO;
  }

  /**
   * Sends a recorded record as it was, to its partition if {@link #keepsPartitions}.
   *
   * @param rows rows of the readout in it
   * @param hits hits among them
   */
  public void sendAsItIs(RecordedRecord recorded, int rows, int hits) {
    Integer to = keepsPartitions() ? (Integer) recorded.partition() : partition();
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(
            topic, to, recorded.timestamp(), recorded.key(), recorded.value(), recorded.headers());
    send(message, rows, hits, tally, observer);
  }

  /**
   * Sends a record whose fate somebody wants to know.
   *
   * @param counter counts it and what becomes of it
   * @param then learns what became of it
   */
  public void sendExtra(Message message, Tally counter, Outcome then) {
    send(
        kafkaRecord(message),
        message.rows(),
        message.hits(),
        counter,
        observer == null
            ? then
            : (sent, place) -> {
              then.of(sent, place);
              observer.of(sent, place);
            });
  }

  /** What counts the records sent. */
  public Tally tally() {
    return tally;
  }

  private void send(
      ProducerRecord<byte[], byte[]> message, int rows, int hits, Tally counter, Outcome then) {
    counter.handedOver(rows, hits);
    try {
      var unused = producer.send(message, callback(message, rows, counter, then));
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
      counter.failed(rows, "stopped while the client's buffer was full");
      if (then != null) {
        then.of(message, null);
      }
    }
  }

  private Callback callback(
      ProducerRecord<byte[], byte[]> message, int rows, Tally counter, Outcome then) {
    if (then == null) {
      return rows == 1 && counter == tally ? oneRow : counted(counter, rows);
    }
    Callback count = counted(counter, rows);
    return (place, failure) -> {
      count.onCompletion(place, failure);
      then.of(message, failure == null ? place : null);
    };
  }

  private static Callback counted(Tally counter, int rows) {
    return (place, failure) -> {
      if (failure == null) {
        counter.acknowledged(rows);
      } else {
        counter.failed(rows, failure.getMessage());
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
