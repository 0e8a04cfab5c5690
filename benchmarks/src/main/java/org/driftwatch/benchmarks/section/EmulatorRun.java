package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.driftwatch.benchmarks.process.Classpath;
import org.driftwatch.benchmarks.process.Program;

/**
 * One run of the emulator as a program, and what it says of itself at its end.
 *
 * @param recordsPerSecond rows of the readout per second
 * @param hits hits among them
 * @param seconds how long it sent
 */
record EmulatorRun(double recordsPerSecond, long hits, double seconds) {
  private static final Pattern SUMMARY =
      Pattern.compile("sent \\d+ records \\((\\d+) hits,.* in ([\\d.]+) s, ([\\d.]+) records/s.*");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Starts the emulator; it sends to the topic and ends by itself. */
  static Program start(Bench bench, String topic, String format, String... options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Classpath.java(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                Classpath.ofModule(bench.home(), "emulator"),
                "org.driftwatch.emulator.EmulatorMain",
                "--quiet",
                "--kafka",
                bench.kafka(),
                "--topic",
                topic,
                "--format",
                format));
    command.addAll(List.of(options));
    return Program.start(bench.topic("emulator"), command, bench.home(), bench.folder());
  }

  /** What it says when it has ended. */
  static EmulatorRun ended(Program emulator, Duration length)
      throws IOException, InterruptedException {
    for (String line : emulator.awaitEnd(length.plus(PATIENCE))) {
      Matcher found = SUMMARY.matcher(line);
      if (found.find()) {
        return new EmulatorRun(
            Double.parseDouble(found.group(3)),
            Long.parseLong(found.group(1)),
            Double.parseDouble(found.group(2)));
      }
    }
    throw new IOException("the emulator's summary is not there");
  }

  double hitsPerSecond() {
    return hits / seconds;
  }
}
