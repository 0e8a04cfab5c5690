package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.driftwatch.benchmarks.process.Program;
import org.driftwatch.benchmarks.process.Screen;
import org.driftwatch.benchmarks.stream.RecordedResults;
import org.driftwatch.benchmarks.stream.RecordedStream;

/**
 * The viewer at the end of a day and of thirty days of windows of a second: from the start of its
 * process to the picture of all of them, read from the topic; until its window shows the newest of
 * thirty days; and how often that is drawn anew beside them while results come faster than that.
 */
final class ViewerSection {
  /** Quantities, as the tables name them. */
  static final String DAY = "a day of windows of a second, from the topic to a picture";

  static final String DAY_OF_THREE = "the same from three partitions";
  static final String MONTH = "thirty days of windows of a second";
  static final String NEWEST = "the newest of thirty days of windows, in the window";
  static final String LIVE = "the window beside thirty days, forty results a second";

  static final String TIME = "from start to picture, s";
  static final String DRAWN = "from start to drawn, s";
  static final String MEMORY = "peak memory, MB";
  static final String FRAMES = "pictures a second";
  static final String CORES = "CPU, cores";

  private static final int DAY_WINDOWS = 24 * 60 * 60;
  private static final int FEW_WINDOWS = 2_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String FRAMES_DRAWN = "driftwatch_viewer_frames_total";

  private static final Duration PAUSE = Duration.ofMillis(25);
  private static final int WARM_UP_RESULTS = 400;
  private static final int RESULTS = 800;

  private ViewerSection() {}

  static void run(Bench bench) throws IOException, InterruptedException {
    keepClasses(bench);
    RecordedStream.deleteTopic(
        bench.kafka(), measure(bench, DAY, 1, DAY_WINDOWS, bench.scale().repeats()));
    RecordedStream.deleteTopic(
        bench.kafka(), measure(bench, DAY_OF_THREE, 3, DAY_WINDOWS, bench.scale().repeats()));
    String month = measure(bench, MONTH, 1, 30 * DAY_WINDOWS, 1);
    Optional<Screen> screen = Screen.open();
    if (screen.isPresent()) {
      try (Screen shown = screen.get()) {
        live(bench, month, shown);
      }
    } else {
      bench.say("no display, so no window: install Xvfb, or run this where there is a display");
    }
    RecordedStream.deleteTopic(bench.kafka(), month);
  }

  /** The first start of all writes the archive of classes that every other one reads. */
  private static void keepClasses(Bench bench) throws IOException, InterruptedException {
    String topic = bench.topic("results");
    RecordedResults.write(bench.kafka(), topic, 1, FEW_WINDOWS);
    try (Program viewer = picture(bench, topic)) {
      viewer.awaitEndWatching(PATIENCE);
    }
    RecordedStream.deleteTopic(bench.kafka(), topic);
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
      try (Program viewer = picture(bench, topic)) {
        Program.Cost cost = viewer.awaitEndWatching(PATIENCE);
        bench.out().add(section, subject, TIME, cost.seconds());
        bench.out().add(section, subject, MEMORY, cost.peakMegabytes());
        bench.say(String.format(Locale.ROOT, "picture after %.1f s", cost.seconds()));
      }
    }
    return topic;
  }

  private static void live(Bench bench, String topic, Screen screen)
      throws IOException, InterruptedException {
    int there = 30 * DAY_WINDOWS;
    try (Program viewer =
        start(
            bench,
            topic,
            screen.environment(),
            "--metrics-port=0",
            "--page=overview",
            "--show=sum",
            "--size=1600x1000")) {
      String line = viewer.awaitLine("metrics at ", PATIENCE);
      URI metrics = URI.create(line.substring(line.indexOf("http")).strip());
      awaitAtLeast(viewer, metrics, "driftwatch_viewer_summaries_total", 1);
      // What is drawn from now on has windows.
      double empty = metric(metrics, FRAMES_DRAWN);
      awaitAtLeast(viewer, metrics, FRAMES_DRAWN, empty + 1);
      double drawn = Duration.between(viewer.started(), Instant.now()).toMillis() / 1e3;
      bench.out().add(Section.VIEWER.title(), NEWEST, DRAWN, drawn);
      bench.say(String.format(Locale.ROOT, "newest windows drawn after %.1f s", drawn));
      awaitAtLeast(viewer, metrics, "driftwatch_viewer_live", 1);
      RecordedResults.add(bench.kafka(), topic, there, WARM_UP_RESULTS, PAUSE);
      double frames = metric(metrics, FRAMES_DRAWN);
      Duration cpu = viewer.cpu();
      long start = System.nanoTime();
      RecordedResults.add(bench.kafka(), topic, there + WARM_UP_RESULTS, RESULTS, PAUSE);
      double seconds = (System.nanoTime() - start) / 1e9;
      double perSecond = (metric(metrics, FRAMES_DRAWN) - frames) / seconds;
      String section = Section.VIEWER.title();
      bench.out().add(section, LIVE, FRAMES, perSecond);
      bench.out().add(section, LIVE, CORES, viewer.cpu().minus(cpu).toMillis() / 1e3 / seconds);
      viewer.peakMemory().ifPresent(peak -> bench.out().add(section, LIVE, MEMORY, peak / 1e6));
      bench.say(String.format(Locale.ROOT, "window drawn %.1f times a second", perSecond));
    }
  }

  private static void awaitAtLeast(Program viewer, URI metrics, String name, double least)
      throws IOException {
    while (metric(metrics, name) < least) {
      viewer.checkAlive();
      LockSupport.parkNanos(POLL.toNanos());
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

  private static Program picture(Bench bench, String topic) throws IOException {
    String file = bench.folder().resolve("viewer.png").toString();
    return start(bench, topic, Map.of(), "--snapshot", file);
  }

  /** As {@code make viewer} starts it. */
  private static Program start(
      Bench bench, String topic, Map<String, String> environment, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            bench.home().resolve("bin/driftwatch").toString(),
            "viewer",
            "--kafka",
            bench.kafka(),
            "--topic",
            topic));
    command.addAll(List.of(options));
    return Program.start(bench.topic("viewer"), command, environment, bench.home(), bench.folder());
  }
}
