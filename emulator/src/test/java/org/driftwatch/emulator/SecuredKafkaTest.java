package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
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
  private static SecuredPrograms programs;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SecuredBroker.start(folder, "daq", "stranger");
    programs = new SecuredPrograms(folder);
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

  @Test
  void whatIsSentWithTheRightPropertiesArrivesAndIsRecorded() throws Exception {
    try (Program emulator = programs.emulator(broker.file("daq"))) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(
          emulator.out(), allOf(containsString("sent 50"), containsString("acknowledged 50")));
      assertThat(emulator.err() + emulator.out(), not(containsString(SecuredBroker.SECRET)));
    }
    Path recording = folder.resolve("run.rec");
    try (Program record = programs.record(broker.file("daq"), recording)) {
      assertThat(record.err(), record.awaitStatus(), is(0));
      assertThat(record.out(), containsString("50 records in"));
    }
  }

  @Test
  void aMissingTopicIsMadeWhereThatIsGranted() throws Exception {
    try (Program emulator = programs.emulator(broker.file("daq"), "--topic", "made")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    SecuredPrograms.refused(
        programs.emulator(broker.file("daq"), "--topic", "unheard-of"),
        "emulator",
        "unheard-of",
        "does not give its user the right",
        "docs/security.md");
  }

  @Test
  void aWrongPasswordIsOneLineThatSaysSo() throws Exception {
    String where = "Kafka at " + broker.bootstrapServers() + " refuses user or password";
    SecuredPrograms.refused(
        programs.emulator(broker.wrongPassword("daq")),
        "emulator",
        where,
        "check sasl.jaas.config in " + folder);
    SecuredPrograms.refused(
        programs.record(broker.wrongPassword("daq"), folder.resolve("none.rec")), "record", where);
  }

  @Test
  void aCertificateThatIsNotTrustedIsOneLineThatSaysSo() throws Exception {
    SecuredPrograms.refused(
        programs.emulator(broker.withoutTrust("daq")),
        "emulator",
        "has a certificate that is not trusted",
        "ssl.truststore.location in " + folder);
  }

  @Test
  void aMissingRightIsOneLineThatNamesItAndTheTopic() throws Exception {
    try (Admin admin = broker.admin()) {
      admin.createTopics(List.of(new NewTopic("read-only", 1, (short) 1))).all().get();
    }
    SecuredPrograms.refused(
        programs.emulator(broker.file("daq"), "--topic", "read-only"),
        "emulator",
        "right to topic read-only (it lacks WRITE)");
    SecuredPrograms.refused(
        programs.emulator(broker.file("stranger")), "emulator", "right to topic stream");
  }

  @Test
  void aClientWithoutTlsIsToldToTryIt() throws Exception {
    SecuredPrograms.refused(
        Program.start(
            folder, EmulatorMain.class, "--kafka", broker.bootstrapServers(), "--limit", "1"),
        "emulator",
        "does it need TLS (--kafka-config)?");
  }

  @Test
  void aFileThatIsNoneIsOneLine() throws Exception {
    Path noProperties = Files.writeString(folder.resolve("ca"), "-----BEGIN CERTIFICATE-----\nx\n");
    SecuredPrograms.refused(
        programs.emulator(noProperties), "emulator", "no property in line 1", "name=value");
    SecuredPrograms.refused(programs.emulator(folder), "emulator", "is a folder");
    Path keys =
        Files.writeString(
            folder.resolve("keys.properties"),
            "security.protocol=SSL\nssl.truststore.location=/none.p12\nbootstrap.servers=127.0.0.1:1\n");
    SecuredPrograms.refused(
        programs.emulator(keys),
        "emulator",
        "keys.properties cannot be used",
        "/none.p12 does not exist");
  }
}
