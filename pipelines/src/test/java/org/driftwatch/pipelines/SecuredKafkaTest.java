package org.driftwatch.pipelines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.emulator.SecuredBroker;
import org.driftwatch.pipelines.testing.MonitorProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor at a broker with TLS, passwords and access lists. */
class SecuredKafkaTest {
  private static final long START = 1_700_000_000_000L;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private static Path folder;
  private static SecuredBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SecuredBroker.start(folder, "monitor", "blind", "mute");
    makeTopics(broker);
    for (String user : List.of("monitor", "mute")) {
      grantAllButResults(broker, user);
    }
    broker.grant("monitor", "results", AclOperation.WRITE);
  }

  private static void makeTopics(SecuredBroker broker) throws Exception {
    try (Admin admin = broker.admin()) {
      List<NewTopic> topics = new ArrayList<>();
      for (String topic : List.of("stream", "results", "stream-rejected")) {
        topics.add(new NewTopic(topic, 1, (short) 1));
      }
      admin.createTopics(topics).all().get();
    }
  }

  private static void grantAllButResults(SecuredBroker broker, String user) throws Exception {
    broker.grant(user, "stream", AclOperation.READ);
    broker.grant(user, "results", AclOperation.READ);
    broker.grant(user, "stream-rejected", AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static MonitorOptions options(Path config) {
    return Program.options(
        new String[] {"--kafkaConfig=" + config, "--window=1s"}, MonitorOptions.class);
  }

  private static String refusal(Path config) {
    return refusal(broker, config);
  }

  private static String refusal(SecuredBroker broker, Path config) {
    FailureException e = assertThrows(FailureException.class, () -> Plan.of(options(config)));
    assertThat(e.getMessage(), startsWith("Kafka at " + broker.bootstrapServers() + " "));
    assertThat(e.getMessage(), not(containsString("\n")));
    assertThat(e.getMessage(), not(containsString(SecuredBroker.SECRET)));
    return e.getMessage();
  }

  @Test
  void withTheRightPropertiesResultsAndRejectedArePublishedAndNoSecretIsTold() throws Exception {
    try (MonitorProgram monitor =
        MonitorProgram.start(folder, "--kafkaConfig=" + broker.file("monitor"), "--window=1s")) {
      monitor.awaitLog("Monitoring stream at " + broker.bootstrapServers());
      send("2,0,5,1,1,1", START);
      send("nonsense", START);
      send("2,0,5,1,1,1", START + 3_000);
      await()
          .atMost(PATIENCE)
          .failFast("the monitor has ended", () -> !monitor.isAlive())
          .until(() -> count("results") >= 1 && count("stream-rejected") == 1);
      assertThat(monitor.log(), not(containsString(SecuredBroker.SECRET)));
      assertThat(monitor.commandLine(), not(containsString(SecuredBroker.SECRET)));
    }
  }

  private static void send(String record, long timestamp) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            new HashMap<String, Object>(broker.client(SecuredBroker.ADMIN)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>("stream", 0, timestamp, null, record.getBytes(UTF_8)))
          .get();
    }
  }

  private static long count(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<String, Object>(broker.client(SecuredBroker.ADMIN)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return consumer.endOffsets(List.of(partition)).get(partition);
    }
  }

  @Test
  void nothingThatGoesToOtherMachinesOrOntoAWebPageHoldsASecret() throws Exception {
    Path config = broker.file("monitor");
    MonitorOptions options = options(config);
    Pipeline pipeline = Monitor.pipeline(options, Plan.of(options));
    List<String> looked = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            look(node);
            return CompositeBehavior.ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            look(node);
          }

          private void look(TransformHierarchy.Node node) {
            if (node.getTransform() == null) {
              return;
            }
            looked.add(node.getFullName());
            assertThat(
                DisplayData.from(node.getTransform()).toString(),
                not(containsString(SecuredBroker.SECRET)));
            Serializable sent = sent(node.getTransform());
            if (sent != null) {
              String bytes = new String(SerializableUtils.serializeToByteArray(sent), ISO_8859_1);
              assertThat(node.getFullName(), bytes, not(containsString(SecuredBroker.SECRET)));
            }
          }
        });
    assertThat(looked, hasItem("Monitor/Publish summaries/Add up and send"));
    assertThat(options.toString(), not(containsString(SecuredBroker.SECRET)));
    assertThat(
        new ObjectMapper().writeValueAsString(options), not(containsString(SecuredBroker.SECRET)));
  }

  /** What a runner serializes of a transform. */
  private static Serializable sent(PTransform<?, ?> transform) {
    if (transform instanceof ParDo.MultiOutput<?, ?> parDo) {
      return parDo.getFn();
    } else if (transform instanceof Read.Unbounded<?> read) {
      return read.getSource();
    }
    return null;
  }

  @Test
  void aUserMayLogInWithScram() throws Exception {
    MonitorOptions options = options(broker.scram("monitor"));
    // The broker takes a moment to know the user so.
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(e -> e.getMessage().contains("refuses user or password"))
        .until(() -> Plan.of(options) != null);
  }

  @Test
  void aUserMayShowACertificateInstead() throws Exception {
    Path ownFolder = Files.createDirectory(folder.resolve("certificates"));
    try (SecuredBroker certificates = SecuredBroker.startWithCertificates(ownFolder, "monitor")) {
      makeTopics(certificates);
      grantAllButResults(certificates, "monitor");
      certificates.grant("monitor", "results", AclOperation.WRITE);
      Plan.of(options(certificates.file("monitor")));
      for (Path refused :
          List.of(
              certificates.withoutCertificate("monitor"),
              certificates.foreignCertificate("monitor"))) {
        assertThat(refusal(certificates, refused), containsString("refuses this client's TLS"));
      }
    }
  }

  @Test
  void aWrongPasswordIsOneLineThatSaysSo() throws Exception {
    assertThat(
        refusal(broker.wrongPassword("monitor")), containsString("refuses user or password"));
  }

  @Test
  void aCertificateThatIsNotTrustedIsOneLineThatSaysSo() throws Exception {
    assertThat(
        refusal(broker.withoutTrust("monitor")),
        containsString("has a certificate that is not trusted"));
  }

  @Test
  void aMissingRightIsOneLineThatNamesItAndTheTopicBeforeAnythingIsRead() throws Exception {
    assertThat(refusal(broker.file("blind")), containsString("right to topic stream "));
    assertThat(
        refusal(broker.file("mute")), containsString("right to topic results (it lacks WRITE)"));
  }

  @Test
  void theProgramsEndWithOneLineAndStatusOne() throws Exception {
    for (Class<?> program : List.of(MonitorMain.class, AwaitMain.class)) {
      try (MonitorProgram refused =
          MonitorProgram.start(
              program, folder, "--kafkaConfig=" + broker.wrongPassword("monitor"))) {
        assertThat(refused.log(), refused.awaitStatus(), is(1));
        List<String> lines =
            Arrays.stream(refused.log().split("\n")).filter(l -> !isOfALog(l)).toList();
        assertThat(refused.log(), lines.size(), is(1));
        assertThat(lines.get(0), containsString("refuses user or password"));
        assertThat(refused.log(), not(containsString(SecuredBroker.SECRET)));
      }
    }
  }

  /** Lines of the libraries' logs begin with the time of day. */
  private static boolean isOfALog(String line) {
    return line.matches("\\d\\d:\\d\\d:\\d\\d .*");
  }

  @Test
  void aRightThatIsTakenAwayWhileItRunsEndsItWithOneLine() throws Exception {
    try (Admin admin = broker.admin()) {
      admin.createTopics(List.of(new NewTopic("short-lived", 1, (short) 1))).all().get();
    }
    broker.grant("monitor", "short-lived", AclOperation.READ);
    try (MonitorProgram monitor =
        MonitorProgram.start(
            folder,
            "--kafkaConfig=" + broker.file("monitor"),
            "--streamTopic=short-lived",
            "--window=1s")) {
      monitor.awaitLog("Monitoring short-lived");
      broker.revoke("monitor", "short-lived");
      assertThat(monitor.awaitStatus(), is(1));
      assertThat(monitor.log(), containsString("\nmonitor: Kafka at "));
      assertThat(monitor.log(), containsString("right to topic short-lived"));
    }
  }
}
