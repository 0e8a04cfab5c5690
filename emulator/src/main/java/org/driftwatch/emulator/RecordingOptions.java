package org.driftwatch.emulator;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of recordings: the one to write, and the one to send again. */
@Command(optionListHeading = "%nRecording and replay:%n")
final class RecordingOptions {
  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "write all that is sent and acknowledged to a new file, for --replay; gzipped where the"
              + " name ends in .gz")
  private Path recording;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "send a recording again, bit for bit, with its timestamps, instead of a source")
  private Path replay;

  /** The file that records what is sent; empty for none. */
  Optional<Path> recording() {
    return Optional.ofNullable(recording);
  }

  /** The recording to send again; empty for none. */
  Optional<Path> replay() {
    return Optional.ofNullable(replay);
  }
}
