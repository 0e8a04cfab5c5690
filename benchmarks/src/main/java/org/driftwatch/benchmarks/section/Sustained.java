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
  static final String MEMORY = "peak memory, MB";
  private static final String ALLOCATED = "allocated, MB per million hits";
  private static final String FIRST = "start to first result, s";

  private static final int SMALL_WINDOW = 1024;

  private Sustained() {}

  /** Runs all contestants, as often as the scale says, each repeat in turn. */
  static void measure(Bench bench, Section section, StreamShape shape, List<Contestant> contestants)
      throws IOException, InterruptedException {
    RecordedStream small = small(bench, shape);
    RecordedStream stream = RecordedStream.write(bench.kafka(), bench.topic("stream"), shape);
    bench.say("stream of " + shape.rows() + " records written");
    for (int repeat = 0; repeat < bench.scale().repeats(); repeat++) {
      for (Contestant contestant : bench.wanted(contestants)) {
        BacklogRun shorter = run(bench, contestant, small);
        BacklogRun longer = run(bench, contestant, stream);
        // The same stream gives the same results: a look at the first repeat is enough.
        if (repeat == 0) {
          check(bench, contestant, longer);
        }
        add(bench, section, contestant, shorter, longer);
      }
    }
    small.delete(bench.kafka());
    stream.delete(bench.kafka());
  }

  /** One window of such a stream, so small that a run over it is all start-up. */
  static RecordedStream small(Bench bench, StreamShape like)
      throws IOException, InterruptedException {
    StreamShape shape =
        new StreamShape(
            like.words(),
            1 + StreamShape.TAIL,
            StreamShape.even(SMALL_WINDOW, like.partitions()),
            StreamShape.USUAL_ORBIT,
            like.partitions(),
            like.windowMillis());
    return RecordedStream.write(bench.kafka(), bench.topic("stream"), shape);
  }

  /** One run, of so long at most that the whole fits the time that a user has for it. */
  static BacklogRun run(Bench bench, Contestant contestant, RecordedStream stream)
      throws IOException, InterruptedException {
    Duration limit = Duration.ofSeconds(3L * bench.scale().seconds());
    return BacklogRun.of(bench, contestant, stream, limit);
  }

  private static void check(Bench bench, Contestant contestant, BacklogRun run) throws IOException {
    Optional<String> difference = run.difference(bench.kafka());
    if (difference.isPresent()) {
      throw new IOException(contestant.title() + ": wrong results: " + difference.get());
    }
    bench.say(contestant.title() + ": results equal the reference");
  }

  private static void add(
      Bench bench, Section section, Contestant contestant, BacklogRun startUp, BacklogRun run) {
    String subject = contestant.title();
    bench.out().add(section.title(), subject, RATE, run.hitsPerSecondBeyond(startUp));
    bench.out().add(section.title(), subject, CPU, run.cpuSecondsPerMillionBeyond(startUp));
    bench.out().add(section.title(), subject, ALLOCATED, run.allocatedPerMillionBeyond(startUp));
    bench.out().add(section.title(), subject, MEMORY, run.peakMegabytes());
    bench.out().add(section.title(), subject, FIRST, startUp.secondsToFirstResult());
    bench.say(
        String.format(
            Locale.ROOT,
            "%-34s %,12.0f hits/s (%,d hits, the last result after %.1f s; first result of a"
                + " small stream after %.1f s)",
            subject,
            run.hitsPerSecondBeyond(startUp),
            run.hits(),
            run.seconds(),
            startUp.secondsToFirstResult()));
  }
}
