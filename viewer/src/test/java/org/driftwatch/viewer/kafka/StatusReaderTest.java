package org.driftwatch.viewer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.kafka.KafkaAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class StatusReaderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant TIME = Instant.parse("2026-11-20T20:36:46Z");
  private static final byte[] KEY = StatusMessage.KEY.getBytes(UTF_8);

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;
  private static Admin admin;
  private static KafkaProducer<byte[], byte[]> producer;

  private final Queue<StatusMessage> told = new ConcurrentLinkedQueue<>();
  private String topic;
  private StatusReader reader;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    Map<String, Object> servers = Map.of("bootstrap.servers", broker.bootstrapServers());
    admin = Admin.create(servers);
    producer = new KafkaProducer<>(servers, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() {
    producer.close();
    admin.close();
    broker.close();
  }

  @BeforeEach
  void read(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
    reader =
        new StatusReader(
            new KafkaSettings(KafkaAccess.at(broker.bootstrapServers()), topic), told::add);
  }

  @AfterEach
  void close() {
    reader.close();
  }

  private void create() throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
  }

  private void publish(byte[] key, byte[] value) throws ExecutionException, InterruptedException {
    producer.send(new ProducerRecord<>(topic, key, value)).get();
  }

  private static StatusMessage status(int second) {
    Counts counts = new Counts(second, 0, 0, 0, 0, 0);
    return new StatusMessage(
        TIME.plusSeconds(second), TIME, counts, counts, 1, 0, OptionalInt.empty(), 0);
  }

  private void awaitStatus(StatusMessage status) {
    await().atMost(PATIENCE).until(() -> told.contains(status));
  }

  @Test
  void theNewestIsToldAndThenEachThatComes() throws Exception {
    create();
    publish(KEY, status(1).write());
    publish(KEY, status(2).write());
    reader.start();
    awaitStatus(status(2));
    publish(KEY, status(3).write());
    awaitStatus(status(3));
  }

  @Test
  void whatOthersWriteIntoTheTopicIsPassedOver() throws Exception {
    create();
    publish(KEY, status(1).write());
    publish(KEY, "{\"version\": 99}".getBytes(UTF_8));
    publish(KEY, null);
    publish("other".getBytes(UTF_8), status(9).write());
    publish(null, status(9).write());
    reader.start();
    awaitStatus(status(1));
    publish(KEY, status(2).write());
    awaitStatus(status(2));
    assertThat(told, not(hasItem(status(9))));
  }

  @Test
  void aTopicThatComesLaterOrIsMadeAnewIsFound() throws Exception {
    reader.start();
    create();
    publish(KEY, status(1).write());
    awaitStatus(status(1));
    admin.deleteTopics(List.of(topic)).all().get();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              create();
              return true;
            });
    // As the monitor does; the first may stand where the old topic was read up to.
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              publish(KEY, status(2).write());
              return told.contains(status(2));
            });
  }
}
