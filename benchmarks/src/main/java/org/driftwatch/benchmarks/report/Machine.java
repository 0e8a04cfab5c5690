package org.driftwatch.benchmarks.report;

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
            + ".");
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
