package org.driftwatch.benchmarks.section;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.driftwatch.benchmarks.process.BatchContestant;
import org.driftwatch.benchmarks.process.Program;
import org.driftwatch.benchmarks.report.JsonDifference;
import org.driftwatch.benchmarks.report.Measurements.Measured;
import org.driftwatch.benchmarks.stream.SimulatedFile;

/**
 * The static batch beside a database and a cluster's engine, over the same rows in files: whole
 * processes, in turn, from start to end. All summaries of a file's rows must be equal.
 */
final class BatchSection {
  /** Quantities, as the tables name them. */
  static final String TIME = "start to end, s";

  static final String MEMORY = "peak memory, MB";

  /** What targets ask of the largest file: ratios of medians, the most memory of any run. */
  static final String LARGEST = "Driftwatch, the largest file";

  static final String TO_DUCKDB = "CSV, time to that of (e) DuckDB";
  static final String WORDS_TO_CSV = "words, speed to that of CSV";

  private static final String RATE = "rows/s, start included";
  private static final String CPU = "CPU, core-seconds";

  /** Rows of a file of 1 MB. */
  static final long SMALL_ROWS = 45_000;

  /** A ratio of medians wants three runs at least. */
  private static final int LEAST_REPEATS = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /** Spark takes minutes of the largest file, and says nothing more of it. */
  private static final Set<BatchContestant> ON_EVERY_FILE =
      EnumSet.complementOf(EnumSet.of(BatchContestant.SPARK, BatchContestant.SPARK_SQL));

  private final Bench bench;
  private final ObjectMapper json = new ObjectMapper();

  private BatchSection(Bench bench) {
    this.bench = bench;
  }

  static void run(Bench bench) throws IOException, InterruptedException {
    BatchSection section = new BatchSection(bench);
    section.measure(SMALL_ROWS, ON_EVERY_FILE);
    TreeSet<Long> sizes = new TreeSet<>(bench.scale().rows());
    for (long rows : sizes) {
      section.measure(
          rows, rows == sizes.first() ? EnumSet.allOf(BatchContestant.class) : ON_EVERY_FILE);
    }
    section.compare(sizes.last());
  }

  /** How a contestant over so many rows is named in tables. */
  static String subject(BatchContestant contestant, long rows) {
    return contestant.title() + String.format(Locale.ROOT, ", %,d rows", rows);
  }

  private void compare(long rows) {
    String section = Section.BATCH.title();
    double csv = time(BatchContestant.CSV, rows);
    bench.out().add(section, LARGEST, TO_DUCKDB, csv / time(BatchContestant.DUCKDB_CSV, rows));
    bench.out().add(section, LARGEST, WORDS_TO_CSV, csv / time(BatchContestant.WORDS, rows));
    Stream.of(BatchContestant.CSV, BatchContestant.WORDS)
        .flatMap(of -> bench.out().find(section, subject(of, rows), MEMORY).stream())
        .mapToDouble(Measured::most)
        .max()
        .ifPresent(most -> bench.out().add(section, LARGEST, MEMORY, most));
  }

  private double time(BatchContestant contestant, long rows) {
    return bench
        .out()
        .find(Section.BATCH.title(), subject(contestant, rows), TIME)
        .map(Measured::median)
        .orElseThrow(() -> new IllegalStateException(contestant + " was not measured"));
  }

  private void measure(long rows, Set<BatchContestant> contestants)
      throws IOException, InterruptedException {
    Map<String, Path> files = new TreeMap<>();
    for (BatchContestant contestant : contestants) {
      if (!files.containsKey(contestant.ending())) {
        Path file = SimulatedFile.write(rows, contestant.ending(), bench.home(), bench.folder());
        files.put(contestant.ending(), file);
        bench.say(
            String.format(Locale.ROOT, "%s of %,d bytes", file.getFileName(), Files.size(file)));
      }
    }
    List<JsonNode> first = new ArrayList<>();
    int repeats = Math.max(LEAST_REPEATS, bench.scale().repeats());
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (BatchContestant contestant : contestants) {
        JsonNode summary = run(contestant, rows, files.get(contestant.ending()));
        if (first.isEmpty()) {
          first.add(summary);
        }
        check(contestant, summary, first.get(0));
      }
    }
    bench.say("all summaries are equal");
    for (Path file : files.values()) {
      Files.delete(file);
    }
  }

  private JsonNode run(BatchContestant contestant, long rows, Path file)
      throws IOException, InterruptedException {
    Path output = bench.folder().resolve("summary.json");
    Files.deleteIfExists(output);
    try (Program program = contestant.start(file, output, bench.home(), bench.folder())) {
      Program.Cost cost = program.awaitEndWatching(PATIENCE);
      String section = Section.BATCH.title();
      String subject = subject(contestant, rows);
      bench.out().add(section, subject, TIME, cost.seconds());
      bench.out().add(section, subject, RATE, rows / cost.seconds());
      bench.out().add(section, subject, CPU, cost.cpuSeconds());
      bench.out().add(section, subject, MEMORY, cost.peakMegabytes());
      bench.say(
          String.format(
              Locale.ROOT,
              "%-52s %7.2f s, %7.2f core-s, %,6.0f MB",
              subject,
              cost.seconds(),
              cost.cpuSeconds(),
              cost.peakMegabytes()));
      return json.readTree(output.toFile());
    }
  }

  /**
   * All must say the same: they share no code that counts. What a peer does not compute, it does
   * not have to.
   */
  private static void check(BatchContestant contestant, JsonNode summary, JsonNode first)
      throws IOException {
    Optional<String> difference = JsonDifference.first(summary, first);
    if (difference.isPresent()) {
      throw new IOException(
          "summaries differ: that of "
              + BatchContestant.CSV.title()
              + " to that of "
              + contestant.title()
              + ": "
              + difference.get());
    }
  }
}
