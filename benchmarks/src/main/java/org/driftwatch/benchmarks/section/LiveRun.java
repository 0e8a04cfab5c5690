package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.driftwatch.benchmarks.process.Contestant;
import org.driftwatch.benchmarks.process.Program;
import org.driftwatch.benchmarks.process.PublishedResults;
import org.driftwatch.benchmarks.process.PublishedResults.Published;
import org.driftwatch.benchmarks.stream.RecordedStream;

/** A monitor that runs, and the emulator sending to it at one rate after the other. */
final class LiveRun implements AutoCloseable {
  private static final Duration WINDOW = Duration.ofSeconds(1);

  /** How far out of order the monitor lets records be; the emulator's are within it. */
  static final Duration DELAY = Duration.ofMillis(100);

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration SETTLE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final double GROWTH_SECONDS = 0.5;
  private static final double LONGEST_SECONDS = 5;
  private static final double EMULATOR_SHARE = 0.97;

  private final Bench bench;
  private final Program monitor;
  private final PublishedResults published;
  private final String topic;
  private final String format;
  private Instant lastWindow = Instant.EPOCH;

  private LiveRun(
      Bench bench, Program monitor, PublishedResults published, String topic, String format) {
    this.bench = bench;
    this.monitor = monitor;
    this.published = published;
    this.topic = topic;
    this.format = format;
  }

  /**
   * How a rate went.
   *
   * @param latencies from each window's end to its result, s, in the order of the windows
   * @param missing windows that were not published in time
   * @param emulatorFellBehind true where the emulator itself did not hold the rate
   */
  record Stretch(List<Double> latencies, int missing, boolean emulatorFellBehind) {
    /** True where results came, and not later and later. */
    boolean isHeld() {
      if (latencies.size() < 2 || missing > 0 || emulatorFellBehind) {
        return false;
      }
      int third = Math.max(1, latencies.size() / 3);
      double growth =
          mean(latencies.subList(latencies.size() - third, latencies.size()))
              - mean(latencies.subList(0, third));
      return growth < GROWTH_SECONDS && latency(1) < LONGEST_SECONDS;
    }

    private static double mean(List<Double> values) {
      return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    }

    /** What so large a share of the windows did not exceed, s; NaN without windows. */
    double latency(double share) {
      if (latencies.isEmpty()) {
        return Double.NaN;
      }
      List<Double> sorted = latencies.stream().sorted().toList();
      return sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
    }
  }

  /** Starts a monitor on a topic that is still empty. */
  static LiveRun start(Bench bench, Contestant contestant, String format)
      throws IOException, InterruptedException {
    String topic = bench.topic("live");
    String results = bench.topic("results");
    RecordedStream.createTopic(bench.kafka(), topic, 1);
    RecordedStream.createResultsTopic(bench.kafka(), results);
    Contestant.Job job =
        new Contestant.Job(
            bench.kafka(),
            topic,
            results,
            WINDOW,
            0,
            List.of("--watermarkDelay=" + DELAY.toMillis() + "ms"));
    Program monitor = contestant.start(job, bench.home(), bench.folder());
    try {
      monitor.awaitLine("Monitoring", START_PATIENCE);
      PublishedResults published = new PublishedResults(bench.kafka(), results);
      return new LiveRun(bench, monitor, published, topic, format);
    } catch (IOException | InterruptedException e) {
      monitor.close();
      throw e;
    }
  }

  /** Sends at a rate for so long, and watches what comes out. */
  Stretch hold(double rate, Duration length) throws IOException, InterruptedException {
    Instant from;
    Instant to;
    EmulatorRun sent;
    try (Program emulator =
        EmulatorRun.start(
            bench,
            topic,
            format,
            "--rate",
            Double.toString(rate),
            "--duration",
            Long.toString(length.toSeconds() + SETTLE.toSeconds()))) {
      sent = EmulatorRun.ended(emulator, length.plus(SETTLE));
      to = windowStart(Instant.now().minus(Duration.ofMillis(500)));
      from = windowStart(to.minus(length)).plus(WINDOW);
    }
    lastWindow = to.minus(WINDOW);
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!published.windows().containsKey(lastWindow) && Instant.now().isBefore(deadline)) {
      published.poll(POLL);
      monitor.checkAlive();
    }
    List<Double> latencies = new ArrayList<>();
    int missing = 0;
    for (Instant start = from; start.isBefore(to); start = start.plus(WINDOW)) {
      Published window = published.windows().get(start);
      if (window == null) {
        missing++;
      } else {
        latencies.add(Duration.between(start.plus(WINDOW), window.first()).toMillis() / 1000.0);
      }
    }
    return new Stretch(latencies, missing, sent.recordsPerSecond() < EMULATOR_SHARE * rate);
  }

  private static Instant windowStart(Instant at) {
    return Instant.ofEpochMilli(at.toEpochMilli() - at.toEpochMilli() % WINDOW.toMillis());
  }

  /** Waits until what was sent is worked off, so that the next rate begins afresh. */
  void awaitRest() throws IOException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      published.poll(POLL);
      monitor.checkAlive();
      Map.Entry<Instant, Published> last = published.windows().lastEntry();
      if (last != null && !last.getKey().isBefore(lastWindow)) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    published.close();
    monitor.close();
    try {
      RecordedStream.deleteTopic(bench.kafka(), topic);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
