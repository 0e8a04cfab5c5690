package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.util.List;
import org.driftwatch.benchmarks.process.Contestant;
import org.driftwatch.benchmarks.stream.StreamShape;

/** Ours on each runner: blocks of words, as the laboratory's online system sends them. */
final class WordsSection {
  /** Rows that the fastest takes in a second, about: what the sizes of streams follow. */
  static final int ROWS_PER_SECOND = 2_500_000;

  static final List<Contestant> OURS = List.of(Contestant.SPARK, Contestant.DIRECT);

  private static final int WINDOWS = 20;

  private WordsSection() {}

  static void run(Bench bench) throws IOException, InterruptedException {
    int rows = bench.scale().seconds() * ROWS_PER_SECOND / WINDOWS;
    Sustained.measure(
        bench,
        Section.WORDS,
        StreamShape.words(WINDOWS, rows, 1),
        List.of(Contestant.SPARK, Contestant.DIRECT, Contestant.FLINK, Contestant.FLOOR));
  }
}
