package org.driftwatch.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.SameSummary;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.ListeningSockets;
import org.driftwatch.pipelines.testing.PublishedResults;
import org.driftwatch.pipelines.testing.SimulatedStream;
import org.driftwatch.pipelines.testing.StandaloneCluster;
import org.driftwatch.pipelines.testing.TopicTail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One recorded stream on every runner, each started as a user starts it, in processes of its own:
 * the results are the same to the byte. Only the revision may differ: how many refinements a window
 * takes depends on when its late records come, not on what they say.
 */
class RunnersIT {
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SAMPLES = Path.of(System.getProperty("driftwatch.samples", "none"));

  /** Fixed, and long ago, over a leap day's end: results must not depend on when they are made. */
  private static final long START = Instant.parse("2024-02-29T23:59:40.000Z").toEpochMilli();

  private static final long LENGTH = 60_000;

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static final Map<String, StandaloneCluster> CLUSTERS = new HashMap<>();
  private static SortedMap<String, JsonNode> expected;
  private static final SortedMap<String, String> FIRST = new TreeMap<>();
  private static final int WORDS = 159_616;
  private static String batchSummary;

  private Process monitor;
  private Path log;

  @BeforeAll
  static void recordTheStream() throws Exception {
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    List<StreamRecord> records = recorded(Seed.random("runners"));
    expected = ReferenceMonitor.summaries(records, WINDOW, Course.JSON);
    for (int partitions : List.of(1, 8)) {
      load(records, partitions);
    }
  }

  @AfterAll
  static void stopServers() {
    CLUSTERS.values().forEach(StandaloneCluster::close);
    broker.close();
  }

  @AfterEach
  void endTheMonitor() throws InterruptedException {
    if (monitor != null) {
      monitor.destroy();
      if (!monitor.waitFor(20, TimeUnit.SECONDS)) {
        monitor.destroyForcibly();
      }
    }
  }

  /**
   * A simulated stream of one minute in which every tenth record comes up to 30 s after the others
   * of its time, with malformed ones and orbits of several counter epochs; and the real samples,
   * where they are present.
   */
  private static List<StreamRecord> recorded(Random random) throws IOException {
    List<StreamRecord> records = new SimulatedStream(random).records(4000, START, START + LENGTH);
    Path rows = SAMPLES.resolve("minidt-first-999.csv");
    Path words = SAMPLES.resolve("minidt-run591-head.dat");
    if (Files.exists(rows) && Files.exists(words)) {
      List<String> lines = Files.readAllLines(rows);
      for (int i = 0; i < lines.size(); i++) {
        records.add(new StreamRecord(lines.get(i).getBytes(UTF_8), false, START + 20L * i));
      }
      byte[] raw = Files.readAllBytes(words);
      for (int from = 0; from + 1024 <= raw.length; from += 1024) {
        byte[] block = Arrays.copyOfRange(raw, from, from + 1024);
        records.add(new StreamRecord(block, true, START + from / 1024 * 50L % LENGTH));
      }
    } else {
      System.err.println("skipped: no real samples at " + SAMPLES + ", the simulated stream alone");
    }
    record Sent(StreamRecord record, long order) {}
    return records.stream()
        .map(
            r -> {
              int late = random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(800);
              return new Sent(r, r.timestamp() + late);
            })
        .sorted(Comparator.comparingLong(Sent::order))
        .map(Sent::record)
        .toList();
  }

