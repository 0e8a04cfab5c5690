package org.driftwatch.emulator;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.driftwatch.emulator.send.KafkaConnection;
import picocli.CommandLine.Option;

/** The options that say how to reach Kafka. */
final class KafkaOptions {
  private static final String DEFAULT_KAFKA = "127.0.0.1:19092";

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT[,...]",
      description = "bootstrap servers (default: " + DEFAULT_KAFKA + ")")
  private String kafka;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Kafka client properties, for every connection")
  private Path kafkaConfig;

  /** How to reach Kafka. */
  KafkaConnection connection() throws IOException {
    Properties properties = new Properties();
    if (kafkaConfig != null) {
      try (Reader in = Files.newBufferedReader(kafkaConfig, StandardCharsets.UTF_8)) {
        properties.load(in);
      } catch (NoSuchFileException e) {
        throw new IOException("--kafka-config " + kafkaConfig + " does not exist", e);
      } catch (IOException | IllegalArgumentException e) {
        throw new IOException("--kafka-config " + kafkaConfig + " cannot be read: " + e, e);
      }
    }
    String servers =
        kafka != null
            ? kafka
            : properties.getProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, DEFAULT_KAFKA);
    return KafkaConnection.of(servers, properties);
  }
}
