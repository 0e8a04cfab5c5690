package org.driftwatch.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.restart.StartAgain;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.JavaCommand;
import org.driftwatch.pipelines.testing.PublishedResults;
import org.driftwatch.pipelines.testing.SimulatedStream;
import org.driftwatch.pipelines.testing.TopicTail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor as a program of its own, ended and started again: the topics are all it needs. */
class RestartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final long START = Instant.parse("2024-02-29T23:50:00.000Z").toEpochMilli();

  @TempDir Path folder;
  private EmbeddedBroker broker;
  private KafkaProducer<byte[], byte[]> producer;
  private final List<StreamRecord> sent = new ArrayList<>();
  private Process monitor;
  private File log;

  @BeforeEach
  void startBroker() throws IOException {
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    kill();
    producer.close();
    broker.close();
  }

  @Test
  void killedAtAnyMomentAndStartedAgainItPublishesEveryWindowWhole() throws Exception {
    Random random = Seed.random("restart");
    List<StreamRecord> records =
        new ArrayList<>(new SimulatedStream(random).records(3000, START, START + 300_000));
    // Some come late, by less than the allowed lateness of a run: they refine their windows.
    IdentityHashMap<StreamRecord, Long> arrivals = new IdentityHashMap<>();
    for (StreamRecord record : records) {
      int delay = random.nextInt(900) + (random.nextInt(20) == 0 ? 6_000 : 0);
      arrivals.put(record, record.timestamp() + delay);
    }
    records.sort(Comparator.comparing(arrivals::get));

    int kills = 6;
    start("--partitions=2", "--allowedLateness=10m");
    for (int i = 0; i < kills; i++) {
      send(records.subList(records.size() * i / kills, records.size() * (i + 1) / kills), random);
      // At any moment: while starting, reading, computing, publishing, or when all is done.
      if (random.nextInt(3) > 0) {
        awaitLog("Monitoring");
      }
      monitor.waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS);
      kill();
      start("--allowedLateness=10m");
    }

    awaitExact();
  }

  @Test
  void whatWasPublishedLongAgoIsLeftAloneAndWhatMayHaveBeenRefinedIsComputedAgain()
      throws Exception {
    start("--allowedLateness=10s");
    send(hits(START, START + 120_000), new Random(1));
    awaitExact();
    stop();
    publishAheadOfTheClock();
    publish(START, "{\"final\":true}");
    publish(START + 116_000, "{\"final\":false}");

    send(hits(START + 120_000, START + 130_000), new Random(2));
    start("--allowedLateness=10s");

    awaitPublished(START + 128_000);
    assertThat(published().get(START).has("final"), is(true));
    assertThat(published().get(START + 116_000).has("final"), is(false));
    assertThat(published().get(START + 116_000).get("hits").asInt(), is(40));
  }

  @Test
  void aRecordOfAFinalWindowThatIsMetAgainDoesNotReplaceIt() throws Exception {
    start("--allowedLateness=10s");
    send(hits(START, START + 98_000), new Random(1));
    awaitExact();
    stop();
    // It stands behind the point that the next run begins at, and was too late for any.
    send(hits(START + 2_000, START + 2_050), new Random(1));
    sent.remove(sent.size() - 1);
    send(hits(START + 98_000, START + 110_000), new Random(1));

    start("--allowedLateness=10s");

    awaitExact();
  }

  @Test
  void aFirstStartBeginsWhereItIsToldTo() throws Exception {
    start();
    stop();
    send(hits(START, START + 20_000), new Random(1));
    start("--from=2024-02-29T23:50:11Z");
    awaitPublished(START + 18_000);

    assertThat(published().firstKey(), is(START + 10_000));
    assertThat(published().get(START + 10_000).get("hits").asInt(), is(40));
  }

  @Test
  void aTopicThatIsGivenMorePartitionsIsReadWholeByTheNextRun() throws Exception {
    start("--partitions=2", "--allowedLateness=0s");
    send(hits(START, START + 60_000), new Random(1));
    awaitExact();
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
      admin.createPartitions(Map.of("stream", NewPartitions.increaseTo(4))).all().get();
      NewTopics.awaitLeaders(admin, "stream", 4);
    }
    // Some go where the running monitor does not read.
    send(hits(START + 60_000, START + 80_000), new Random(2), 4);

    assertThat(monitor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), is(true));
    assertThat(monitor.exitValue(), is(StartAgain.STATUS));
    assertThat(
        Files.readAllLines(log.toPath()).stream().filter(l -> l.contains("restart it")).toList(),
        contains(containsString("Topic stream has 4 partitions, this run reads 2 of them")));
    start("--allowedLateness=0s");
    awaitExact();
  }

  @Test
  void topicsThatAreDeletedAndCreatedAgainAreReadFromTheirBeginningByTheNextRun() throws Exception {
    start();
    send(hits(START + 600_000, START + 660_000), new Random(1));
    awaitExact();
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
      admin.deleteTopics(List.of("stream", "results")).all().get();
      admin
          .createTopics(
              List.of(new NewTopic("stream", 2, (short) 1), new NewTopic("results", 1, (short) 1)))
          .all()
          .get();
      NewTopics.awaitLeaders(admin, "stream", 2);
    }
    sent.clear();
    // More than the run had read of the old topic, and of windows before all that it published.
    send(hits(START, START + 90_000), new Random(2), 2);

    assertThat(monitor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), is(true));
    assertThat(monitor.exitValue(), is(StartAgain.STATUS));
    assertThat(
        Files.readAllLines(log.toPath()).stream().filter(l -> l.contains("restart it")).toList(),
        contains(
            containsString(
                "Topic results was deleted and created again, topic stream was deleted and"
                    + " created again: the monitor ends with status 75")));
    start();
    awaitExact();
  }

  @Test
  void windowsWhoseRecordsAreGoneAreMarked() throws Exception {
    start();
    stop();
    send(hits(START, START + 20_000), new Random(1));
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
      admin
          .deleteRecords(Map.of(new TopicPartition("stream", 0), RecordsToDelete.beforeOffset(100)))
          .all()
          .get();
    }

    start();
    awaitPublished(START + 18_000);

    // The hundredth record is of 5 s; what stood before it may be of up to 6 s.
    SortedMap<Long, JsonNode> found = published();
    assertThat(found.firstKey(), is(START + 4_000));
    found.forEach(
        (window, summary) ->
            assertThat(
                "window " + window,
                summary.path("incomplete").asBoolean(),
                is(window < START + 8_000)));
    assertThat(
        Files.readString(log.toPath()).lines().filter(l -> l.contains("deleted")).count(), is(1L));
  }

  private void start(String... further) throws IOException {
    List<String> command =
        JavaCommand.here(
            MonitorMain.class.getName(),
            "@" + Path.of("..", "runner-configs", "direct", "options.args"),
            "--kafka=" + broker.bootstrapServers(),
            "--window=" + WINDOW.toMillis() + "ms");
    command.addAll(Arrays.asList(further));
    log = Files.createTempFile(folder, "monitor", ".log").toFile();
    monitor = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    if (sent.isEmpty()) {
      // It makes the topics that the test sends to.
      awaitLog("Monitoring");
    }
  }

  private void awaitLog(String text) {
    await()
        .atMost(PATIENCE)
        .until(() -> Files.readString(log.toPath()).contains(text) || !monitor.isAlive());
  }

  private void kill() throws InterruptedException {
    if (monitor != null) {
      monitor.destroyForcibly().waitFor();
    }
  }

  private void stop() throws InterruptedException {
    monitor.destroy();
    assertThat("ends in time", monitor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
  }

  private void send(List<StreamRecord> records, Random random) throws Exception {
    send(records, random, producer.partitionsFor("stream").size());
  }

  private void send(List<StreamRecord> records, Random random, int partitions) throws Exception {
    List<Future<RecordMetadata>> places = new ArrayList<>();
    for (StreamRecord record : records) {
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(
              "stream", random.nextInt(partitions), record.timestamp(), null, record.value());
      if (record.words()) {
        message.headers().add("format", "words".getBytes(UTF_8));
      }
      places.add(producer.send(message));
    }
    for (Future<RecordMetadata> place : places) {
      place.get();
    }
    sent.addAll(records);
  }

  private void publish(long window, String value) throws Exception {
    byte[] key = ReferenceMonitor.iso(window).getBytes(UTF_8);
    producer.send(new ProducerRecord<>("results", key, value.getBytes(UTF_8))).get();
  }

  /** A window of a year from now, as one that was published while a clock was wrong. */
  private void publishAheadOfTheClock() throws Exception {
    long window = Instant.now().plus(Duration.ofDays(365)).truncatedTo(MINUTES).toEpochMilli();
    String summary =
        new ObjectMapper()
            .writeValueAsString(published().get(START))
            .replace(ReferenceMonitor.iso(START), ReferenceMonitor.iso(window))
            .replace(
                ReferenceMonitor.iso(START + WINDOW.toMillis()),
                ReferenceMonitor.iso(window + WINDOW.toMillis()));
    publish(window, summary);
  }

  private void awaitExact() throws IOException {
    SortedMap<String, JsonNode> expected = ReferenceMonitor.summaries(sent, WINDOW, Course.JSON);
    PublishedResults.awaitAll(
        broker.bootstrapServers(), "results", expected, PATIENCE, () -> !monitor.isAlive());
  }

  private void awaitPublished(long window) {
    await().atMost(PATIENCE).until(() -> published().get(window), notNullValue());
  }

  /** The last message of each window, by its start. */
  private SortedMap<Long, JsonNode> published() throws IOException {
    SortedMap<Long, JsonNode> published = new TreeMap<>();
    try (TopicTail tail = new TopicTail(broker.bootstrapServers(), "results")) {
      for (ConsumerRecord<byte[], byte[]> message : tail.readToEnd()) {
        published.put(
            Instant.parse(new String(message.key(), UTF_8)).toEpochMilli(),
            new ObjectMapper().readTree(message.value()));
      }
    }
    return published;
  }

  /** A hit every 50 ms, an orbit each. */
  private static List<StreamRecord> hits(long from, long to) {
    List<StreamRecord> hits = new ArrayList<>();
    for (long timestamp = from; timestamp < to; timestamp += 50) {
      String text = "2,1,70," + timestamp % 1_000_000_000 + ",100,7";
      hits.add(new StreamRecord(text.getBytes(UTF_8), false, timestamp));
    }
    return hits;
  }
}
