package org.driftwatch.kafka;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How to reach Kafka: its servers, and the file of ordinary client properties that holds for every
 * connection. It names the file and never holds what is in it: it may be serialized, sent to other
 * machines and printed, and no password goes with it. {@link ClientSettings} reads the file
 * whenever a client is made, in the process that makes it.
 *
 * <pre>{@code
 * KafkaAccess kafka = KafkaAccess.of(Optional.of("host:9093"), Optional.of(Path.of("client.properties")));
 * Producer<byte[], byte[]> producer = new KafkaProducer<>(new ClientSettings(kafka).producer(Map.of()));
 * }</pre>
 *
 * @param servers bootstrap servers, {@code host:port}, separated by commas
 * @param file absolute path of the client properties; empty for none
 */
public record KafkaAccess(String servers, String file) implements Serializable {
  /** Bootstrap servers where none are named: those of the embedded broker. */
  public static final String DEFAULT_SERVERS = "127.0.0.1:19092";

  private static final Pattern SERVER =
      Pattern.compile("(?:\\w+://)?(\\[[^\\[\\]/]+\\]|[^\\[\\]/:\\s]+):(\\d{1,5})");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Checks the servers' form.
   *
   * @throws IllegalArgumentException with a line that says what was expected
   */
  public KafkaAccess {
    servers = servers.strip();
    for (String server : servers.split(",", -1)) {
      Matcher parts = SERVER.matcher(server.strip());
      if (!parts.matches() || Integer.parseInt(parts.group(2)) > HIGHEST_PORT) {
        throw new IllegalArgumentException(
            "Kafka server \""
                + server.strip()
                + "\", expected host:port[,host:port...] such as "
                + DEFAULT_SERVERS);
      }
    }
  }

  /** Kafka at these servers, without client properties. */
  public static KafkaAccess at(String servers) {
    return new KafkaAccess(servers, "");
  }

  /**
   * Kafka as a command line names it.
   *
   * @param servers bootstrap servers; where empty the file's {@code bootstrap.servers}, else {@link
   *     #DEFAULT_SERVERS}
   * @param file client properties
   * @throws IOException with one line, where the file cannot be read or is none
   * @throws IllegalArgumentException with one line, where a server is not {@code host:port}
   */
  public static KafkaAccess of(Optional<String> servers, Optional<Path> file) throws IOException {
    if (file.isEmpty()) {
      return at(servers.orElse(DEFAULT_SERVERS));
    }
    Path absolute = file.get().toAbsolutePath().normalize();
    String inFile =
        ClientProperties.read(absolute).get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    return new KafkaAccess(
        servers.orElse(inFile == null ? DEFAULT_SERVERS : inFile), absolute.toString());
  }

  /**
   * What the file says, read anew; nothing without a file. Passwords are among it.
   *
   * @throws IOException with one line, where the file cannot be read
   */
  Map<String, String> properties() throws IOException {
    return file.isEmpty() ? Map.of() : ClientProperties.read(Path.of(file));
  }

  /** What Kafka's refusal means and what to do, in one line; empty where it is no refusal. */
  public Optional<String> refusal(Throwable failure) {
    return refusal(failure, "");
  }

  /**
   * As {@link #refusal(Throwable)}.
   *
   * @param topic what was asked for: Kafka's answer does not always name it
   */
  public Optional<String> refusal(Throwable failure, String topic) {
    return Refusal.explain(failure, file.isEmpty() ? "the client properties" : file, topic)
        .map(reason -> "Kafka at " + servers + " " + reason);
  }

  @Override
  public String toString() {
    return file.isEmpty() ? servers : servers + " (client properties " + file + ")";
  }
}
