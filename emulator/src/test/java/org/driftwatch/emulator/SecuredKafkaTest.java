package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulator's programs at a broker with TLS, passwords and access lists. */
class SecuredKafkaTest {
  @TempDir private static Path folder;
  private static SecuredBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SecuredBroker.start(folder, "daq", "stranger");
    try (Admin admin = broker.admin()) {
      admin.createTopics(List.of(new NewTopic("stream", 1, (short) 1))).all().get();
    }
    broker.grant("daq", "stream", AclOperation.WRITE, AclOperation.READ);
    broker.grant("daq", "made", AclOperation.WRITE, AclOperation.CREATE);
    broker.grant("daq", "read-only", AclOperation.DESCRIBE, AclOperation.READ);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static Program emulator(Path config, String... further) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--limit", "50", "--rate", "0"));
    arguments.addAll(List.of(further));
    return program(EmulatorMain.class, config, arguments);
  }

  private static Program record(Path config, Path file) throws Exception {
    List<String> arguments = List.of("--from-beginning", "--to-end", file.toString());
    return program(RecordMain.class, config, arguments);
  }

  private static Program program(Class<?> main, Path config, List<String> further)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--kafka-config", config.toString()));
    arguments.addAll(further);
    return Program.start(folder, main, arguments.toArray(String[]::new));
  }

  private static void refused(Program program, String name, String... words) throws Exception {
    try (program) {
      assertThat(program.awaitStatus(), is(1));
      String said = program.err().strip();
      assertThat(said, startsWith(name + ": "));
      for (String word : words) {
        assertThat(said, containsString(word));
      }
      assertThat(said.lines().count(), is(1L));
      assertThat(said + program.out(), not(containsString(SecuredBroker.SECRET)));
    }
  }

  @Test
  void whatIsSentWithTheRightPropertiesArrivesAndIsRecorded() throws Exception {
    try (Program emulator = emulator(broker.file("daq"))) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(
          emulator.out(), allOf(containsString("sent 50"), containsString("acknowledged 50")));
      assertThat(emulator.err() + emulator.out(), not(containsString(SecuredBroker.SECRET)));
    }
    Path recording = folder.resolve("run.rec");
    try (Program record = record(broker.file("daq"), recording)) {
      assertThat(record.err(), record.awaitStatus(), is(0));
      assertThat(record.out(), containsString("50 records in"));
    }
  }

  @Test
  void aMissingTopicIsMadeWhereThatIsGranted() throws Exception {
    try (Program emulator = emulator(broker.file("daq"), "--topic", "made")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    refused(
        emulator(broker.file("daq"), "--topic", "unheard-of"),
        "emulator",
        "unheard-of",
        "does not give its user the right",
        "docs/security.md");
  }

  @Test
  void aWrongPasswordIsOneLineThatSaysSo() throws Exception {
    String where = "Kafka at " + broker.bootstrapServers() + " refuses user or password";
    refused(
        emulator(broker.wrongPassword("daq")),
        "emulator",
        where,
        "check sasl.jaas.config in " + folder);
    refused(record(broker.wrongPassword("daq"), folder.resolve("none.rec")), "record", where);
  }

  @Test
  void aCertificateThatIsNotTrustedIsOneLineThatSaysSo() throws Exception {
    refused(
        emulator(broker.withoutTrust("daq")),
        "emulator",
        "has a certificate that is not trusted",
        "ssl.truststore.location in " + folder);
  }

  @Test
  void aMissingRightIsOneLineThatNamesItAndTheTopic() throws Exception {
    try (Admin admin = broker.admin()) {
      admin.createTopics(List.of(new NewTopic("read-only", 1, (short) 1))).all().get();
    }
    refused(
        emulator(broker.file("daq"), "--topic", "read-only"),
        "emulator",
        "right to topic read-only (it lacks WRITE)");
    refused(emulator(broker.file("stranger")), "emulator", "right to topic stream");
  }

  @Test
  void aClientWithoutTlsIsToldToTryIt() throws Exception {
    refused(
        Program.start(
            folder, EmulatorMain.class, "--kafka", broker.bootstrapServers(), "--limit", "1"),
        "emulator",
        "does it want TLS (--kafka-config)?");
  }

  @Test
  void aFileThatIsNoneIsOneLine() throws Exception {
    Path noProperties = Files.writeString(folder.resolve("ca"), "-----BEGIN CERTIFICATE-----\nx\n");
    refused(emulator(noProperties), "emulator", "no property in line 1", "name=value");
    refused(emulator(folder), "emulator", "is a folder");
    Path keys =
        Files.writeString(
            folder.resolve("keys.properties"),
            "security.protocol=SSL\nssl.truststore.location=/none.p12\nbootstrap.servers=127.0.0.1:1\n");
    refused(
        emulator(keys), "emulator", "keys.properties cannot be used", "/none.p12 does not exist");
  }
}
