package org.driftwatch.viewer.kafka;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How to reach Kafka and which topic to read. Immutable.
 *
 * @param bootstrap bootstrap servers, {@code host:port}, separated by commas
 * @param topic the results topic
 * @param client further client properties, such as those of TLS and SASL
 */
public record KafkaSettings(String bootstrap, String topic, Map<String, String> client) {
  /** Bootstrap servers where none are named. */
  public static final String DEFAULT_BOOTSTRAP = "127.0.0.1:19092";

  private static final Pattern SERVER =
      Pattern.compile("(?:\\w+://)?\\[?([^\\[\\]/]+?)\\]?:(\\d+)");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  /**
   * Checks the servers' form and the topic's name.
   *
   * @throws IllegalArgumentException with a line that says what was expected
   */
  public KafkaSettings {
    client = Map.copyOf(client);
    for (String server : COMMA.split(bootstrap.strip(), -1)) {
      Matcher m = SERVER.matcher(server);
      if (!m.matches() || m.group(2).length() > 5 || Integer.parseInt(m.group(2)) > 65535) {
        throw new IllegalArgumentException(
            "Kafka server '" + server + "', expected host:port such as " + DEFAULT_BOOTSTRAP);
      }
    }
    if (!topic.matches("[a-zA-Z0-9._-]{1,249}")) {
      throw new IllegalArgumentException(
          "topic '" + topic + "', expected letters, digits, '.', '_' or '-'");
    }
  }

  /**
   * Settings from the command line's values.
   *
   * @param bootstrap as named on the command line; where empty the file's {@code
   *     bootstrap.servers}, or the default
   * @param file ordinary Kafka client properties
   * @throws IOException with one line, where the file cannot be read
   */
  public static KafkaSettings of(Optional<String> bootstrap, String topic, Optional<Path> file)
      throws IOException {
    Map<String, String> client = new HashMap<>();
    if (file.isPresent()) {
      Properties read = read(file.get());
      read.stringPropertyNames().forEach(name -> client.put(name, read.getProperty(name)));
    }
    String inFile = client.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    String servers = bootstrap.orElse(inFile == null ? DEFAULT_BOOTSTRAP : inFile);
    return new KafkaSettings(servers, topic, client);
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (NoSuchFileException e) {
      throw new IOException("Kafka client properties " + file + " do not exist", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "Kafka client properties " + file + " cannot be read: " + e.getMessage(), e);
    }
    return properties;
  }

  /** A server whose name does not resolve, where none of them does. */
  Optional<String> unresolvedServer() {
    String last = "";
    for (String server : servers()) {
      Matcher m = SERVER.matcher(server);
      if (m.matches()) {
        last = m.group(1);
        if (!new InetSocketAddress(last, Integer.parseInt(m.group(2))).isUnresolved()) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(last);
  }

  private List<String> servers() {
    return List.of(COMMA.split(bootstrap.strip(), -1));
  }

  /** Properties of an admin client whose questions fail when not answered within this time. */
  Map<String, Object> admin(int timeoutMillis) {
    Map<String, Object> properties = common();
    // The time-out of a single question does not hold for all of its steps; the client's does.
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMillis);
    return properties;
  }

  /** Properties of a consumer outside any group that is told its offsets. */
  Map<String, Object> consumer() {
    Map<String, Object> properties = common();
    // A long history is read in large pieces; the file's own words go first.
    properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    properties.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
    properties.putIfAbsent(ConsumerConfig.RECEIVE_BUFFER_CONFIG, 4 << 20);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  private Map<String, Object> common() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "driftwatch-viewer");
    properties.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "rebootstrap");
    properties.putAll(client);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap.strip());
    return properties;
  }
}
