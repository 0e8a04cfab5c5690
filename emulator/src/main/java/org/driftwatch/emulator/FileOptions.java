package org.driftwatch.emulator;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.files.FileLayout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of a file that is written in place of a topic. */
@Command(optionListHeading = "%nFile in place of a topic:%n")
final class FileOptions {
  /** The options that say something of a file; the others are of topics and of time. */
  private static final Set<String> FITTING =
      Set.of(
          "--to",
          "--force",
          "--source",
          "--from",
          "--loop",
          "--s3-endpoint",
          "--s3-region",
          "--s3-anonymous",
          "--ca-file",
          "--allow-http",
          "--seed",
          "--detector",
          "--truth",
          "--truth-log",
          "--limit",
          "--duration",
          "--run",
          "--fault",
          "--inject-log",
          "--quiet");

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description =
          "write the rows to this file, at full speed and without Kafka: *.csv (or .txt) CSV behind"
              + " a header line, *.jsonl JSON objects, *.dat DAQ words, *.bin blocks of them; *.gz"
              + " of these are compressed. It appears when it is complete. Times, as of --duration"
              + " and --fault, are the detector's own")
  Path to;

  @Option(names = "--force", description = "replace the file of --to if it exists")
  boolean force;

  /** True for a file, false for a topic. */
  boolean isGiven() {
    return to != null;
  }

  /** What the file holds. */
  FileLayout kind() {
    return FileLayout.of(to.toString());
  }

  /**
   * What is wrong with the options' values; empty if nothing is.
   *
   * @param endless true if the rows never end by themselves
   */
  Optional<String> fault(boolean endless) {
    if (!isGiven()) {
      return force ? Optional.of("--force needs --to FILE") : Optional.empty();
    }
    if (to.getFileName() == null || !FileLayout.isNamed(to.getFileName().toString())) {
      return Optional.of(
          "--to "
              + to
              + ": expected a name that ends in .csv, .jsonl, .dat or .bin, also with .gz");
    }
    return endless
        ? Optional.of("--to " + to + " needs --limit or --duration: the rows never end")
        : Optional.empty();
  }

  /** What does not go with a detector's records; empty if all does. */
  Optional<String> fault(DetectorDescription detector) {
    if (!isGiven()) {
      return Optional.empty();
    }
    return kind()
        .refusal("--to " + to, detector)
        .or(
            () ->
                kind() == FileLayout.BLOCKS && detector.format().blockWords() == 0
                    ? Optional.of(
                        "--to "
                            + to
                            + ": the detector description \""
                            + detector.name()
                            + "\" has no blocks (record.blockWords); expected .dat")
                    : Optional.empty());
  }

  /** Why an option does not go with a file; empty if it does. */
  Optional<String> faultOf(String option) {
    return isGiven() && !FITTING.contains(option)
        ? Optional.of(
            option
                + " does not go with --to: a file is written at full speed and without Kafka;"
                + " expected options of the source, --limit, --duration, --run or --fault")
        : Optional.empty();
  }
}
