package org.driftwatch.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaAccessTest {
  private static final String SECRET = "hunter2";
  private static final String LOGIN =
      "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required"
          + " username=\"u\" password=\""
          + SECRET
          + "\";\n";

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("client.properties"), text);
  }

  private KafkaAccess access(String text) throws IOException {
    return KafkaAccess.of(Optional.empty(), Optional.of(file(text)));
  }

  @Test
  void withoutAnyWordTheLocalBrokerIsUsed() throws IOException {
    assertThat(KafkaAccess.of(Optional.empty(), Optional.empty()).servers(), is("127.0.0.1:19092"));
  }

  @Test
  void theFilesServersHoldUnlessTheCommandLineNamesOthers() throws IOException {
    Path file = file("bootstrap.servers=a:1,b:2\n");
    assertThat(KafkaAccess.of(Optional.empty(), Optional.of(file)).servers(), is("a:1,b:2"));
    assertThat(KafkaAccess.of(Optional.of("c:3"), Optional.of(file)).servers(), is("c:3"));
  }

  @Test
  void theFileIsReadAnewForEachClient() throws IOException {
    KafkaAccess access = access("ssl.key.password=old\n");
    file("ssl.key.password=new\n");
    assertThat(access.properties(), hasEntry("ssl.key.password", "new"));
  }

  @Test
  void neitherItsTextNorItsBytesHoldASecret() throws IOException {
    KafkaAccess access = access(LOGIN);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(access);
    }
    assertThat(bytes.toString(StandardCharsets.ISO_8859_1), not(containsString(SECRET)));
    assertThat(access.toString(), not(containsString(SECRET)));
    assertThat(access.properties(), hasKey("sasl.jaas.config"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "host:", ":9092", "host:99999", "a:1,,b:2", "", "a b:1"})
  void serversThatAreNoneAreRefused(String servers) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> KafkaAccess.at(servers));
    assertThat(e.getMessage(), containsString("expected host:port"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h:1", "a.b-c:9092, d:9093", "[::1]:9092", "10.0.0.1:9", "SSL://h:1"})
  void listsNamesAndAddressesOfBothKindsAreTaken(String servers) {
    assertThat(KafkaAccess.at(servers).servers(), is(servers));
  }

  @Test
  void aFileThatIsNotThereIsOneLineThatNamesIt() {
    Path missing = folder.resolve("none.properties");
    IOException e =
        assertThrows(
            IOException.class, () -> KafkaAccess.of(Optional.empty(), Optional.of(missing)));
    assertThat(
        e.getMessage(),
        allOf(containsString(missing + " does not exist"), not(containsString("\n"))));
  }

  @Test
  void whatIsNoFileOfPropertiesIsToldByItsLineAndNothingThatStandsInIt() throws IOException {
    Map<String, String> faults =
        Map.of(
            "security.protocol=SSL\n" + SECRET + "!;\n",
            "has no property in line 2",
            "# a\n{\"password\": \"" + SECRET + "\"}\n",
            "has no property in line 2",
            "a=\\u12\n",
            "has a \\u without four hexadecimal digits",
            "a=b\0c\n",
            "is no text",
            "a=" + "b".repeat(2 << 20),
            "has more than 1048576 bytes");
    for (Map.Entry<String, String> fault : faults.entrySet()) {
      IOException e = assertThrows(IOException.class, () -> access(fault.getKey()));
      assertThat(
          e.getMessage(),
          allOf(
              containsString(fault.getValue()),
              containsString("client.properties: the file"),
              not(containsString(SECRET)),
              not(containsString("\n"))));
    }
    Files.write(folder.resolve("latin"), new byte[] {'a', '=', (byte) 0xe4});
    IOException e =
        assertThrows(
            IOException.class,
            () -> KafkaAccess.of(Optional.empty(), Optional.of(folder.resolve("latin"))));
    assertThat(e.getMessage(), containsString("is no text in UTF-8"));
  }

  @Test
  void propertiesThatNoClientTakesAreOneLineWithoutTheSecret() throws IOException {
    KafkaAccess access =
        access(
            "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nbootstrap.servers=127.0.0.1:1\n"
                + LOGIN.replace("\"" + SECRET + "\"", "a " + SECRET));
    Map<String, Object> settings = new ClientSettings(access).admin(Map.of(), 1_000, 2_000);
    KafkaException e = assertThrows(KafkaException.class, () -> Admin.create(settings));
    String line = access.refusal(e).orElseThrow();
    assertThat(
        line,
        allOf(
            startsWith("Kafka at 127.0.0.1:1 cannot be asked: " + folder),
            containsString("in JAAS config"),
            not(containsString(SECRET)),
            not(containsString("\n"))));
  }

  @Test
  void aRefusalIsFoundAmongTheCausesAndNamesWhatIsToBeDone() {
    KafkaAccess access = KafkaAccess.at("h:1");
    assertThat(
        access.refusal(
            new IllegalStateException(
                new KafkaException("x", new SaslAuthenticationException("Invalid\ncredentials.")))),
        is(
            Optional.of(
                "Kafka at h:1 refuses user or password (Invalid credentials); check"
                    + " sasl.jaas.config in the client properties")));
    assertThat(
        access.refusal(new TopicAuthorizationException("no", Set.of("results"))).orElseThrow(),
        containsString("right to topic results (no); have its administrator grant"));
    assertThat(
        access.refusal(new TopicAuthorizationException("no"), "stream").orElseThrow(),
        containsString("right to topic stream (no)"));
    assertThat(
        access.refusal(GroupAuthorizationException.forGroupId("g")).orElseThrow(),
        containsString("consumer group g"));
    assertThat(access.refusal(new IOException("disk")), is(Optional.empty()));
  }
}
