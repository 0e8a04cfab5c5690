package org.driftwatch.benchmarks.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.driftwatch.benchmarks.process.Classpath;
import org.driftwatch.benchmarks.process.Program;

/** Files of the simulated detector, written by the emulator as a user has it write them. */
public final class SimulatedFile {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private SimulatedFile() {}

  /**
   * Writes a file, whose ending says its format: the same rows in every format.
   *
   * @param rows how many
   * @param home the project's folder
   * @param folder where it goes
   */
  public static Path write(long rows, String ending, Path home, Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("run-" + rows + ending);
    List<String> command =
        List.of(
            Classpath.java(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-cp",
            Classpath.ofModule(home, "emulator"),
            "org.driftwatch.emulator.EmulatorMain",
            "--quiet",
            "--to",
            file.toString(),
            "--limit",
            Long.toString(rows));
    try (Program emulator = Program.start("write-" + file.getFileName(), command, home, folder)) {
      emulator.awaitEnd(PATIENCE);
    }
    // What is left for the system to write must not cost whoever is measured first.
    try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    return file;
  }
}