  private static void load(List<StreamRecord> records, int partitions) throws Exception {
    String topic = "stream-" + partitions;
    createTopic(topic, partitions);
    Random random = new Random(partitions);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (StreamRecord record : records) {
        ProducerRecord<byte[], byte[]> message =
            new ProducerRecord<>(
                topic, random.nextInt(partitions), record.timestamp(), null, record.value());
        if (record.words()) {
          message.headers().add("format", "words".getBytes(UTF_8));
        }
        producer.send(message).get();
      }
    }
  }

  private static void createTopic(String topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
          .all()
          .get();
      NewTopics.awaitLeaders(admin, topic, partitions);
    }
  }

  @ParameterizedTest(name = "{0}, {1} partitions, {2} readers")
  @CsvSource({
    "direct, 1, 1",
    "direct, 8, 2",
    "spark-local, 1, 1",
    "spark-local, 8, 1",
    "spark-local, 8, 3",
    "spark-standalone, 1, 1",
    "spark-standalone, 8, 2",
    "flink-local, 1, 1",
    "flink-local, 8, 3",
    "flink-standalone, 1, 1",
    "flink-standalone, 8, 2",
  })
  void aRecordedStreamGivesTheSameResultsToTheByteAndTheRunEndsWhenAsked(
      String config, int partitions, int readers) throws Exception {
    String results = "results-" + config + "-" + partitions + "-" + readers;
    Map<String, String> environment =
        config.endsWith("-standalone") ? cluster(config).environment() : Map.of();

    start(environment, config, partitions, results, "--readers=" + readers);

    assertTheSameToTheByte(results);
    assertNobodyElseCanConnect();
    monitor.destroy();
    assertThat("ends in time", monitor.waitFor(20, TimeUnit.SECONDS));
    assertThat(monitor.exitValue(), is(0));
    assertThat(Files.readString(log), not(containsString("did not stop")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"direct", "spark-local", "spark-standalone", "flink-local", "flink-standalone"})
  void aFileOfWordsGivesTheSameSummaryToTheByte(String config) throws Exception {
    Path words = folder.resolve("words.dat");
    if (!Files.exists(words)) {
      Files.write(words, words(Seed.random("file of words")));
    }
    Path summary = folder.resolve(config + ".json");
    log = folder.resolve("batch-" + config + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                "bin/driftwatch",
                "batch",
                "--runner=" + config,
                "--input=" + words,
                "--output=" + summary)
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    if (config.endsWith("-standalone")) {
      builder.environment().putAll(cluster(config).environment());
    }

    monitor = builder.start();

    assertThat("ends in time", monitor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    assertThat(Files.readString(log), monitor.exitValue(), is(0));
    byte[] found = Files.readAllBytes(summary);
    if (batchSummary == null) {
      StreamRecord all = new StreamRecord(Files.readAllBytes(words), true, 0);
      assertThat(found, is(SameSummary.as(ReferenceMonitor.batch(List.of(all), Course.JSON))));
      batchSummary = new String(found, UTF_8);
    }
    assertThat(new String(found, UTF_8), is(batchSummary));
  }

  /** Words of a readout that is not quite in the order of its orbits. */
  private static byte[] words(Random random) {
    long[] words = new long[WORDS];
    long orbit = 1_000_000;
    for (int i = 0; i < WORDS; i++) {
      orbit += random.nextInt(4) == 0 ? random.nextInt(20) : 0;
      int channel = random.nextInt(20) == 0 ? 128 : random.nextInt(128);
      int board = channel == 128 ? 1 : random.nextInt(2);
      long of = orbit - (random.nextInt(9) == 0 ? random.nextInt(500) : 0);
      words[i] = Course.hit(board, channel, of, random.nextInt(3564), random.nextInt(30));
    }
    return Course.words(words);
  }

  /** The driver runs on a worker; it is ended with its cluster. */
  @Test
  void submittedInClusterModeItGivesTheSameResultsToTheByte() throws Exception {
    Map<String, String> environment = new HashMap<>(cluster("spark-standalone").environment());
    environment.put(
        "SPARK_SUBMIT_ARGS", "--deploy-mode cluster --driver-memory 1g --executor-memory 1g");
    start(environment, "spark-standalone", 8, "results-cluster-mode");

    try {
      assertTheSameToTheByte("results-cluster-mode");
    } finally {
      // The driver holds the cores of its worker.
      CLUSTERS.remove("spark-standalone").close();
    }
  }

  /** Broker, the runners' parts and their web pages are for this machine only. */
  private static void assertNobodyElseCanConnect() throws IOException {
    if (ListeningSockets.areKnown()) {
      assertThat(ListeningSockets.beyondLoopback(), is(empty()));
    }
  }

  private static StandaloneCluster cluster(String config) throws IOException {
    StandaloneCluster cluster = CLUSTERS.get(config);
    if (cluster == null) {
      cluster = StandaloneCluster.start(config, folder, 2);
      CLUSTERS.put(config, cluster);
    }
    return cluster;
  }

  private void start(
      Map<String, String> environment,
      String config,
      int partitions,
      String results,
      String... further)
      throws Exception {
    createTopic(results, 1);
    List<String> command =
        new ArrayList<>(
            List.of(
                "scripts/monitor",
                config,
                "--kafka=" + broker.bootstrapServers(),
                "--streamTopic=stream-" + partitions,
                "--resultsTopic=" + results,
                "--window=" + WINDOW.toMillis() + "ms"));
    command.addAll(Arrays.asList(further));
    log = folder.resolve(results + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    monitor = builder.start();
  }

  private void assertTheSameToTheByte(String results) throws IOException {
    SortedMap<String, byte[]> last;
    try {
      last =
          PublishedResults.awaitAll(
              broker.bootstrapServers(),
              results,
              expected,
              PATIENCE,
              // A driver of its own on a worker goes on when the submission has ended well.
              () -> !monitor.isAlive() && monitor.exitValue() != 0);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("the log says: " + Files.readString(log), e);
    }
    List<String> published = firstRevisions(results);
    assertThat(
        "windows were first published in their order",
        published,
        is(published.stream().sorted().toList()));
    TreeMap<String, String> found = new TreeMap<>();
    last.forEach(
        (key, message) ->
            found.put(
                key,
                new String(message, UTF_8).replaceFirst("\"revision\":\\d+", "\"revision\":any")));
    if (FIRST.isEmpty()) {
      FIRST.putAll(found);
    }
    assertThat(found, is(FIRST));
  }

  /** The keys of all first revisions, in the order that they were published in. */
  private static List<String> firstRevisions(String results) throws IOException {
    List<String> keys = new ArrayList<>();
    try (TopicTail tail = new TopicTail(broker.bootstrapServers(), results)) {
      for (ConsumerRecord<byte[], byte[]> message : tail.readToEnd()) {
        if (new ObjectMapper().readTree(message.value()).get("revision").asInt() == 0) {
          keys.add(new String(message.key(), UTF_8));
        }
      }
    }
    return keys;
  }
}
