package org.driftwatch.emulator;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of recordings: the one to write, and the one to send again. */
@Command(optionListHeading = "%nRecording and replay:%n")
final class RecordingOptions {
  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "write all records that are sent and acknowledged to a new file, for --replay;"
              + " gzipped if the name ends in .gz")
  Path recording;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "send a recording again, bit for bit, with its timestamps, instead of a source")
  Path replay;
}
