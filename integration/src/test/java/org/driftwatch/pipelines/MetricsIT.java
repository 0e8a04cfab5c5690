package org.driftwatch.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.emulator.MetricsPage;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.StandaloneCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The monitor's metrics on every runner, read as Prometheus reads them, against what was sent. */
@Timeout(300)
class MetricsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final long START = Instant.parse("2024-02-29T23:59:40.000Z").toEpochMilli();
  private static final long NEXT_END = START + 11_000;
  private static final long YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z").toEpochMilli();
  private static final String HIT = "2,0,5,1,1,1";
  private static final Pattern ADDRESS =
      Pattern.compile("Metrics at (http://127\\.0\\.0\\.1:\\S+)");

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static KafkaProducer<byte[], byte[]> producer;

  private StandaloneCluster cluster;
  private Process monitor;
  private String stream;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() {
    producer.close();
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
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"direct", "spark-local", "spark-standalone", "flink-local", "flink-standalone"})
  void everyNumberIsWhatWasSentAndPublished(String config) throws Exception {
    stream = "stream-" + config;
    String address = start(config);

    for (String value :
        Arrays.asList(
            HIT,
            HIT,
            HIT + "\n" + HIT,
            "4,0,0,0,0,0.5",
            "noise",
            "{\"HEAD\":2",
            " ",
            "9,0,5,1,1,1")) {
      send(START, value);
    }
    byte[] cutWords =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(Course.hit(0, 5, 1, 1, 1))
            .array();
    send(START, cutWords, true);
    send(YEAR_10000, HIT);
    send(START + 10_000, HIT);
    awaitValue(address, "driftwatch_windows_total", 2);
    send(START + 1, HIT);
    send(START - 3_600_000, HIT);
    awaitValue(address, "driftwatch_refinements_total", 1);
    awaitValue(address, "driftwatch_stream_lag_records{partition=\"0\"}", 0);
    awaitValue(address, "driftwatch_dropped_records_total", 1);

    Map<String, Double> expected = new TreeMap<>();
    expected.put("driftwatch_records_total", 8.0);
    expected.put("driftwatch_hits_total", 7.0);
    expected.put("driftwatch_late_records_total", 1.0);
    expected.put("driftwatch_dropped_records_total", 1.0);
    expected.put("driftwatch_already_published_records_total", 0.0);
    expected.put("driftwatch_windows_total", 2.0);
    expected.put("driftwatch_refinements_total", 1.0);
    expected.put("driftwatch_window_delay_seconds_count", 2.0);
    expected.put("driftwatch_stream_lag_records{partition=\"0\"}", 0.0);
    for (String reason : List.of("columns", "empty", "field", "mid_word", "syntax", "timestamp")) {
      expected.put("driftwatch_rejected_records_total{reason=\"" + reason + "\"}", 1.0);
    }
    // A cluster reports the steps of a pipeline one by one, not at one moment.
    Map<String, Double> found = new TreeMap<>();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              found.clear();
              found.putAll(MetricsPage.samples(address));
              Map<String, Double> compared = new TreeMap<>(found);
              compared.keySet().retainAll(expected.keySet());
              assertThat(compared, is(expected));
            });
    double age = (System.currentTimeMillis() - NEXT_END) / 1e3;
    assertThat(
        "the newest window's age",
        Math.abs(age - found.get("driftwatch_window_age_seconds")) < PATIENCE.toSeconds());
    assertThat(found.get("driftwatch_block_parse_seconds_count"), is(greaterThan(1.0)));
    assertThat(found.get("driftwatch_block_parse_seconds_sum"), is(greaterThan(0.0)));
    assertThat(
        "batches are Spark's",
        found.containsKey("driftwatch_batch_processing_seconds"),
        is(config.startsWith("spark")));
  }

  private String start(String config) throws IOException {
    Path log = folder.resolve(config + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                "scripts/monitor",
                config,
                "--kafka=" + broker.bootstrapServers(),
                "--streamTopic=" + stream,
                "--resultsTopic=results-" + config,
                "--window=1s",
                "--watermarkDelay=100ms",
                "--allowedLateness=10m",
                "--metricsPort=0")
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    if (config.endsWith("-standalone")) {
      cluster = StandaloneCluster.start(config, folder, 2);
      builder.environment().putAll(cluster.environment());
    }
    monitor = builder.start();
    Matcher[] found = new Matcher[1];
    await()
        .atMost(PATIENCE)
        .failFast("the monitor ended, see " + log, () -> !monitor.isAlive())
        .until(
            () -> {
              found[0] = ADDRESS.matcher(Files.readString(log));
              return found[0].find();
            });
    return found[0].group(1);
  }

  private void send(long timestamp, String value) throws ExecutionException, InterruptedException {
    send(timestamp, value.getBytes(UTF_8), false);
  }

  private void send(long timestamp, byte[] value, boolean words)
      throws ExecutionException, InterruptedException {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(stream, 0, timestamp, null, value);
    if (words) {
      message.headers().add("format", "words".getBytes(UTF_8));
    }
    producer.send(message).get();
  }

  private static void awaitValue(String address, String name, double value) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(name, MetricsPage.samples(address).get(name), is(value)));
  }
}
