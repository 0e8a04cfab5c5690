package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The inner parts with JMH, each in a JVM of its own: time, and what is allocated. */
final class MicroSection {
  /** Quantities, as the tables name them. */
  static final String TIME = "time, ns";

  static final String ALLOCATED = "allocated, bytes";

  static final String JSON = "parsing a JSON hit";
  static final String WORD = "parsing a word";
  static final String ACCUMULATE = "accumulating a hit, merge and counting included";
  static final String SEGMENTS = "accumulating a hit, muon segments included";

  private static final Map<String, String> SUBJECTS = subjects();
  private static final String ALLOCATION_RATE = "gc.alloc.rate.norm";

  private MicroSection() {}

  private static Map<String, String> subjects() {
    Map<String, String> subjects = new LinkedHashMap<>();
    subjects.put("ParseBenchmark.json", JSON);
    subjects.put("ParseBenchmark.csv", "parsing a CSV hit");
    subjects.put("ParseBenchmark.word", WORD);
    subjects.put("AccumulateBenchmark.pack", "mapping to a cell and packing a hit");
    subjects.put("AccumulateBenchmark.accumulateMergeCount", ACCUMULATE);
    subjects.put("AccumulateBenchmark.accumulateMergeCountSegments", SEGMENTS);
    subjects.put(
        "AccumulateBenchmark.accumulateEncode", "accumulating and encoding a bundle, per hit");
    subjects.put("AccumulateBenchmark.decodeMerge", "decoding and merging bundles, per hit");
    subjects.put(
        "CoderBenchmark.recordBlock", "coding raw JSON records there and back, per record");
    subjects.put("CoderBenchmark.wordBlock", "coding parsed words there and back, per word");
    subjects.put("SummaryBenchmark.summaryToJson", "a window's counts to JSON, per window");
    return subjects;
  }

  static void run(Bench bench) throws IOException {
    boolean brief = bench.scale().seconds() < 4;
    OptionsBuilder options = new OptionsBuilder();
    SUBJECTS.keySet().forEach(name -> options.include("\\." + name.replace(".", "\\.") + "$"));
    options
        .mode(org.openjdk.jmh.annotations.Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .warmupIterations(brief ? 1 : 3)
        .warmupTime(TimeValue.milliseconds(brief ? 200 : 1000))
        .measurementIterations(brief ? 2 : 5)
        .measurementTime(TimeValue.milliseconds(brief ? 200 : 1000))
        .forks(1)
        .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseG1GC")
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT);
    Collection<RunResult> results;
    try {
      results = new Runner(options.build()).run();
    } catch (RunnerException e) {
      throw new IOException("JMH: " + e.getMessage(), e);
    }
    for (Map.Entry<String, String> subject : SUBJECTS.entrySet()) {
      RunResult result =
          results.stream()
              .filter(r -> name(r.getParams()).equals(subject.getKey()))
              .findFirst()
              .orElseThrow(() -> new IOException("JMH gave no result of " + subject.getKey()));
      add(bench, subject.getValue(), result);
    }
  }

  private static String name(BenchmarkParams params) {
    String full = params.getBenchmark();
    int method = full.lastIndexOf('.');
    return full.substring(full.lastIndexOf('.', method - 1) + 1);
  }

  private static void add(Bench bench, String subject, RunResult result) {
    String section = Section.MICRO.title();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        bench.out().add(section, subject, TIME, iteration.getPrimaryResult().getScore());
        Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATION_RATE);
        if (allocated != null) {
          bench.out().add(section, subject, ALLOCATED, allocated.getScore());
        }
      }
    }
    bench.say(subject + ": " + result.getPrimaryResult().getScore() + " ns");
  }
}
