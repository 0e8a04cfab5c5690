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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;

  private final Queue<StatusMessage> told = new ConcurrentLinkedQueue<>();
  private ResultsTopic topic;
  private StatusReader reader;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameTheTopic(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    topic = new ResultsTopic(broker.bootstrapServers(), name);
    reader =
        new StatusReader(
            new KafkaSettings(KafkaAccess.at(broker.bootstrapServers()), name), told::add);
  }

  @AfterEach
  void stop() {
    reader.close();
    topic.close();
  }

  private void publish(StatusMessage status) {
    topic.send(StatusMessage.KEY, new String(status.write(), UTF_8));
  }

  private static StatusMessage status(int second) {
    Counts counts = new Counts(second, 0, 0, 0, 0, 0);
    return new StatusMessage(
        TIME.plusSeconds(second),
        TIME,
        counts,
        counts,
        1,
        0,
        OptionalInt.empty(),
        0,
        Optional.empty());
  }

  private void awaitStatus(StatusMessage status) {
    await().atMost(PATIENCE).until(() -> told.contains(status));
  }

  @Test
  void theNewestIsToldAndThenEachThatComes() {
    topic.create(1);
    publish(status(1));
    publish(status(2));
    reader.start();
    awaitStatus(status(2));
    publish(status(3));
    awaitStatus(status(3));
  }

  @Test
  void whatOthersWriteIntoTheTopicIsPassedOver() {
    topic.create(1);
    publish(status(1));
    topic.send(StatusMessage.KEY, "{\"version\": 99}");
    topic.send(StatusMessage.KEY, null);
    topic.send("other", new String(status(9).write(), UTF_8));
    reader.start();
    awaitStatus(status(1));
    publish(status(2));
    awaitStatus(status(2));
    assertThat(told, not(hasItem(status(9))));
  }

  @Test
  void aTopicThatComesLaterOrIsMadeAnewIsFound() {
    reader.start();
    topic.create(1);
    publish(status(1));
    awaitStatus(status(1));
    topic.delete();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              topic.create(1);
              return true;
            });
    // As the monitor does; the first may stand where the old topic was read up to.
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              publish(status(2));
              return told.contains(status(2));
            });
  }
}
