package org.driftwatch.viewer.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.driftwatch.kafka.KafkaAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("client.properties"), text);
  }

  @Test
  void withoutAnyWordTheLocalBrokerIsRead() throws IOException {
    KafkaSettings settings = KafkaSettings.of(Optional.empty(), "results", Optional.empty());
    assertThat(settings.bootstrap(), is("127.0.0.1:19092"));
  }

  @Test
  void theFilesServersHoldUnlessTheCommandLineNamesOthers() throws IOException {
    Path file = file("bootstrap.servers=a:1,b:2\n");
    assertThat(
        KafkaSettings.of(Optional.empty(), "results", Optional.of(file)).bootstrap(),
        is("a:1,b:2"));
    assertThat(
        KafkaSettings.of(Optional.of("c:3"), "results", Optional.of(file)).bootstrap(), is("c:3"));
  }

  @Test
  void theFilesPropertiesReachTheClientsButJoinItToNoGroup() throws IOException {
    Path file = file("sasl.mechanism=PLAIN\ngroup.id=mine\nenable.auto.commit=true\n");
    Map<String, Object> consumer =
        KafkaSettings.of(Optional.empty(), "results", Optional.of(file)).consumer();
    assertThat(consumer, hasEntry("sasl.mechanism", (Object) "PLAIN"));
    assertThat(consumer, not(hasKey("group.id")));
    assertThat(consumer, hasEntry("enable.auto.commit", (Object) false));
  }

  @Test
  void aMissingFileIsOneLineThatNamesIt() {
    Path missing = folder.resolve("none.properties");
    IOException e =
        assertThrows(
            IOException.class,
            () -> KafkaSettings.of(Optional.empty(), "results", Optional.of(missing)));
    assertThat(e.getMessage(), containsString(missing + " does not exist"));
  }

  @Test
  void aTopicNameThatKafkaRefusesIsRefusedAtOnce() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new KafkaSettings(KafkaAccess.at("h:1"), "a topic"));
    assertThat(e.getMessage(), containsString("topic 'a topic'"));
  }
}
