package org.driftwatch.viewer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.emulator.HostileProperties;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection.State;
import org.driftwatch.viewer.model.HistoryLimits;
import org.driftwatch.viewer.model.MalformedMessage;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.text.TextOutput;
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
    read(access, HistoryLimits.standard());
  }

  private void read(KafkaAccess access, HistoryLimits limits) {
    KafkaSettings settings = new KafkaSettings(access, name);
    SnapshotFeed feed =
        new SnapshotFeed(
            ResultsReader.initial(settings),
            limits,
            Clocks.system(),
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
  void ofALongHistoryTheNewestWindowsAreShownFirst() {
    topic.create(2);
    int windows = 2_500;
    topic.publish(
        IntStream.range(0, windows - 1).mapToObj(n -> Summaries.window(n, 0, random)).toList());
    topic.send("key", "nonsense");
    WindowSummary newest = Summaries.window(windows - 1, 0, random);
    topic.publish(newest);
    read();
    awaitState(State.LIVE);
    assertThat(firstWithData.get().newest(), is(Optional.of(newest)));
    assertThat(firstWithData.get().connection().state(), is(State.READING_HISTORY));
    assertThat(
        firstWithData.get().series().size(), is(both(greaterThan(1_950)).and(lessThan(2_050))));
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
  void whatNobodyForesawEndsItInOneLineThatSaysWhere() throws Exception {
    topic.create(1);
    topic.publish(Summaries.window(0, 0, random));
    KafkaSettings settings = new KafkaSettings(KafkaAccess.at(broker.bootstrapServers()), name);
    SnapshotFeed feed =
        new SnapshotFeed(
            ResultsReader.initial(settings),
            Clocks.system(),
            snapshot -> {
              screen.set(snapshot);
              if (!snapshot.series().isEmpty() && snapshot.connection().state() != State.FAILED) {
                throw new AssertionError("nobody foresaw this");
              }
            });
    reader = new ResultsReader(settings, Optional.empty(), feed, failure::complete);
    reader.start();
    String line = failure.get(30, TimeUnit.SECONDS);
    assertThat(line, startsWith("viewer failed: the reader of topic " + name + " ended by "));
    assertThat(line, containsString("nobody foresaw this at " + getClass().getName()));
    assertThat(line.lines().count(), is(1L));
    awaitState(State.FAILED);
  }

  @Test
  void aRefinementOfWindowsJoinedLongAgoIsExactBecauseThePastIsReadAgain() {
    topic.create(2);
    int windows = 200;
    long hits = 0;
    for (int n = 0; n < windows; n++) {
      WindowSummary window = Summaries.window(n, 0, random);
      topic.publish(window);
      hits += n == 0 || n == 3 ? 0 : window.hits();
    }
    topic.send("key", "nonsense");
    read(
        KafkaAccess.at(broker.bootstrapServers()),
        new HistoryLimits(Duration.ofMinutes(2), Duration.ofMinutes(10), Long.MAX_VALUE));
    awaitState(State.LIVE);
    assertThat(screen.get().series().size(), is(lessThan(60)));
    WindowSummary refined = Summaries.window(0, 1, random);
    topic.publish(refined);
    topic.send(SummaryJson.key(Summaries.start(3)), null);
    long expected = hits + refined.hits();
    awaitScreen(
        s ->
            s.connection().state() == State.LIVE
                && s.series().windows(0, s.series().size()) == windows - 1
                && s.sum().orElseThrow().hits() == expected);
    assertThat(screen.get().series().lateRefinements(), is(1L));
    assertThat("told once", screen.get().malformedMessages(), is(1L));
  }

  @Test
  void inOrderItTellsTheTopicAsItWasPublished() {
    topic.create(1);
    int windows = 2_500;
    topic.publish(
        IntStream.range(0, windows)
            .mapToObj(n -> Summaries.window(n % 1_400, n / 1_400, random))
            .toList());
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    ByteArrayOutputStream notices = new ByteArrayOutputStream();
    TextOutput output =
        new TextOutput(
            DetectorDescription.course(),
            new PrintStream(lines, false, UTF_8),
            new PrintStream(notices, true, UTF_8),
            () -> {});
    reader =
        ResultsReader.inOrder(
            new KafkaSettings(KafkaAccess.at(broker.bootstrapServers()), name),
            Optional.empty(),
            output,
            failure::complete);
    reader.start();
    await().atMost(PATIENCE).until(() -> notices.toString(UTF_8).contains("Live: "));
    List<String> starts = lines.toString(UTF_8).lines().filter(line -> line.contains(":")).toList();
    assertThat(starts.size(), is(windows));
    assertThat(starts.get(1_399).substring(0, 19), not(starts.get(0).substring(0, 19)));
    assertThat(starts.get(1_400).substring(0, 19), is(starts.get(0).substring(0, 19)));
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
