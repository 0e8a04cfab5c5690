package org.driftwatch.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.driftwatch.emulator.send.KafkaConnection;
import org.driftwatch.kafka.KafkaAccess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that say how to reach Kafka. */
@Command(optionListHeading = "%nKafka:%n")
final class KafkaOptions {
  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT[,...]",
      description =
          "bootstrap servers (default: those of --kafka-config, else "
              + KafkaAccess.DEFAULT_SERVERS
              + ")")
  private String kafka;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Kafka client properties, such as those of TLS and SASL, for every connection")
  private Path kafkaConfig;

  /** How to reach Kafka. */
  KafkaConnection connection() throws IOException {
    try {
      return new KafkaConnection(
          KafkaAccess.of(Optional.ofNullable(kafka), Optional.ofNullable(kafkaConfig)));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
