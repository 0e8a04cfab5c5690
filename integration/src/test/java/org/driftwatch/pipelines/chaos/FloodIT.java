package org.driftwatch.pipelines.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.emulator.EmulatorMain;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.JavaCommand;
import org.driftwatch.pipelines.testing.PublishedResults;
import org.driftwatch.pipelines.testing.TopicTail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * More than was expected, on the monitor as a process of its own with the heap of its
 * configuration: it lives, and every window is exact. {@code -Ddriftwatch.flood=1000000} for floods
 * of a million hits, on Spark too.
 */
class FloodIT {
  private static final int HITS = Integer.getInteger("driftwatch.flood", 30_000);
  private static final int BLOCK = 1000;
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long START = Instant.parse("2024-02-29T23:50:00.000Z").toEpochMilli();

  @TempDir Path folder;
  private OneBroker broker;
  private Part monitor;
  private KafkaProducer<byte[], byte[]> producer;
  private final Random random = Seed.random("flood");

  static Stream<String> configs() {
    return System.getProperty("driftwatch.flood") == null
        ? Stream.of("direct")
        : Stream.of("direct", "spark-local");
  }

  @BeforeEach
  void startBroker() throws IOException {
    broker = new OneBroker(folder);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.servers(), "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stopAll() {
    if (monitor != null) {
      monitor.kill();
    }
    producer.close();
    broker.close();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void fiftyTimesTheRateForSomeSeconds(String config) throws Exception {
    startMonitor(config);
    int seconds = Math.max(1, HITS / 20_000);
    Part emulator =
        Part.start(
            folder.resolve("emulator.log").toFile(),
            JavaCommand.here(
                EmulatorMain.class.getName(),
                "--kafka",
                broker.servers(),
                "--profile",
                "400:2s,20000:" + seconds + "s,400:2s"),
            Map.of());

    assertThat(emulator.awaitStatus(PATIENCE), is(0));
    awaitExact();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void oneOrbitWithAllTheHits(String config) throws Exception {
    startMonitor(config);
    send(HITS, WINDOW.toMillis(), hit -> 3_387_200_947L);

    awaitExact();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void aWindowWhereEachHitIsOfAnotherOrbit(String config) throws Exception {
    startMonitor(config);
    send(HITS, WINDOW.toMillis(), hit -> (4_294_900_000L + hit) & 0xFFFF_FFFFL);

    awaitExact();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void aBacklogOfManyWindows(String config) throws Exception {
    startMonitor(config);
    monitor.kill();
    send(HITS, 120 * WINDOW.toMillis(), hit -> hit / 8);
    startMonitor(config);

    awaitExact();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void nothingButRejectedRecords(String config) throws Exception {
    startMonitor(config);
    List<Future<RecordMetadata>> places = new ArrayList<>();
    for (int i = 0; i < HITS; i++) {
      byte[] value = ("2,1,no channel " + i + ",1,1,1").getBytes(UTF_8);
      places.add(producer.send(record(value, START + 5 * WINDOW.toMillis() * i / HITS)));
    }
    for (Future<RecordMetadata> place : places) {
      place.get();
    }

    awaitExact();
    try (TopicTail rejected = new TopicTail(broker.servers(), "stream-rejected")) {
      assertThat(rejected.readToEnd().size(), is(HITS));
    }
  }

  private void startMonitor(String config) throws IOException {
    monitor =
        Part.start(
            folder.resolve("monitor.log").toFile(),
            List.of(
                "scripts/monitor",
                config,
                "--kafka=" + broker.servers(),
                "--window=" + WINDOW.toMillis() + "ms",
                "--partitions=2"),
            Map.of());
    monitor.awaitText("Monitoring");
  }

  /** Sends hits in blocks, stamped evenly over a time, each of the orbit that is asked for. */
  private void send(int hits, long millis, IntToLongFunction orbit) throws Exception {
    long[] block = new long[BLOCK];
    List<Future<RecordMetadata>> places = new ArrayList<>();
    for (int i = 0; i < hits; i++) {
      // One in a hundred is the scintillator's.
      int channel = random.nextInt(100) == 0 ? 128 : random.nextInt(128);
      block[i % BLOCK] =
          Course.hit(
              1, channel, orbit.applyAsLong(i), 100 + random.nextInt(20), random.nextInt(30));
      if ((i + 1) % BLOCK == 0 || i + 1 == hits) {
        byte[] words = Course.words(Arrays.copyOf(block, i % BLOCK + 1));
        ProducerRecord<byte[], byte[]> record = record(words, START + i * millis / hits);
        record.headers().add("format", "words".getBytes(UTF_8));
        places.add(producer.send(record));
      }
    }
    for (Future<RecordMetadata> place : places) {
      place.get();
    }
  }

  private ProducerRecord<byte[], byte[]> record(byte[] value, long timestamp) {
    return new ProducerRecord<>("stream", random.nextInt(2), timestamp, null, value);
  }

  private void awaitExact() throws IOException {
    List<StreamRecord> records = new ArrayList<>();
    try (TopicTail stream = new TopicTail(broker.servers(), "stream")) {
      for (ConsumerRecord<byte[], byte[]> record : stream.readToEnd()) {
        boolean words = record.headers().lastHeader("format") != null;
        records.add(new StreamRecord(record.value(), words, record.timestamp()));
      }
    }
    PublishedResults.awaitAll(
        broker.servers(),
        "results",
        ReferenceMonitor.summaries(records, WINDOW, Course.JSON),
        PATIENCE,
        () -> !monitor.isAlive());
    assertThat(monitor.log(), not(containsString("OutOfMemoryError")));
  }
}
