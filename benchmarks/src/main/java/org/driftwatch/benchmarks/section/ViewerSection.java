package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.driftwatch.benchmarks.process.Classpath;
import org.driftwatch.benchmarks.process.Program;
import org.driftwatch.benchmarks.stream.RecordedResults;
import org.driftwatch.benchmarks.stream.RecordedStream;

/**
 * The viewer at the end of a day and of thirty days of windows of a second: from the start of its
 * process to the picture of all of them, read from the topic.
 */
final class ViewerSection {
  /** Quantities, as the tables name them. */
  static final String DAY = "a day of windows of a second, from the topic to a picture";

  static final String DAY_OF_THREE = "the same from three partitions";
  static final String MONTH = "thirty days of windows of a second";

  static final String TIME = "from start to picture, s";
  static final String MEMORY = "peak memory, MB";

  private static final int DAY_WINDOWS = 24 * 60 * 60;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private ViewerSection() {}

  static void run(Bench bench) throws IOException, InterruptedException {
    measure(bench, DAY, 1, DAY_WINDOWS, bench.scale().repeats());
    measure(bench, DAY_OF_THREE, 3, DAY_WINDOWS, bench.scale().repeats());
    measure(bench, MONTH, 1, 30 * DAY_WINDOWS, 1);
  }

  private static void measure(Bench bench, String subject, int partitions, int windows, int repeats)
      throws IOException, InterruptedException {
    String topic = bench.topic("results");
    RecordedResults.write(bench.kafka(), topic, partitions, windows);
    bench.say("topic of " + windows + " windows, " + partitions + " partition(s) written");
    String section = Section.VIEWER.title();
    for (int repeat = 0; repeat < repeats; repeat++) {
      try (Program viewer = start(bench, topic)) {
        Program.Cost cost = viewer.awaitEndWatching(PATIENCE);
        bench.out().add(section, subject, TIME, cost.seconds());
        bench.out().add(section, subject, MEMORY, cost.peakMegabytes());
        bench.say(String.format(Locale.ROOT, "picture after %.1f s", cost.seconds()));
      }
    }
    RecordedStream.deleteTopic(bench.kafka(), topic);
  }

  /** As {@code make viewer} starts it. */
  private static Program start(Bench bench, String topic) throws IOException {
    List<String> command =
        List.of(
            Classpath.java(),
            "-Xms128m",
            "-Xmx400m",
            "-XX:+ExitOnOutOfMemoryError",
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
