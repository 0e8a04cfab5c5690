package org.driftwatch.emulator;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.record.RecordingReader;
import org.driftwatch.emulator.send.KafkaConnection;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.UnreadableRows;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The emulator as a program: it plays the detector's readout into a Kafka topic. */
@Command(
    name = "emulator",
    sortOptions = false,
    description =
        "Sends the readout of a drift-tube detector, recorded or simulated, to Kafka, or writes it to"
            + " a file.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all that was sent is acknowledged; also when stopped by Ctrl-C or SIGTERM",
      "1:a source, Kafka or a file failed, a record was not acknowledged, or a file was not finished",
      "2:an option is invalid"
    })
public final class EmulatorMain implements Callable<Integer> {
  @Mixin private EmulatorOptions options;
  @Spec private CommandSpec spec;

  EmulatorMain() {}

  /** Runs the emulator; see {@code --help}. */
  public static void main(String[] arguments) {
    Programs.run(new EmulatorMain(), arguments);
  }

  @Override
  public Integer call() throws IOException {
    refuse(options.fault());
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      refuse(options.file.faultOf(given.names()[0]));
    }
    DetectorDescription detector = options.sources.detector();
    refuse(options.fault(detector));
    UnreadableRows unreadable = new UnreadableRows(EmulatorMain::tell);
    boolean replayed = options.recordings.replay != null;
    KafkaConnection connection = options.file.isGiven() ? null : options.kafka.connection();
    try (RecordSource source =
            replayed
                ? null
                : Sources.open(
                    options.sources, options.truth, detector, unreadable, EmulatorMain::tell);
        RecordingReader replay = replayed ? new RecordingReader(options.recordings.replay) : null) {
      boolean complete =
          connection == null
              ? write(detector, source, unreadable)
              : send(detector, connection, source, replay, unreadable);
      return complete ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (InterruptedException e) {
      tell("stopped before anything was sent");
      return CommandLine.ExitCode.OK;
    }
  }

  private boolean write(
      DetectorDescription detector, RecordSource source, UnreadableRows unreadable)
      throws IOException {
    FileSession session =
        new FileSession(options, detector, source, unreadable, EmulatorMain::tell);
    Programs.onSignal(session::stop);
    if (!options.quiet) {
      tell(options.describe(detector));
    }
    return session.run();
  }

  private boolean send(
      DetectorDescription detector,
      KafkaConnection connection,
      RecordSource source,
      RecordingReader replay,
      UnreadableRows unreadable)
      throws IOException, InterruptedException {
    Session session =
        new Session(options, detector, connection, source, replay, unreadable, EmulatorMain::tell);
    Programs.onSignal(session::stop);
    options.sending.target().prepare(connection).ifPresent(EmulatorMain::tell);
    if (!options.quiet) {
      tell(options.describe(connection, detector));
    }
    return session.run();
  }

  private void refuse(Optional<String> fault) {
    if (fault.isPresent()) {
      throw new ParameterException(spec.commandLine(), fault.get());
    }
  }

  /** Prints a line for the user to stderr. */
  private static void tell(String line) {
    System.err.println("emulator: " + line);
  }
}
