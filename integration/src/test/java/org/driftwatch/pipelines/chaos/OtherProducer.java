package org.driftwatch.pipelines.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer of hits beside the emulator, with a clock of its own. Used by one thread. */
final class OtherProducer implements AutoCloseable {
  /** Header of records that are too late for any window: they count nowhere. */
  static final String TOO_LATE = "too-late";

  private static final long LATE_MILLIS = 45_000;
  private static final long TOO_LATE_MILLIS = 120_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final int partitions;
  private final int first;
  private final List<Future<RecordMetadata>> places = new ArrayList<>();
  private int sent;
  private long last;

  /** One that sends to all partitions of the stream in turn. */
  OtherProducer(String kafka) {
    this(kafka, Map.of(), false);
  }

  /** One that sends to the stream's last partition only. */
  static OtherProducer toLastPartition(String kafka) {
    return new OtherProducer(kafka, Map.of(), true);
  }

  private OtherProducer(String kafka, Map<String, Object> further, boolean toLast) {
    Map<String, Object> settings = new HashMap<>(further);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    partitions = producer.partitionsFor("stream").size();
    first = toLast ? partitions - 1 : 0;
  }

  /** One that sends nothing outside of a transaction. */
  static OtherProducer withTransactions(String kafka) {
    OtherProducer producer =
        new OtherProducer(kafka, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "chaos"), false);
    producer.producer.initTransactions();
    return producer;
  }

  /**
   * Sends a hit.
   *
   * @param timestamp what it is stamped with: not so far behind that it depends on the moment
   *     whether it is too late
   */
  void send(long timestamp) {
    int partition = first + sent % (partitions - first);
    byte[] value = ("2,1,70," + sent + ",100,7").getBytes(UTF_8);
    sent++;
    last = timestamp;
    ProducerRecord<byte[], byte[]> hit =
        new ProducerRecord<>("stream", partition, timestamp, null, value);
    long late = System.currentTimeMillis() - timestamp;
    if (late > TOO_LATE_MILLIS) {
      hit.headers().add(TOO_LATE, new byte[0]);
    } else if (late > LATE_MILLIS) {
      throw new IllegalArgumentException(late + " ms late: too late or not, as it comes");
    }
    places.add(producer.send(hit));
  }

  /** Sends hits for a time, evenly. */
  void send(Duration time, int hitsPerSecond, LongUnaryOperator clock) throws Exception {
    long interval = 1_000_000_000L / hitsPerSecond;
    long start = System.nanoTime();
    for (long due = 0; due < time.toNanos(); due += interval) {
      Fault.pass(Duration.ofNanos(Math.max(0, due - (System.nanoTime() - start))));
      send(clock.applyAsLong(System.currentTimeMillis()));
    }
    flush();
  }

  /** Sends hits for a time in a transaction that is committed; gives the last timestamp. */
  long committed(Duration time, int hitsPerSecond) throws Exception {
    producer.beginTransaction();
    send(time, hitsPerSecond, now -> now);
    producer.commitTransaction();
    return last;
  }

  /** Sends hits for a time in a transaction that is aborted. */
  void aborted(Duration time, int hitsPerSecond) throws Exception {
    producer.beginTransaction();
    send(time, hitsPerSecond, now -> now);
    producer.abortTransaction();
  }

  /** Waits until all are taken. */
  void flush() throws Exception {
    producer.flush();
    for (Future<RecordMetadata> place : places) {
      place.get();
    }
    places.clear();
  }

  int partitions() {
    return partitions;
  }

  @Override
  public void close() {
    producer.close();
  }
}
