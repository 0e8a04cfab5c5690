package org.driftwatch.viewer.kafka;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.emulator.HostileProperties;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Connection.State;
import org.driftwatch.viewer.model.MalformedMessage;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class ResultsReaderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;

  private final Random random = new Random(6);
  private final AtomicReference<Snapshot> screen = new AtomicReference<>();
  private final AtomicReference<Snapshot> firstWithData = new AtomicReference<>();
  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private String name;
  private ResultsTopic topic;
  private ResultsReader reader;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start(folder.resolve("shared"), 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameTheTopic(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    topic = new ResultsTopic(broker.bootstrapServers(), name);
  }

  @AfterEach
  void stop() {
    if (reader != null) {
      reader.close();
    }
    topic.close();
  }

  private void read(KafkaAccess access) {
    KafkaSettings settings = new KafkaSettings(access, name);
    SnapshotFeed feed =
        new SnapshotFeed(
            ResultsReader.initial(settings),
            snapshot -> {
              if (!snapshot.series().isEmpty()) {
                firstWithData.compareAndSet(null, snapshot);
              }
              screen.set(snapshot);
            });
    reader = new ResultsReader(settings, Optional.empty(), feed, failure::complete);
    reader.start();
  }

  private void read() {
    read(KafkaAccess.at(broker.bootstrapServers()));
  }

  private void awaitScreen(Predicate<Snapshot> condition) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> screen.get() != null && condition.test(screen.get()));
  }

  private void awaitState(State state) {
    awaitScreen(snapshot -> snapshot.connection().state() == state);
  }

  private void awaitWindows(int windows) {
    awaitScreen(snapshot -> snapshot.series().size() == windows);
  }

  @Test
  void whatTheTopicHoldsIsReadFromTheBeginningAndThenGoesOn() {
    topic.create(1);
    for (int n = 0; n < 3; n++) {
      topic.publish(Summaries.window(n, 0, random));
    }
    read();
    awaitState(State.LIVE);
    assertThat(screen.get().series().size(), is(3));
    WindowSummary next = Summaries.window(3, 0, random);
    topic.publish(next);
    awaitWindows(4);
    assertThat(screen.get().newest(), is(Optional.of(next)));
  }

  @Test
  void propertiesThatWouldHideWindowsChangeNothing() throws Exception {
    topic.create(1);
    for (int n = 0; n < 3; n++) {
      topic.publish(Summaries.window(n, 0, random));
    }
    read(
        KafkaAccess.of(
            Optional.of(broker.bootstrapServers()), Optional.of(HostileProperties.write(folder))));
    awaitState(State.LIVE);
    assertThat(screen.get().series().size(), is(3));
  }

  @Test
  void ofALongHistoryTheNewestWindowsAreShownBeforeItIsRead() {
    topic.create(1);
    int windows = 400;
    for (int n = 0; n < windows - 1; n++) {
      topic.publish(Summaries.window(n, 0, random));
    }
    topic.send("key", "nonsense");
    WindowSummary newest = Summaries.window(windows - 1, 0, random);
    topic.publish(newest);
    read();
    awaitState(State.LIVE);
    assertThat(firstWithData.get().newest(), is(Optional.of(newest)));
    assertThat(firstWithData.get().connection().state(), is(State.READING_HISTORY));
    assertThat(firstWithData.get().series().size(), is(29));
    assertThat(screen.get().series().size(), is(windows));
    assertThat("counted once", screen.get().malformedMessages(), is(1L));
  }

  @Test
  void allPartitionsAreReadAlsoThoseThatAreAddedLater() {
    topic.create(3);
    for (int n = 0; n < 9; n++) {
      topic.publish(Summaries.window(n, 0, random), n % 3);
    }
    read();
    awaitWindows(9);
    topic.grow(4);
    await().atMost(PATIENCE).untilAsserted(() -> topic.publish(Summaries.window(9, 0, random), 3));
    awaitWindows(10);
  }

  @Test
  void itWaitsForATopicThatIsNotThereYet() {
    read();
    awaitState(State.WAITING_FOR_TOPIC);
    assertThat(screen.get().connection().detail(), containsString("does not exist yet"));
    topic.create(1);
    topic.publish(Summaries.window(0, 0, random));
    awaitWindows(1);
    awaitState(State.LIVE);
  }

  @Test
  void anEmptyTopicIsLive() {
    topic.create(1);
    read();
    awaitState(State.LIVE);
    assertThat(screen.get().series().size(), is(0));
  }

  @Test
  void malformedMessagesAreCountedWithTheirPlaceAndReadingGoesOn() {
    topic.create(1);
    topic.publish(Summaries.window(0, 0, random));
    topic.send("key", "{\"version\":1}");
    topic.send(SummaryJson.key(Summaries.start(1)), "{\"version\":7}");
    WindowSummary last = Summaries.window(2, 0, random);
    topic.publish(last);
    read();
    awaitWindows(2);
    assertThat(screen.get().newest(), is(Optional.of(last)));
    assertThat(screen.get().malformedMessages(), is(2L));
    MalformedMessage malformed = screen.get().lastMalformed().orElseThrow();
    assertThat(malformed.line(), containsString("partition 0 offset 2: "));
    assertThat(malformed.reason(), containsString("version 7, expected 1"));
  }

  @Test
  void theLastMessageOfAKeyHoldsAndADeletedKeyIsGone() {
    topic.create(1);
    topic.publish(Summaries.window(0, 0, random));
    WindowSummary refined = Summaries.window(0, 1, random);
    topic.publish(refined);
    topic.publish(Summaries.window(1, 0, random));
    topic.send(SummaryJson.key(Summaries.start(1)), null);
    read();
    awaitState(State.LIVE);
    assertThat(screen.get().series().size(), is(1));
    assertThat(screen.get().sum().orElseThrow().hits(), is(refined.hits()));
  }

  @Test
  void aTopicDeletedAndMadeAnewIsReadFromItsNewBeginning() {
    topic.create(1);
    for (int n = 0; n < 5; n++) {
      topic.publish(Summaries.window(n, 0, random));
    }
    read();
    awaitWindows(5);
    topic.delete();
    awaitState(State.TOPIC_GONE);
    assertThat("what it held is still shown", screen.get().series().size(), is(5));
    topic.create(1);
    WindowSummary only = Summaries.window(7, 0, random);
    topic.publish(only);
    awaitWindows(1);
    awaitState(State.LIVE);
    assertThat(screen.get().newest(), is(Optional.of(only)));
  }

  @Test
  void itWaitsForKafkaAndGoesOnWhenTheBrokerWentAndReturned() throws IOException {
    int port = freePort();
    String bootstrap = "127.0.0.1:" + port;
    read(KafkaAccess.at(bootstrap));
    awaitScreen(s -> s.connection().detail().contains("no answer"));
    assertThat(screen.get().connection().state(), is(State.WAITING_FOR_KAFKA));
    try (EmbeddedBroker own = EmbeddedBroker.start(folder.resolve("own"), port);
        ResultsTopic there = new ResultsTopic(own.bootstrapServers(), name)) {
      there.create(1);
      there.publish(Summaries.window(0, 0, random));
      awaitWindows(1);
    }
    awaitState(State.KAFKA_LOST);
    assertThat(screen.get().series().size(), is(1));
    try (EmbeddedBroker own = EmbeddedBroker.start(folder.resolve("own"), port);
        ResultsTopic there = new ResultsTopic(own.bootstrapServers(), name)) {
      there.publish(Summaries.window(1, 0, random));
      awaitWindows(2);
      awaitState(State.LIVE);
      reader.close();
    }
  }

  @Test
  void clientPropertiesThatCannotWorkEndItWithTheReason() throws Exception {
    Path file =
        Files.writeString(folder.resolve("client.properties"), "security.protocol=SMOKE_SIGNALS\n");
    read(KafkaAccess.of(Optional.of(broker.bootstrapServers()), Optional.of(file)));
    assertThat(failure.get(30, TimeUnit.SECONDS), containsString("SMOKE_SIGNALS"));
  }

  @Test
  void closingEndsItsThread() {
    topic.create(1);
    read();
    awaitState(State.LIVE);
    reader.close();
    assertThat(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("results-reader")),
        is(true));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
