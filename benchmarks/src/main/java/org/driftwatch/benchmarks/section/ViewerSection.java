package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.driftwatch.benchmarks.process.Classpath;
import org.driftwatch.benchmarks.process.Program;
import org.driftwatch.benchmarks.stream.RecordedResults;
import org.driftwatch.benchmarks.stream.RecordedStream;

/**
 * The viewer at the end of a day and of thirty days of windows of a second: from the start of its
 * process to the picture of all of them, read from the topic; and how often its window is drawn
 * anew beside thirty days while results come faster than that.
 */
final class ViewerSection {
  /** Quantities, as the tables name them. */
  static final String DAY = "a day of windows of a second, from the topic to a picture";

  static final String DAY_OF_THREE = "the same from three partitions";
  static final String MONTH = "thirty days of windows of a second";
  static final String LIVE = "the window beside thirty days, forty results a second";

  static final String TIME = "from start to picture, s";
  static final String MEMORY = "peak memory, MB";
  static final String FRAMES = "pictures a second";
  private static final String CORES = "CPU, cores";

  private static final int DAY_WINDOWS = 24 * 60 * 60;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private static final Duration PAUSE = Duration.ofMillis(25);
  private static final int WARM_UP_RESULTS = 400;
  private static final int RESULTS = 800;

  private ViewerSection() {}

  static void run(Bench bench) throws IOException, InterruptedException {
    RecordedStream.deleteTopic(
        bench.kafka(), measure(bench, DAY, 1, DAY_WINDOWS, bench.scale().repeats()));
    RecordedStream.deleteTopic(
        bench.kafka(), measure(bench, DAY_OF_THREE, 3, DAY_WINDOWS, bench.scale().repeats()));
    String month = measure(bench, MONTH, 1, 30 * DAY_WINDOWS, 1);
    live(bench, month);
    RecordedStream.deleteTopic(bench.kafka(), month);
  }

  /** Measures pictures of a topic that it makes; the topic. */
  private static String measure(
      Bench bench, String subject, int partitions, int windows, int repeats)
      throws IOException, InterruptedException {
    String topic = bench.topic("results");
    RecordedResults.write(bench.kafka(), topic, partitions, windows);
    bench.say("topic of " + windows + " windows, " + partitions + " partition(s) written");
    String section = Section.VIEWER.title();
    for (int repeat = 0; repeat < repeats; repeat++) {
      String picture = bench.folder().resolve("viewer.png").toString();
      try (Program viewer = start(bench, topic, "--snapshot", picture)) {
        Program.Cost cost = viewer.awaitEndWatching(PATIENCE);
        bench.out().add(section, subject, TIME, cost.seconds());
        bench.out().add(section, subject, MEMORY, cost.peakMegabytes());
        bench.say(String.format(Locale.ROOT, "picture after %.1f s", cost.seconds()));
      }
    }
    return topic;
  }

  private static void live(Bench bench, String topic) throws IOException, InterruptedException {
    if (System.getenv("DISPLAY") == null) {
      bench.say("no display, so no window: run this under xvfb-run");
      return;
    }
    int there = 30 * DAY_WINDOWS;
    try (Program viewer =
        start(
            bench,
            topic,
            "--metrics-port=0",
            "--page=overview",
            "--show=sum",
            "--size=1600x1000")) {
      String line = viewer.awaitLine("metrics at ", PATIENCE);
      URI metrics = URI.create(line.substring(line.indexOf("http")).strip());
      while (metric(metrics, "driftwatch_viewer_live") < 1) {
        viewer.checkAlive();
        LockSupport.parkNanos(POLL.toNanos());
      }
      RecordedResults.add(bench.kafka(), topic, there, WARM_UP_RESULTS, PAUSE);
      double frames = metric(metrics, "driftwatch_viewer_frames_total");
      Duration cpu = viewer.cpu();
      long start = System.nanoTime();
      RecordedResults.add(bench.kafka(), topic, there + WARM_UP_RESULTS, RESULTS, PAUSE);
      double seconds = (System.nanoTime() - start) / 1e9;
      double perSecond = (metric(metrics, "driftwatch_viewer_frames_total") - frames) / seconds;
      String section = Section.VIEWER.title();
      bench.out().add(section, LIVE, FRAMES, perSecond);
      bench.out().add(section, LIVE, CORES, viewer.cpu().minus(cpu).toMillis() / 1e3 / seconds);
      viewer.peakMemory().ifPresent(peak -> bench.out().add(section, LIVE, MEMORY, peak / 1e6));
      bench.say(String.format(Locale.ROOT, "window drawn %.1f times a second", perSecond));
    }
  }

  private static double metric(URI metrics, String name) throws IOException {
    try (InputStream page = metrics.toURL().openStream()) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow(() -> new IOException(metrics + " has no " + name));
    }
  }

  /** As {@code make viewer} starts it. */
  private static Program start(Bench bench, String topic, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
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
            topic));
    command.addAll(List.of(options));
    return Program.start(bench.topic("viewer"), command, bench.home(), bench.folder());
  }
}
