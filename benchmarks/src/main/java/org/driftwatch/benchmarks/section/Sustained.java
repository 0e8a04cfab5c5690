package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.benchmarks.process.Contestant;
import org.driftwatch.benchmarks.stream.RecordedStream;
import org.driftwatch.benchmarks.stream.StreamShape;

/** Throughput from a backlog and what it costs: contestants in turn, on one recorded stream. */
final class Sustained {
  /** Quantities, as the tables name them. */
  static final String RATE = "sustained, hits/s";

  static final String CPU = "CPU, core-seconds per million hits";
  static final String ALLOCATED = "allocated, MB per million hits";
  static final String MEMORY = "peak memory, MB";
  static final String FIRST = "start to first result, s";

  private Sustained() {}

  /** Runs all contestants, as often as the scale says, each repeat in turn. */
  static void measure(
      Bench bench, Section section, StreamShape shape, List<Contestant> contestants)
      throws IOException, InterruptedException {
    RecordedStream stream = RecordedStream.write(bench.kafka(), bench.topic("stream"), shape);
    bench.say("stream of " + shape.rows() + " records written");
    for (int repeat = 0; repeat < bench.scale().repeats(); repeat++) {
      for (Contestant contestant : bench.wanted(contestants)) {
        BacklogRun run = run(bench, contestant, stream, repeat == 0);
        add(bench, section, contestant, run);
      }
    }
    stream.delete(bench.kafka());
  }

  /**
   * One run.
   *
   * @param check whether the results are compared with the reference; the same stream gives the
   *     same results, so once is enough
   */
  static BacklogRun run(
      Bench bench, Contestant contestant, RecordedStream stream, boolean check)
      throws IOException, InterruptedException {
    BacklogRun run =
        BacklogRun.of(
            bench,
            contestant,
            stream,
            Duration.ofSeconds(3L * bench.scale().seconds()),
            List.of());
    Optional<String> difference = check ? run.difference(bench.kafka()) : Optional.empty();
    if (difference.isPresent()) {
      throw new IOException(contestant.title() + ": wrong results: " + difference.get());
    }
    bench.say(
        String.format(
            Locale.ROOT,
            "%-34s %,12.0f hits/s%s",
            contestant.title(),
            run.hitsPerSecond(),
            check ? ", results equal the reference" : ""));
    return run;
  }

  private static void add(Bench bench, Section section, Contestant contestant, BacklogRun run) {
    String subject = contestant.title();
    bench.out().add(section.title(), subject, RATE, run.hitsPerSecond());
    bench.out().add(section.title(), subject, CPU, run.cpuSecondsPerMillion());
    bench.out().add(section.title(), subject, ALLOCATED, run.allocatedPerMillion());
    bench.out().add(section.title(), subject, MEMORY, run.peakMegabytes());
    bench.out().add(section.title(), subject, FIRST, run.secondsToFirstResult());
  }
}
