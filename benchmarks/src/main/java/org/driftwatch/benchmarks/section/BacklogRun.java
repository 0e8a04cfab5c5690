package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.driftwatch.benchmarks.process.CollectionLog;
import org.driftwatch.benchmarks.process.Contestant;
import org.driftwatch.benchmarks.process.Program;
import org.driftwatch.benchmarks.process.PublishedResults;
import org.driftwatch.benchmarks.process.PublishedResults.Published;
import org.driftwatch.benchmarks.stream.RecordedStream;
import org.driftwatch.benchmarks.stream.Reference;
import org.driftwatch.detector.WindowSummary;

/**
 * One run over a recorded stream that was there before: started, watched from outside through the
 * topic of results, stopped when all windows are published or the time is over.
 */
final class BacklogRun {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final int FEWEST_WINDOWS = 3;

  private record Cpu(Instant at, Duration used) {}

  private final RecordedStream stream;
  private final Instant started;
  private final List<Published> windows = new ArrayList<>();
  private final Map<Instant, WindowSummary> summaries = new HashMap<>();
  private final List<Cpu> cpu = new ArrayList<>();
  private OptionalLong peakMemory = OptionalLong.empty();
  private CollectionLog collections = new CollectionLog(List.of());

  private BacklogRun(RecordedStream stream, Instant started) {
    this.stream = stream;
    this.started = started;
  }

  /**
   * Runs.
   *
   * @param limit after this time from the first result the run is ended, with what it has done
   */
  static BacklogRun of(Bench bench, Contestant contestant, RecordedStream stream, Duration limit)
      throws IOException, InterruptedException {
    String results = bench.topic("results");
    RecordedStream.createResultsTopic(bench.kafka(), results);
    Contestant.Job job =
        new Contestant.Job(
            bench.kafka(),
            stream.topic(),
            results,
            Duration.ofMillis(stream.shape().windowMillis()),
            stream.shape().rowsPerWindow(),
            options(contestant));
    try (PublishedResults published = new PublishedResults(bench.kafka(), results);
        Program program = contestant.start(job, bench.home(), bench.folder())) {
      BacklogRun run = new BacklogRun(stream, program.started());
      run.watch(program, published, limit);
      run.keep(published);
      run.peakMemory = program.peakMemory();
      run.collections = program.collections();
      return run;
    }
  }

  /**
   * What a user sets who has a backlog to work off: each peer has its best settings, too. None of
   * them finds muon segments.
   */
  private static List<String> options(Contestant contestant) {
    return switch (contestant) {
      case SPARK -> List.of("--tracks=false", "--readTimePercentage=0.6");
      case DIRECT, FLINK -> List.of("--tracks=false");
      default -> List.of();
    };
  }

  private void watch(Program program, PublishedResults published, Duration limit)
      throws IOException {
    Instant deadline = Instant.now().plus(START_PATIENCE);
    boolean begun = false;
    while (true) {
      published.poll(POLL);
      cpu.add(new Cpu(Instant.now(), program.cpu()));
      program.checkAlive();
      int done = leading(published);
      if (!begun && done > 0) {
        begun = true;
        deadline = Instant.now().plus(limit);
      }
      if (done == stream.shape().measuredWindows()) {
        return;
      }
      boolean over = Instant.now().isAfter(deadline);
      if (over && !begun) {
        throw new IOException(
            "no window published with all its records within "
                + START_PATIENCE.toSeconds()
                + " s, of "
                + published.windows().size()
                + " begun");
      }
      if (over && done >= Math.min(FEWEST_WINDOWS, stream.shape().measuredWindows())) {
        return;
      }
      if (over && Instant.now().isAfter(deadline.plus(START_PATIENCE))) {
        throw new IOException(
            done
                + " windows published with all their records within "
                + START_PATIENCE.plus(limit).toSeconds()
                + " s");
      }
    }
  }

  /** How many windows from the first on are published, all their records counted. */
  private int leading(PublishedResults published) {
    int count = 0;
    while (count < stream.shape().measuredWindows() && isWhole(published, start(count))) {
      count++;
    }
    return count;
  }

  private boolean isWhole(PublishedResults published, Instant start) {
    Published window = published.windows().get(start);
    return window != null && window.summary().totImport() == stream.shape().rowsPerWindow();
  }

  private Instant start(int window) {
    return RecordedStream.START.plusMillis((long) window * stream.shape().windowMillis());
  }

  private void keep(PublishedResults published) {
    int done = leading(published);
    for (int i = 0; i < done; i++) {
      Published window = published.windows().get(start(i));
      windows.add(window);
      summaries.put(start(i), window.summary());
    }
  }

  /** What differs from the reference, in words; empty where all that was published is equal. */
  Optional<String> difference(String kafka) throws IOException {
    return Reference.difference(kafka, stream, windows.size(), summaries);
  }

  private Instant end() {
    return windows.stream()
        .map(Published::last)
        .max(Instant::compareTo)
        .orElseThrow(() -> new IllegalStateException("no window published"));
  }

  /** Hits of all windows that were published. */
  long hits() {
    return windows.stream().mapToLong(window -> window.summary().hits()).sum();
  }

  /** From the start of the process to the result of the last window. */
  double seconds() {
    return seconds(started, end());
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  /**
   * Throughput: the hits that it has more than a run which is all start-up, by the time that it
   * took longer. When a window is published says little about when its records were read: whoever
   * holds windows back for long would seem the faster for it.
   */
  double hitsPerSecondBeyond(BacklogRun startUp) {
    return (hits() - startUp.hits()) / (seconds() - startUp.seconds());
  }

  /** CPU time of a million hits beyond a run which is all start-up, s. */
  double cpuSecondsPerMillionBeyond(BacklogRun startUp) {
    return (cpuUntil(end()) - startUp.cpuUntil(startUp.end())) * 1e6 / (hits() - startUp.hits());
  }

  private double cpuUntil(Instant at) {
    return cpu.stream()
        .filter(sample -> !sample.at().isAfter(at))
        .reduce((before, after) -> after)
        .map(sample -> sample.used().toNanos() / 1e9)
        .orElse(Double.NaN);
  }

  /** Megabytes allocated for a million hits beyond a run which is all start-up. */
  double allocatedPerMillionBeyond(BacklogRun startUp) {
    return (collections.allocatedUntil(end()) - startUp.collections.allocatedUntil(startUp.end()))
        / (double) (hits() - startUp.hits());
  }

  /** Most memory that was resident, MB; NaN where the system does not say. */
  double peakMegabytes() {
    return peakMemory.isPresent() ? peakMemory.getAsLong() / 1e6 : Double.NaN;
  }

  /** From the start of the process to its first result, s. */
  double secondsToFirstResult() {
    return seconds(started, windows.get(0).first());
  }
}
