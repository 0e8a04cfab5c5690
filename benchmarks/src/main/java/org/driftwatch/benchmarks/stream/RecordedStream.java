package org.driftwatch.benchmarks.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.RowBatch;
import org.driftwatch.kafka.NewTopics;

/**
 * A stream in a topic, written once and read by everybody who is measured: the emulator's simulated
 * rows, dealt into orbits of one size so that the number of orbits is a matter of the shape alone.
 * All rows of an orbit lie in one partition and carry one stamp; their key is the orbit, so that
 * who groups by key need not shuffle.
 *
 * @param topic where it lies
 * @param shape what it is made of
 */
public record RecordedStream(String topic, StreamShape shape) {
  private static final long SEED = 20231;
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final RecordPacking PACKING = new RecordPacking(COURSE);

  /** Start of the first window, a whole number of windows of any usual length. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final long FIRST_ORBIT = 1_000_000;
  private static final List<Header> WORDS =
      List.of(
          new RecordHeader(
              StreamTopic.FORMAT_HEADER,
              StreamTopic.FORMAT_WORDS.getBytes(StandardCharsets.US_ASCII)));

  /** Writes the stream to a topic that is not there yet. */
  public static RecordedStream write(String kafka, String topic, StreamShape shape)
      throws IOException, InterruptedException {
    createTopic(kafka, topic, shape.partitions());
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    config.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(512 << 10));
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      new Writing(producer, topic, shape, failure).all();
    }
    if (failure.get() != null) {
      throw new IOException("topic " + topic + ": " + failure.get().getMessage(), failure.get());
    }
    return new RecordedStream(topic, shape);
  }

  /** Makes a topic that is not there yet; records keep the timestamps they are given. */
  public static void createTopic(String kafka, String topic, int partitions)
      throws IOException, InterruptedException {
    create(kafka, new NewTopic(topic, Optional.of(partitions), Optional.empty()));
  }

  /**
   * Makes a topic for results. Its records carry the time at which the broker took them: some
   * programs would stamp them with event time.
   */
  public static void createResultsTopic(String kafka, String topic)
      throws IOException, InterruptedException {
    createResultsTopic(kafka, topic, 1);
  }

  /** The same of several partitions. */
  static void createResultsTopic(String kafka, String topic, int partitions)
      throws IOException, InterruptedException {
    create(
        kafka,
        new NewTopic(topic, Optional.of(partitions), Optional.empty())
            .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")));
  }

  private static void create(String kafka, NewTopic topic)
      throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
      admin.createTopics(List.of(topic)).all().get();
      NewTopics.awaitLeaders(admin, topic.name(), topic.numPartitions());
    } catch (ExecutionException e) {
      throw new IOException("topic " + topic.name() + ": " + e.getCause().getMessage(), e);
    }
  }

  /** Removes the topic: what was read is not kept until the end. */
  public void delete(String kafka) throws IOException, InterruptedException {
    deleteTopic(kafka, topic);
  }

  /** Removes a topic. */
  public static void deleteTopic(String kafka, String topic)
      throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
      admin.deleteTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      throw new IOException("topic " + topic + ": " + e.getCause().getMessage(), e);
    }
  }

  /** One writing of a stream. */
  private static final class Writing {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final StreamShape shape;
    private final AtomicReference<Exception> failure;
    private final Simulator simulator = new Simulator(COURSE, SEED);
    private final RowBatch batch = new RowBatch(PACKING, 4096);
    private final RecordWriter value = new RecordWriter(COURSE);
    private int next;

    Writing(
        KafkaProducer<byte[], byte[]> producer,
        String topic,
        StreamShape shape,
        AtomicReference<Exception> failure) {
      this.producer = producer;
      this.topic = topic;
      this.shape = shape;
      this.failure = failure;
    }

    void all() {
      int group = Math.max(shape.words() ? StreamShape.BLOCK : 1, shape.rowsPerOrbit());
      int groupsPerWindow = shape.rowsPerWindow() / group;
      long row = 0;
      for (int window = 0; window < shape.windows(); window++) {
        long start = START.toEpochMilli() + (long) window * shape.windowMillis();
        for (int i = 0; i < groupsPerWindow && failure.get() == null; i++) {
          long stamp = start + (long) i * shape.windowMillis() / groupsPerWindow;
          group(row, group, i % shape.partitions(), stamp);
          row += group;
        }
      }
    }

    private void group(long first, int rows, int partition, long stamp) {
      for (long row = first; row < first + rows; row++) {
        long orbit = FIRST_ORBIT + row / shape.rowsPerOrbit();
        DaqRecord record = row(orbit);
        if (shape.words()) {
          value.word(PACKING.word(record), 0);
          if ((row + 1) % StreamShape.BLOCK == 0) {
            send(partition, stamp, orbit, WORDS);
          }
        } else {
          value.json(record);
          send(partition, stamp, orbit, null);
        }
      }
    }

    /** The next row; hits in this orbit. Trigger words of a fraction fit no word: whole ones do. */
    private DaqRecord row(long orbit) {
      if (next == batch.size()) {
        batch.clear();
        next = 0;
        simulator.read(batch);
      }
      DaqRecord row = batch.row(next++);
      if (PACKING.isHit(row)) {
        return new DaqRecord(
            row.head(), row.board(), row.channel(), orbit, row.crossing(), row.tick());
      }
      return shape.words() ? new DaqRecord(row.head(), row.board(), 0, orbit, 0, 0) : row;
    }

    private void send(int partition, long stamp, long orbit, List<Header> headers) {
      byte[] key = Long.toString(orbit).getBytes(StandardCharsets.US_ASCII);
      var unused =
          producer.send(
              new ProducerRecord<>(topic, partition, stamp, key, value.take(), headers),
              (place, e) -> {
                if (e != null) {
                  failure.compareAndSet(null, e);
                }
              });
    }
  }
}
