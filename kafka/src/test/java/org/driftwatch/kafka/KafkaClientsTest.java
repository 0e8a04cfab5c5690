package org.driftwatch.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaClientsTest {
  @TempDir private Path folder;

  /** KafkaIO makes two consumers: one that reads, and one that looks how far the topic goes. */
  @ParameterizedTest
  @ValueSource(strings = {"read_committed", "read_uncommitted"})
  void kafkaIoReadsWhatIsCommittedAndSeesTheEndItAsksForWhateverTheFileSays(String isolation)
      throws Exception {
    Path file = folder.resolve("client.properties");
    Files.writeString(file, "isolation.level=" + isolation + "\nauto.offset.reset=earliest\n");
    KafkaClients clients = new KafkaClients(KafkaAccess.of(Optional.of("h:1"), Optional.of(file)));
    Map<String, Object> asked =
        Map.of("auto.offset.reset", "latest", "value.deserializer", StringDeserializer.class);
    assertThat(
        clients.consumerAsAsked(asked),
        allOf(
            hasEntry("isolation.level", (Object) "read_committed"),
            hasEntry("auto.offset.reset", (Object) "none"),
            hasEntry("value.deserializer", (Object) StringDeserializer.class)));
    Map<String, Object> askedForEnds =
        Map.of("isolation.level", "read_uncommitted", "group.id", "Reader_offset_consumer_1_none");
    assertThat(
        clients.consumerAsAsked(askedForEnds),
        allOf(hasEntry("isolation.level", (Object) "read_uncommitted"), not(hasKey("group.id"))));
  }
}
