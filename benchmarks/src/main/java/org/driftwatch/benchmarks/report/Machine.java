package org.driftwatch.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.kafka.common.utils.AppInfoParser;

/** What the measurements were made on and with. */
final class Machine {
  /** Place of the steal time in the line of all processors; source: man 5 proc. */
  private static final int STEAL = 8;

  private static final double TICKS_PER_SECOND = 100;

  private Machine() {}

  /** Processor, cores, memory, system, and the versions of what is measured; a line each. */
  static List<String> lines() throws IOException {
    com.sun.management.OperatingSystemMXBean system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return List.of(
        "Machine: "
            + processor()
            + ", "
            + system.getAvailableProcessors()
            + " cores, "
            + Math.round(system.getTotalMemorySize() / 1e9)
            + " GB; "
            + system.getName()
            + " "
            + system.getVersion()
            + ".",
        "Versions: Java "
            + System.getProperty("java.vm.version")
            + ", Beam "
            + ReleaseInfo.getReleaseInfo().getVersion()
            + ", Spark "
            + org.apache.spark.package$.MODULE$.SPARK_VERSION()
            + ", Kafka "
            + AppInfoParser.getVersion()
            + "; commit "
            + commit()
            + ".");
  }

  /** The commit that this folder stands at, {@code -dirty} where files were changed since. */
  private static String commit() throws IOException {
    Process git;
    try {
      git =
          new ProcessBuilder("git", "describe", "--always", "--dirty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return "unknown, since git does not run: " + e.getMessage();
    }
    String line = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
    return line.isEmpty() ? "unknown, since this folder is no clone" : line;
  }

  /** Core-seconds that other guests of this machine's host took from it since it was started. */
  static double stolenSeconds() throws IOException {
    Path file = Path.of("/proc/stat");
    if (!Files.exists(file)) {
      return Double.NaN;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("cpu "))
          .map(line -> line.split(" +", -1)[STEAL])
          .mapToDouble(ticks -> Long.parseLong(ticks) / TICKS_PER_SECOND)
          .findFirst()
          .orElse(Double.NaN);
    }
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (Files.exists(file)) {
      try (Stream<String> lines = Files.lines(file)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      }
    }
    return System.getProperty("os.arch");
  }
}
