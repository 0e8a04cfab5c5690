package org.driftwatch.emulator;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.driftwatch.emulator.pace.PaceChoice;
import org.driftwatch.emulator.send.KafkaConnection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The emulator's options: those of each role, and whether they fit together. */
final class EmulatorOptions {
  @Mixin SourceOptions sources;
  @Mixin PaceOptions paces;
  @Mixin SendOptions sending;
  @Mixin private KafkaOptions kafka;
  @Mixin RecordingOptions recordings;
  @Mixin FaultOptions faults;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "show metrics to Prometheus at http://127.0.0.1:PORT/metrics, 0 for any free port"
              + " (default: no port, JMX only)")
  private Integer metricsPort;

  @Option(names = "--quiet", description = "print failures and the summary only")
  private boolean quiet;

  /** What is wrong with the options' values; empty if nothing is. */
  Optional<String> fault() {
    return paces
        .fault()
        .or(sending::fault)
        .or(sources::fault)
        .or(() -> Checks.port("--metrics-port", metricsPort))
        .or(this::replayFault)
        .or(() -> faults.fault(pace().map(PaceChoice::isAsFastAsPossible).orElse(false)));
  }

  private Optional<String> replayFault() {
    String pace = paces.given();
    if (recordings.replay().isEmpty()) {
      return pace.startsWith("recorded")
          ? Optional.of("--pace " + pace + ": only a recording has it (--replay FILE)")
          : Optional.empty();
    }
    if (sources.areGiven() || faults.areGiven()) {
      return Optional.of("--replay sends a recording as it is: expected no --source or --inject");
    }
    return pace.startsWith("detector")
        ? Optional.of("--pace " + pace + ": a recording has its own; expected recorded[xK]")
        : Optional.empty();
  }

  /** How to reach Kafka. */
  KafkaConnection connection() throws IOException {
    return kafka.connection();
  }

  /** The pace at the start; empty for a profile. */
  Optional<PaceChoice> pace() {
    return recordings.replay().isPresent() && paces.isDefault()
        ? paces.pace().map(usual -> PaceChoice.parse("recorded"))
        : paces.pace();
  }

  /** The number of rows, if it is known. */
  OptionalLong expectedRows() {
    return paces.expectedRows(pace());
  }

  /** Port to show the metrics at; empty for none. */
  OptionalInt metricsPort() {
    return metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort);
  }

  /** True if failures and the summary alone are printed. */
  boolean quiet() {
    return quiet;
  }

  /** The settings in effect, in one line. */
  String describe(KafkaConnection connection) {
    return recordings.replay().map(file -> "recording " + file).orElseGet(sources::describe)
        + " -> topic "
        + sending.topic()
        + " at "
        + connection.servers()
        + ", "
        + recordings.replay().map(file -> "as recorded").orElseGet(sending::describe)
        + ", "
        + paces.describe(pace())
        + faults.describe()
        + recordings.recording().map(file -> ", recorded to " + file).orElse("");
  }
}
