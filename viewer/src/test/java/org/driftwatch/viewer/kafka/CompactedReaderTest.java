package org.driftwatch.viewer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.quality.alarm.AlarmCommand;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.AlarmsOfTests;
import org.driftwatch.viewer.model.Clocks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class CompactedReaderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant TIME = Instant.parse("2026-11-20T20:36:46Z");

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;

  private final Queue<StatusMessage> told = new ConcurrentLinkedQueue<>();
  private ResultsTopic topic;
  private CompactedReader<StatusMessage> reader;
  private CompactedReader<AlarmMessage> alarms;

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
        CompactedReader.status(
            settings(name), Clocks.system(), now -> now.messages().values().forEach(told::add));
  }

  @AfterEach
  void stop() {
    reader.close();
    if (alarms != null) {
      alarms.close();
    }
    topic.close();
  }

  private static KafkaSettings settings(String name) {
    return new KafkaSettings(KafkaAccess.at(broker.bootstrapServers()), name);
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

  private static void publish(ResultsTopic topic, AlarmMessage alarm) {
    topic.send(alarm.key(), new String(alarm.write(), UTF_8));
  }

  @Test
  void alarmsAreReadFromTheBeginningAndTheLastMessageOfAKeyHolds() {
    topic.create(2);
    AlarmMessage first = AlarmsOfTests.dead(0, TIME);
    AlarmMessage second = AlarmsOfTests.dead(1, TIME);
    publish(topic, first);
    publish(topic, second);
    topic.send("broken", "{\"version\": 99}");
    AlarmMessage over = AlarmsOfTests.over(first, TIME.plusSeconds(60));
    publish(topic, over);
    List<Map<String, AlarmMessage>> heard = new CopyOnWriteArrayList<>();
    alarms =
        CompactedReader.alarms(
                settings(topic.name()), Clocks.system(), now -> heard.add(now.messages()))
            .start();
    await().atMost(PATIENCE).until(() -> !heard.isEmpty());
    assertThat(
        "nothing is told before all is read",
        heard.get(0),
        is(Map.of(over.key(), over, second.key(), second)));
    topic.send(second.key(), null);
    await()
        .atMost(PATIENCE)
        .until(() -> heard.get(heard.size() - 1).equals(Map.of(over.key(), over)));
  }

  @Test
  void aTopicMadeAnewSaysNothingOfWhatItSaidBefore() {
    topic.create(1);
    publish(topic, AlarmsOfTests.dead(0, TIME));
    List<Map<String, AlarmMessage>> heard = new CopyOnWriteArrayList<>();
    alarms =
        CompactedReader.alarms(
                settings(topic.name()), Clocks.system(), now -> heard.add(now.messages()))
            .start();
    await().atMost(PATIENCE).until(() -> !heard.isEmpty());
    topic.delete();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              topic.create(1);
              return true;
            });
    AlarmMessage young = AlarmsOfTests.dead(3, TIME);
    AlarmMessage younger = AlarmsOfTests.dead(2, TIME);
    // As long as the old one: its end is where reading stood.
    publish(topic, young);
    publish(topic, younger);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                heard
                    .get(heard.size() - 1)
                    .equals(Map.of(young.key(), young, younger.key(), younger)));
  }

  @Test
  void commandsAreSentUnderTheKeyOfTheirAlarmAndAFailureIsSaid() throws Exception {
    topic.create(1);
    AlarmCommand command = AlarmCommand.acknowledge("chamber-0/hits/x", "kim", "HV trip");
    Queue<String> failed = new ConcurrentLinkedQueue<>();
    try (AlarmCommands commands =
            new AlarmCommands(settings(topic.name()), (asked, why) -> failed.add(why));
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(settings(topic.name()).consumer())) {
      commands.send(command);
      TopicPartition only = new TopicPartition(topic.name(), 0);
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      List<AlarmCommand> read = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> message :
                    consumer.poll(Duration.ofMillis(50))) {
                  assertThat(new String(message.key(), UTF_8), is(command.alarm()));
                  read.add(AlarmCommand.read(message.value()));
                }
                return read.equals(List.of(command));
              });
      assertThat(failed.isEmpty(), is(true));
    }
    try (AlarmCommands nowhere =
        new AlarmCommands(settings("nowhere"), (asked, why) -> failed.add(why))) {
      nowhere.send(command);
      await().atMost(PATIENCE).until(() -> !failed.isEmpty());
      assertThat(failed.peek(), containsString("nowhere"));
    }
  }
}
