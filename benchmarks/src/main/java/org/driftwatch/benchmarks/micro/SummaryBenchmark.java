package org.driftwatch.benchmarks.micro;

import java.time.Instant;
import java.util.Optional;
import org.driftwatch.benchmarks.stream.Readout;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.summarise.HistogramCombiner;
import org.driftwatch.pipelines.summarise.WindowCounts;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A window's counts to the message that is published, per window. */
@State(Scope.Thread)
public class SummaryBenchmark {
  private static final int HITS = 100_000;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final DetectorDescription detector = DetectorDescription.course();
  private final Optional<WindowSummary.Span> span =
      Optional.of(new WindowSummary.Span(START, START.plusSeconds(5)));
  private WindowCounts counts;

  /** Counts a window. */
  @Setup
  public void count() {
    long[] hits = Readout.pack(Readout.hits(HITS));
    HistogramCombiner combiner = Readout.combiner(true);
    counts =
        combiner.extractOutput(
            combiner.addInput(combiner.createAccumulator(), new WordBlock(HITS, 0, hits)));
  }

  /** The summary, and its JSON. */
  @Benchmark
  public byte[] summaryToJson() {
    return SummaryJson.write(counts.summary(detector, span, 0));
  }
}
