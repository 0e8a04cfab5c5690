package org.driftwatch.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.kafka.NewTopics;
import org.driftwatch.pipelines.testing.JavaCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs as a user meets them: processes with an exit status and lines on the terminal. */
class ProgramsTest {
  private static final int OK = 0;
  private static final int FAILURE = 1;
  private static final int USAGE = 2;
  private static final long PATIENCE_SECONDS = 90;

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  /** A program and the files that its output goes to. */
  private record Running(Process process, Path out, Path err) {
    int exit() throws InterruptedException {
      assertThat("ends in time", process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
      return process.exitValue();
    }

    List<String> errors() throws IOException {
      return Files.readAllLines(err);
    }
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aBatchPrintsItsSummaryAndNothingElse() throws Exception {
    Path input = Files.writeString(folder.resolve("a.csv"), "2,0,5,1,1,1\n4,0,0,0,0,0.5\n", UTF_8);

    Running batch = start(BatchMain.class, "--input=" + input);

    assertThat(batch.exit(), is(OK));
    assertThat(SummaryJson.read(Files.readAllBytes(batch.out())).totImport(), is(2L));
    assertThat(batch.errors(), hasSize(0));
  }

  @Test
  void aMistakeInTheOptionsIsOneLineAndStatusTwo() throws Exception {
    Running none = start(BatchMain.class, "--input=" + folder.resolve("none.csv"));
    Running unknown = start(MonitorMain.class, "--windw=5s");
    Running window = start(MonitorMain.class, "--window=5");
    Running kafka = start(MonitorMain.class, "--kafka=nonsense");
    Running replication = start(MonitorMain.class, "--replication=70000");
    Running partitions = start(MonitorMain.class, "--partitions=0");
    Running await = start(AwaitMain.class, "--window=0s");

    assertThat(none.exit(), is(USAGE));
    assertThat(none.errors(), hasSize(1));
    assertThat(none.errors().get(0), startsWith("batch: source " + folder.resolve("none.csv")));
    assertThat(unknown.exit(), is(USAGE));
    assertThat(unknown.errors(), hasSize(1));
    assertThat(unknown.errors().get(0), startsWith("monitor: "));
    assertThat(unknown.errors().get(0), containsString("windw"));
    assertThat(window.exit(), is(USAGE));
    assertThat(window.errors(), hasSize(1));
    assertThat(window.errors().get(0), startsWith("monitor: --window=5 is not a valid duration"));
    assertThat(kafka.exit(), is(USAGE));
    assertThat(kafka.errors(), hasSize(1));
    assertThat(
        kafka.errors().get(0),
        startsWith("monitor: Kafka server \"nonsense\", expected host:port"));
    assertThat(replication.exit(), is(USAGE));
    assertThat(replication.errors(), contains("monitor: --replication=70000, expected 1 to 32767"));
    assertThat(partitions.exit(), is(USAGE));
    assertThat(partitions.errors(), contains("monitor: --partitions=0, expected 1 or more"));
    assertThat(await.exit(), is(USAGE));
    assertThat(await.errors(), contains("await: --window=0s, expected more than 0"));
  }

  @Test
  void aBrokerThatCannotBeReachedIsOneLineAndStatusOne() throws Exception {
    Running monitor = start(MonitorMain.class, "--kafka=127.0.0.1:1");
    Running await = start(AwaitMain.class, "--kafka=127.0.0.1:1");

    assertThat(monitor.exit(), is(FAILURE));
    assertThat(
        lastOf(monitor.errors()), startsWith("monitor: Kafka at 127.0.0.1:1: request failed: "));
    assertThat(await.exit(), is(FAILURE));
    assertThat(lastOf(await.errors()), startsWith("await: Kafka at 127.0.0.1:1 does not answer: "));
  }

  private static String lastOf(List<String> lines) {
    return lines.get(lines.size() - 1);
  }

  @Test
  void aMonitorRunsUntilItIsStoppedAndAwaitTellsOfTheLastWindow() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      String kafka = "--kafka=" + broker.bootstrapServers();
      Running monitor =
          start(
              MonitorMain.class,
              "@" + Path.of("..", "runner-configs", "direct", "options.args"),
              kafka,
              "--window=1s");
      await()
          .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
          .until(() -> Files.readString(monitor.err()).contains("Monitoring stream at "));
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.bootstrapServers()),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        byte[] hit = "2,0,5,1,1,1".getBytes(UTF_8);
        producer.send(new ProducerRecord<>("stream", 0, 1_700_000_000_000L, null, hit)).get();
        producer.send(new ProducerRecord<>("stream", 0, 1_700_000_003_000L, null, hit)).get();
        sendWhatIsNotWaitedFor(broker, "others", 1_700_000_003_000L, hit);
      }

      assertThat(start(AwaitMain.class, kafka, "--window=1s").exit(), is(OK));
      assertThat(
          start(AwaitMain.class, kafka, "--window=1s", "--streamTopic=others").exit(), is(OK));

      monitor.process().destroy();
      assertThat(monitor.exit(), is(OK));
    }
  }

  /** A stream whose last records are one ahead of the clock and one that was never committed. */
  private static void sendWhatIsNotWaitedFor(
      EmbeddedBroker broker, String topic, long timestamp, byte[] hit) throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      NewTopics.awaitLeaders(admin, topic, 1);
    }
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("transactional.id", topic);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      long ahead = System.currentTimeMillis() + TimeUnit.MINUTES.toMillis(50);
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, timestamp, null, hit)).get();
      for (int i = 0; i < 3000; i++) {
        var unused = producer.send(new ProducerRecord<>(topic, 0, ahead, null, hit));
      }
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, timestamp + 60_000, null, hit)).get();
      producer.abortTransaction();
    }
  }

  private Running start(Class<?> program, String... arguments) throws IOException {
    String name = program.getSimpleName() + "-" + started.size();
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    List<String> command = JavaCommand.here(program.getName(), arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    started.add(process);
    return new Running(process, out, err);
  }
}
