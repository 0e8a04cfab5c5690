package org.driftwatch.emulator;

import static org.driftwatch.emulator.SecuredPrograms.refused;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

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

/** The emulator's programs at a broker that knows its users by their certificates. */
class MutualTlsTest {
  @TempDir private static Path folder;
  private static SecuredBroker broker;
  private static SecuredPrograms programs;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SecuredBroker.startWithCertificates(folder, "daq", "stranger");
    programs = new SecuredPrograms(folder);
    try (Admin admin = broker.admin()) {
      admin.createTopics(List.of(new NewTopic("stream", 1, (short) 1))).all().get();
    }
    broker.grant("daq", "stream", AclOperation.WRITE, AclOperation.READ);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void whatIsSentWithTheUsersCertificateArrivesAndIsRecorded() throws Exception {
    try (Program emulator = programs.emulator(broker.file("daq"))) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(emulator.out(), containsString("acknowledged 50"));
    }
    try (Program record = programs.record(broker.file("daq"), folder.resolve("run.rec"))) {
      assertThat(record.err(), record.awaitStatus(), is(0));
      assertThat(record.out(), containsString("50 records in"));
    }
  }

  @Test
  void withoutACertificateOneLineSaysThatTheBrokerWantsOne() throws Exception {
    Path config = broker.withoutCertificate("daq");
    refused(
        programs.emulator(config),
        "emulator",
        "Kafka at " + broker.bootstrapServers() + " refuses this client's TLS",
        "ssl.keystore.location, the client's own certificate, in " + config);
    refused(programs.record(config, folder.resolve("none.rec")), "record", "refuses this client's");
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefusedInOneLine() throws Exception {
    refused(
        programs.emulator(broker.foreignCertificate("daq")),
        "emulator",
        "refuses this client's TLS");
  }

  @Test
  void aCertificateWithoutRightsIsOneLineThatNamesTheTopic() throws Exception {
    refused(programs.emulator(broker.file("stranger")), "emulator", "right to topic stream");
  }

  @Test
  void aKeyStoreThatCannotBeOpenedIsOneLineThatNamesIt() throws Exception {
    Path config = broker.file("daq");
    Path wrong =
        Files.writeString(
            folder.resolve("wrong-key-store-password.properties"),
            Files.readString(config) + "ssl.keystore.password=not-this\n");
    refused(programs.emulator(wrong), "emulator", wrong + " cannot be used", "keystore");
  }
}
