package org.driftwatch.viewer.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.driftwatch.kafka.ClientSettings;
import org.driftwatch.kafka.KafkaAccess;

/**
 * How to reach Kafka and which topic to read. Immutable.
 *
 * @param access servers and client properties
 * @param topic the results topic
 */
public record KafkaSettings(KafkaAccess access, String topic) {
  private static final Pattern SERVER =
      Pattern.compile("(?:\\w+://)?\\[?([^\\[\\]/]+?)\\]?:(\\d+)");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  /**
   * Checks the topic's name.
   *
   * @throws IllegalArgumentException with a line that says what was expected
   */
  public KafkaSettings {
    if (!topic.matches("[a-zA-Z0-9._-]{1,249}")) {
      throw new IllegalArgumentException(
          "topic '" + topic + "', expected letters, digits, '.', '_' or '-'");
    }
  }

  /**
   * Settings from the command line's values.
   *
   * @param bootstrap as named on the command line; if empty, the file's {@code bootstrap.servers},
   *     or the default
   * @param file ordinary Kafka client properties
   * @throws IOException with one line, if the file cannot be read
   */
  public static KafkaSettings of(Optional<String> bootstrap, String topic, Optional<Path> file)
      throws IOException {
    return new KafkaSettings(KafkaAccess.of(bootstrap, file), topic);
  }

  /** The same Kafka, another topic. */
  public KafkaSettings topic(String otherTopic) {
    return new KafkaSettings(access, otherTopic);
  }

  /** Bootstrap servers, {@code host:port}, separated by commas. */
  public String bootstrap() {
    return access.servers();
  }

  /** A server whose name does not resolve, if none of them does. */
  Optional<String> unresolvedServer() {
    String last = "";
    for (String server : COMMA.split(bootstrap(), -1)) {
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

  /**
   * Properties of an admin client whose questions fail when not answered within this time.
   *
   * @throws IOException with one line, if the file of client properties cannot be read
   */
  Map<String, Object> admin(int timeoutMillis) throws IOException {
    // The time-out of a single question does not hold for all of its steps; the client's does.
    return new ClientSettings(access).admin(common(), timeoutMillis, timeoutMillis);
  }

  /**
   * Properties of a consumer outside any group that is given its offsets.
   *
   * @throws IOException with one line, if the file of client properties cannot be read
   */
  Map<String, Object> consumer() throws IOException {
    Map<String, Object> defaults = new HashMap<>(common());
    // A long history is read in large pieces; the file's own words go first.
    defaults.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 64);
    defaults.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
    defaults.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, 4 << 20);
    return new ClientSettings(access).consumer(defaults);
  }

  /**
   * Properties of a producer.
   *
   * @param defaults hold where the file says nothing
   * @throws IOException with one line, if the file of client properties cannot be read
   */
  Map<String, Object> producer(Map<String, Object> defaults) throws IOException {
    return new ClientSettings(access).producer(defaults);
  }

  private static Map<String, Object> common() {
    return Map.of(
        CommonClientConfigs.CLIENT_ID_CONFIG,
        "driftwatch-viewer",
        CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
        "rebootstrap");
  }
}
