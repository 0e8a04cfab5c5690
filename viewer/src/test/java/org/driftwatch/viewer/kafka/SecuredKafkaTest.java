package org.driftwatch.viewer.kafka;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.acl.AclOperation;
import org.driftwatch.emulator.SecuredBroker;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Connection.State;
import org.driftwatch.viewer.model.EventLog;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The viewer at a broker with TLS, passwords and access lists. */
class SecuredKafkaTest {
  @TempDir private static Path folder;
  private static SecuredBroker broker;

  private final AtomicReference<Snapshot> screen = new AtomicReference<>();
  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private ResultsReader reader;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SecuredBroker.start(folder, "viewer", "stranger");
    publishForTheViewer(broker);
  }

  private static void publishForTheViewer(SecuredBroker broker) throws Exception {
    broker.grant("viewer", "results", AclOperation.READ);
    try (ResultsTopic topic =
        new ResultsTopic(new HashMap<>(broker.client(SecuredBroker.ADMIN)), "results")) {
      topic.create(1);
      topic.publish(Summaries.window(0, 0, new Random(1)));
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void stop() {
    reader.close();
    assertThat("it has gone on to the end", failure.isDone(), is(false));
  }

  private void read(Path config) throws Exception {
    KafkaSettings settings = KafkaSettings.of(Optional.empty(), "results", Optional.of(config));
    assertThat(settings.toString(), not(containsString(SecuredBroker.SECRET)));
    SnapshotFeed feed =
        new SnapshotFeed(ResultsReader.initial(settings), Clocks.system(), screen::set);
    reader = new ResultsReader(settings, Optional.empty(), feed, failure::complete);
    reader.start();
  }

  private Connection awaitState(State state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> screen.get() != null && screen.get().connection().state() == state);
    return screen.get().connection();
  }

  private void awaitRefusal(String... words) {
    awaitRefusal(broker, words);
  }

  private void awaitRefusal(SecuredBroker broker, String... words) {
    String detail = awaitState(State.REFUSED).detail();
    for (String word : words) {
      assertThat(detail, containsString(word));
    }
    assertThat(
        detail,
        allOf(
            containsString("Kafka at " + broker.bootstrapServers()),
            containsString("; trying again"),
            not(containsString(SecuredBroker.SECRET)),
            not(containsString("\n"))));
  }

  private void awaitLive() {
    awaitState(State.LIVE);
    assertThat(screen.get().series().size(), is(1));
  }

  @Test
  void withTheRightPropertiesTheTopicIsRead() throws Exception {
    read(broker.file("viewer"));
    awaitLive();
  }

  @Test
  void aWrongPasswordIsShownUntilTheFileHasTheRightOne() throws Exception {
    Path config = broker.wrongPassword("viewer");
    read(config);
    awaitRefusal("refuses user or password", "check sasl.jaas.config in " + config);
    Files.move(broker.file("viewer"), config, StandardCopyOption.REPLACE_EXISTING);
    awaitLive();
  }

  @Test
  void aMissingCertificateOfItsOwnIsShownUntilTheFileNamesIt() throws Exception {
    Path ownFolder = Files.createDirectory(folder.resolve("certificates"));
    try (SecuredBroker certificates = SecuredBroker.startWithCertificates(ownFolder, "viewer")) {
      publishForTheViewer(certificates);
      Path config = certificates.withoutCertificate("viewer");
      read(config);
      awaitRefusal(certificates, "refuses this client's TLS", "ssl.keystore.location");
      Files.move(certificates.file("viewer"), config, StandardCopyOption.REPLACE_EXISTING);
      awaitLive();
      reader.close();
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsShown() throws Exception {
    read(broker.withoutTrust("viewer"));
    awaitRefusal("has a certificate that is not trusted", "ssl.truststore.location");
  }

  @Test
  void aMissingRightIsShownUntilItIsGrantedAndAgainWhenItIsTakenAway() throws Exception {
    read(broker.file("stranger"));
    awaitRefusal("right to topic results");
    broker.grant("stranger", "results", AclOperation.DESCRIBE);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> screen.get().connection().detail().contains("it lacks READ"));
    broker.grant("stranger", "results", AclOperation.READ);
    awaitLive();
    broker.revoke("stranger", "results");
    awaitRefusal("right to topic results");
    assertThat("what it held is still shown", screen.get().series().size(), is(1));
  }

  @Test
  void aMissingRightToEventsIsSaidAndTheResultsAreReadAllTheSame() throws Exception {
    Path config = broker.file("viewer");
    read(config);
    AtomicReference<EventLog> told = new AtomicReference<>(EventLog.none(""));
    KafkaSettings settings = KafkaSettings.of(Optional.empty(), "events", Optional.of(config));
    try (EventsReader events = new EventsReader(settings, Summaries.COURSE, told::set)) {
      events.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> told.get().trouble().startsWith("Topic events cannot be read: "));
      assertThat(told.get().trouble(), containsString("right to topic events"));
      awaitLive();
    }
  }
}
