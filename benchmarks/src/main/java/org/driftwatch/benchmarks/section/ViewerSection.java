package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.driftwatch.benchmarks.process.Classpath;
import org.driftwatch.benchmarks.process.Program;
import org.driftwatch.benchmarks.stream.RecordedResults;
import org.driftwatch.benchmarks.stream.RecordedStream;

/**
 * The viewer at the end of a day of windows of a second: from the start of its process to the
 * picture of all of them, read from the topic.
 */
final class ViewerSection {
  /** Quantities, as the tables name them. */
  static final String SUBJECT = "a day of windows of a second, from the topic to a picture";

  static final String TIME = "from start to picture, s";
  private static final String MEMORY = "peak memory, MB";

  private static final int WINDOWS = 24 * 60 * 60;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private ViewerSection() {}

  static void run(Bench bench) throws IOException, InterruptedException {
    String topic = bench.topic("results");
    RecordedResults.write(bench.kafka(), topic, WINDOWS);
    bench.say("topic of " + WINDOWS + " windows written");
    String section = Section.VIEWER.title();
    for (int repeat = 0; repeat < bench.scale().repeats(); repeat++) {
      try (Program viewer = start(bench, topic)) {
        OptionalLong peak = viewer.awaitEndWatchingMemory(PATIENCE);
        double seconds = Duration.between(viewer.started(), Instant.now()).toMillis() / 1000.0;
        bench.out().add(section, SUBJECT, TIME, seconds);
        peak.ifPresent(bytes -> bench.out().add(section, SUBJECT, MEMORY, bytes / 1e6));
        bench.say(String.format(Locale.ROOT, "picture after %.1f s", seconds));
      }
    }
    RecordedStream.deleteTopic(bench.kafka(), topic);
  }

  /** As {@code make viewer} starts it. */
  private static Program start(Bench bench, String topic) throws IOException {
    List<String> command =
        List.of(
            Classpath.java(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Classpath.ofModule(bench.home(), "viewer"),
            "org.driftwatch.viewer.ViewerMain",
            "--kafka",
            bench.kafka(),
            "--topic",
            topic,
            "--snapshot",
            bench.folder().resolve("viewer.png").toString());
    return Program.start(bench.topic("viewer"), command, bench.home(), bench.folder());
  }
}
