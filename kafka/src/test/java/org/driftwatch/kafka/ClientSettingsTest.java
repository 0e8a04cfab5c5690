package org.driftwatch.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {
  @TempDir private Path folder;

  private final List<String> warnings = new ArrayList<>();

  private ClientSettings settings(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("client.properties"), text);
    return new ClientSettings(KafkaAccess.of(Optional.of("a:1"), Optional.of(file)), warnings::add);
  }

  @Test
  void withoutAFileAConsumerHasWhatIsFixedAndTheProgramsDefaults() throws IOException {
    ClientSettings settings = new ClientSettings(KafkaAccess.at("a:1"), warnings::add);
    assertThat(
        settings.consumer(Map.of("max.poll.records", 7)),
        is(
            Map.of(
                "bootstrap.servers",
                "a:1",
                "max.poll.records",
                7,
                "auto.offset.reset",
                "none",
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false,
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class)));
    assertThat(warnings, is(empty()));
  }

  @Test
  void withoutAFileAProducerHasWhatIsFixedAndTheProgramsDefaults() throws IOException {
    ClientSettings settings = new ClientSettings(KafkaAccess.at("a:1"), warnings::add);
    assertThat(
        settings.producer(Map.of("linger.ms", 7)),
        is(
            Map.of(
                "bootstrap.servers",
                "a:1",
                "linger.ms",
                7,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "retries",
                Integer.MAX_VALUE,
                "max.in.flight.requests.per.connection",
                5,
                "partitioner.ignore.keys",
                false,
                "key.serializer",
                ByteArraySerializer.class,
                "value.serializer",
                ByteArraySerializer.class)));
    assertThat(warnings, is(empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auto.offset.reset=latest",
        "auto.offset.reset=earliest",
        "isolation.level=read_uncommitted",
        "enable.auto.commit=true",
        "allow.auto.create.topics=true",
        "key.deserializer=none.such.Class",
        "value.deserializer=none.such.Class",
        "group.id=g",
        "group.instance.id=g-1",
        "group.protocol=consumer",
        "group.remote.assignor=uniform",
        "partition.assignment.strategy=none.such.Class",
        "interceptor.classes=none.such.Class",
      })
  void aConsumerIsAsWithoutTheFileAndOneLineSaysWhatIsIgnored(String line) throws IOException {
    assertThat(
        settings(line).consumer(Map.of()),
        is(new ClientSettings(KafkaAccess.at("a:1")).consumer(Map.of())));
    assertThat(warnings, hasSize(1));
    assertThat(
        warnings.get(0),
        startsWith(
            "Kafka client properties "
                + folder.resolve("client.properties")
                + ": "
                + line
                + " is ignored: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acks=0",
        "acks=1",
        "acks=nonsense",
        "enable.idempotence=false",
        "retries=0",
        "retries=10",
        "max.in.flight.requests.per.connection=6",
        "max.in.flight.requests.per.connection=0",
        "max.in.flight.requests.per.connection=",
        "partitioner.ignore.keys=true",
        "partitioner.class=none.such.Class",
        "transactional.id=x",
        "interceptor.classes=none.such.Class",
        "key.serializer=none.such.Class",
        "value.serializer=none.such.Class",
      })
  void aProducerIsAsWithoutTheFileAndOneLineSaysWhatIsIgnored(String line) throws IOException {
    assertThat(
        settings(line).producer(Map.of()),
        is(new ClientSettings(KafkaAccess.at("a:1")).producer(Map.of())));
    assertThat(warnings, hasSize(1));
    assertThat(
        warnings.get(0),
        startsWith(
            "Kafka client properties "
                + folder.resolve("client.properties")
                + ": "
                + line
                + " is ignored: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auto.offset.reset=none",
        "isolation.level=READ_COMMITTED",
        "enable.auto.commit=FALSE",
        "allow.auto.create.topics = false",
        "key.deserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer",
        "group.id=",
        "interceptor.classes=",
        "acks=all",
        "acks=-1",
        "enable.idempotence=True",
        "retries=2147483647",
        "max.in.flight.requests.per.connection=1",
        "max.in.flight.requests.per.connection=5",
        "partitioner.ignore.keys=false",
        "partitioner.class=",
        "value.serializer=org.apache.kafka.common.serialization.ByteArraySerializer",
      })
  void aFileThatSaysTheSameNeedsNoWordAndClientsTakeIt(String line) throws IOException {
    ClientSettings settings = settings(line);
    new KafkaConsumer<byte[], byte[]>(reachable(settings.consumer(Map.of()))).close();
    new KafkaProducer<byte[], byte[]>(reachable(settings.producer(Map.of()))).close();
    assertThat(warnings, is(empty()));
  }

  /** Clients are made only where a server's name resolves. */
  private static Map<String, Object> reachable(Map<String, Object> settings) {
    settings.put("bootstrap.servers", "127.0.0.1:1");
    return settings;
  }

  @Test
  void aFileMayAskForFewerRequestsAtATime() throws IOException {
    assertThat(
        settings("max.in.flight.requests.per.connection=2\n").producer(Map.of()),
        hasEntry("max.in.flight.requests.per.connection", (Object) "2"));
  }

  @Test
  void aProgramNamesItsTransactionsAndNoFileDoes() throws IOException {
    assertThat(
        settings("transactional.id=x\n").transactionalProducer(Map.of(), "mine"),
        hasEntry("transactional.id", (Object) "mine"));
    assertThat(warnings, hasSize(1));
  }

  @Test
  void whatOnlyTheOtherKindOfClientHasNeedsNoWord() throws IOException {
    settings("acks=0\nenable.idempotence=false\ntransactional.id=x\n").consumer(Map.of());
    settings("auto.offset.reset=latest\nisolation.level=read_uncommitted\ngroup.id=g\n")
        .producer(Map.of());
    settings("auto.offset.reset=latest\nacks=0\ngroup.id=g\ninterceptor.classes=x\n")
        .admin(Map.of(), 1, 2);
    assertThat(warnings, is(empty()));
  }

  @Test
  void programsDefaultsCannotChangeWhatIsFixedAndGetNoWord() throws IOException {
    Map<String, Object> asked =
        Map.of("auto.offset.reset", "latest", "group.id", "g", "client.id", "c");
    assertThat(
        settings("").consumer(asked),
        allOf(
            hasEntry("auto.offset.reset", (Object) "none"),
            hasEntry("client.id", (Object) "c"),
            not(hasKey("group.id"))));
    assertThat(warnings, is(empty()));
  }

  @Test
  void aProgramMayContinueWithTheOldestRecordLeftWhateverTheFileSays() throws IOException {
    assertThat(
        settings("auto.offset.reset=earliest\n").consumerFromOldest(Map.of()),
        hasEntry("auto.offset.reset", (Object) "earliest"));
    assertThat(warnings, is(empty()));
    assertThat(
        settings("auto.offset.reset=latest\n").consumerFromOldest(Map.of()),
        hasEntry("auto.offset.reset", (Object) "earliest"));
    assertThat(warnings, hasSize(1));
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocol, SSL",
    "sasl.jaas.config, secret",
    "client.id, mine",
    "fetch.min.bytes, 1",
    "max.poll.records, 5",
    "linger.ms, 7",
    "compression.type, zstd",
    "delivery.timeout.ms, 60000",
    "of.a.plugin, 1",
  })
  void everyOtherSettingOfTheFileHoldsOverTheProgramsDefaults(String name, String value)
      throws IOException {
    ClientSettings settings = settings(name + "=" + value);
    Map<String, Object> defaults = Map.of(name, "default");
    assertThat(settings.consumer(defaults), hasEntry(name, (Object) value));
    assertThat(settings.producer(defaults), hasEntry(name, (Object) value));
    assertThat(settings.admin(defaults, 1, 2), hasEntry(name, (Object) value));
    assertThat(warnings, is(empty()));
  }

  @Test
  void anAdminClientKeepsTheProgramsTimeOutsAndRepeatsItsRequestsUntilThen() throws IOException {
    Map<String, Object> admin =
        settings("request.timeout.ms=9\ndefault.api.timeout.ms=10\nretries=0\n")
            .admin(Map.of("client.id", "c"), 1_000, 2_000);
    assertThat(
        admin,
        is(
            Map.of(
                "bootstrap.servers",
                "a:1",
                "client.id",
                "c",
                "request.timeout.ms",
                1_000,
                "default.api.timeout.ms",
                2_000,
                "retries",
                Integer.MAX_VALUE)));
    assertThat(warnings, hasSize(1));
    Admin.create(reachable(new HashMap<>(admin))).close();
  }

  @Test
  void theServersAreThoseOfTheCommandLine() throws IOException {
    assertThat(
        settings("bootstrap.servers=b:2\n").consumer(Map.of()),
        hasEntry("bootstrap.servers", (Object) "a:1"));
  }

  @Test
  void eachIgnoredPropertyHasALineOfItsOwnAndALongValueIsCut() throws IOException {
    settings("group.id=" + "g".repeat(1_000) + "\nauto.offset.reset=latest\n").consumer(Map.of());
    assertThat(
        warnings,
        containsInAnyOrder(
            endsWith(
                "="
                    + "g".repeat(80)
                    + "... is ignored: consumers join no group, the program"
                    + " assigns every partition itself"),
            endsWith(
                "auto.offset.reset=latest is ignored: the program sets its own offsets and must not"
                    + " skip records unnoticed")));
  }
}
