package org.driftwatch.emulator;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.faults.FaultInjection;
import org.driftwatch.emulator.pace.PaceChoice;
import org.driftwatch.emulator.send.KafkaConnection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The emulator's options: those of each role, and whether they fit together. */
final class EmulatorOptions {
  @Mixin SourceOptions sources;
  @Mixin TruthOptions truth;
  @Mixin PaceOptions paces;
  @Mixin SendOptions sending;
  @Mixin KafkaOptions kafka;
  @Mixin FileOptions file;
  @Mixin RecordingOptions recordings;
  @Mixin FaultOptions faults;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "serve Prometheus metrics at http://127.0.0.1:PORT/metrics, 0 for any free port"
              + " (default: no port, JMX only)")
  private Integer metricsPort;

  @Option(names = "--quiet", description = "print failures and the summary only")
  boolean quiet;

  /** What is wrong with the options' values; empty if nothing is. */
  Optional<String> fault() {
    return paces
        .fault()
        .or(sending::fault)
        .or(sources::fault)
        .or(() -> truth.fault(!sources.areGiven() && recordings.replay == null))
        .or(() -> Checks.port("--metrics-port", metricsPort))
        .or(this::replayFault)
        .or(() -> file.fault(paces.areEndless() && (!sources.areGiven() || sources.loop)))
        .or(() -> faults.fault(pace().map(PaceChoice::isAsFastAsPossible).orElse(false)));
  }

  /** What does not go with a detector; empty if all does. */
  Optional<String> fault(DetectorDescription detector) {
    return recordings.replay == null
        ? sending
            .fault(detector)
            .or(() -> file.fault(detector))
            .or(() -> faults.fault(detector))
            .or(() -> truth.fault(detector))
        : Optional.empty();
  }

  private Optional<String> replayFault() {
    String pace = paces.pace == null ? "" : paces.pace;
    if (recordings.replay == null) {
      return pace.startsWith("recorded")
          ? Optional.of("--pace " + pace + ": needs --replay FILE")
          : Optional.empty();
    }
    if (sources.areGiven() || faults.areGiven()) {
      return Optional.of(
          "--replay sends a recording as it is: expected no --source, --inject or --fault");
    }
    return pace.startsWith("detector")
        ? Optional.of("--pace " + pace + ": a recording has its own; expected recorded[xK]")
        : Optional.empty();
  }

  /** The pace at the start; empty for a profile. */
  Optional<PaceChoice> pace() {
    return recordings.replay != null && paces.rate == null && paces.pace == null
        ? paces.pace().map(usual -> PaceChoice.parse("recorded"))
        : paces.pace();
  }

  /** Port to show the metrics at; empty for none. */
  OptionalInt metricsPort() {
    return metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort);
  }

  /**
   * The faults to inject; null for none.
   *
   * @throws IOException if their log cannot be written
   */
  FaultInjection faultInjection(DetectorDescription detector) throws IOException {
    return faults.areGiven()
        ? new FaultInjection(
            detector,
            faults.injections(),
            faults.ofDetector(detector),
            sources.seed,
            paces.expectedRows(pace()).orElse(0),
            faults.injectionLog)
        : null;
  }

  /** The settings of a file in effect, in one line. */
  String describe(DetectorDescription detector) {
    return sources.describe(detector)
        + truth.describe()
        + " -> "
        + file.to
        + (faults.areGiven() ? ", with " + faults.describe() : "");
  }

  /** The settings in effect, in one line. */
  String describe(KafkaConnection connection, DetectorDescription detector) {
    return (recordings.replay == null
            ? sources.describe(detector) + truth.describe()
            : "recording " + recordings.replay)
        + " -> topic "
        + sending.topic
        + " at "
        + connection.servers()
        + ", "
        + (recordings.replay == null ? sending.describe(detector) : "as recorded")
        + ", "
        + paces.describe(pace())
        + (faults.areGiven() ? ", with " + faults.describe() : "")
        + (recordings.recording == null ? "" : ", recorded to " + recordings.recording);
  }
}
