package org.driftwatch.viewer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.SimulatedEvents;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.EventLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class EventsReaderTest {
  private static final DetectorDescription COURSE = Summaries.COURSE;

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;

  private final Random random = new Random(7);
  private final AtomicReference<EventLog> told = new AtomicReference<>(EventLog.none("untold"));
  private ResultsTopic topic;
  private EventsReader reader;

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
        new EventsReader(
            new KafkaSettings(KafkaAccess.at(broker.bootstrapServers()), name), COURSE, told::set);
  }

  @AfterEach
  void stop() {
    reader.close();
    topic.close();
  }

  private void publish(MuonEvents window) {
    topic.send(SummaryJson.key(window.window().start()), new String(window.write(), UTF_8));
  }

  private void publish(int n, int revision, int events) {
    publish(SimulatedEvents.window(COURSE, n, revision, events, random));
  }

  private EventLog until(Predicate<EventLog> what) {
    await().atMost(Duration.ofSeconds(30)).until(() -> what.test(told.get()));
    return told.get();
  }

  private static List<Long> orbits(EventLog log) {
    return log.entries().stream().map(entry -> entry.event().orbit()).toList();
  }

  @Test
  void whatIsThereIsToldAndThenEachWindowThatComesOrIsRefined() {
    topic.create(1);
    publish(1, 0, 2);
    reader.start();
    reader.start();
    assertThat(orbits(until(log -> !log.entries().isEmpty())), is(List.of(100L, 101L)));
    publish(2, 0, 1);
    publish(1, 1, 1);
    assertThat(until(log -> orbits(log).equals(List.of(200L, 100L))).trouble(), is(""));
  }

  @Test
  void aTopicThatIsMissingThenEmptyThenWithoutMuonsSaysSo() {
    reader.start();
    assertThat(
        until(log -> log.trouble().startsWith("There is no topic")).trouble(),
        containsString("--tracks=false"));
    topic.create(1);
    until(
        log ->
            log.trouble()
                .endsWith(
                    "is empty: no window has been published within the hour" + " that it keeps."));
    publish(1, 0, 0);
    until(log -> log.trouble().startsWith("No orbit of the newest windows has a segment"));
    publish(2, 0, 1);
    until(log -> log.trouble().isEmpty() && orbits(log).equals(List.of(200L)));
  }

  @Test
  void damagedMessagesAreCountedWithTheirPlaceAndTheRestIsTold() {
    topic.create(1);
    publish(1, 0, 1);
    topic.send("damaged", "{\"version\": 1, \"events\": [");
    topic.send("nothing", null);
    reader.start();
    EventLog log = until(now -> !now.entries().isEmpty());
    assertThat(orbits(log), is(List.of(100L)));
    assertThat(
        log.trouble(),
        allOf(
            startsWith("2 messages are not shown; topic "),
            containsString("partition 0 offset 2: no value")));
  }

  @Test
  void anotherDetectorsEventsAreNotShownAndItSaysWhatToDo() {
    topic.create(1);
    publish(SimulatedEvents.window(Detectors.of("wide", 9, 4, 40), 1, 0, 1, random));
    reader.start();
    assertThat(
        until(log -> log.trouble().startsWith("One message")).trouble(),
        containsString("start the viewer with the pipeline's --detector"));
  }

  @Test
  void aTopicMadeAnewSaysNothingOfWhatItSaidBefore() {
    topic.create(1);
    publish(1, 0, 3);
    reader.start();
    until(log -> log.entries().size() == 3);
    topic.delete();
    until(log -> log.entries().isEmpty());
  }
}
