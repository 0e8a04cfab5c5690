package org.driftwatch.benchmarks.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.driftwatch.benchmarks.quality.Detection.Course;
import org.driftwatch.benchmarks.quality.Detection.Result;
import org.driftwatch.benchmarks.report.Table;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.source.FileSequence;
import org.driftwatch.emulator.source.StartPoint;
import org.driftwatch.emulator.source.UnreadableRows;
import org.driftwatch.files.LocalFile;
import org.driftwatch.quality.Thresholds;

/**
 * Measures how soon faults are said and how often a healthy detector is accused, on all cores.
 * Gives tables and lines of text.
 */
public final class QualityRuns {
  private static final double LIMIT_RATE = 1000;
  private static final double HIGH_RATE = 100_000;
  private static final double DETECTOR_RATE = 2475;
  private static final double WEEK = 7 * 24 * 3600;
  private static final int MS = 1000;

  /** Streams of healthy running are of this length, s, with a seed of their own each. */
  private static final int STREAM_SECONDS = 12 * 3600;

  private final DetectorDescription detector = DetectorDescription.course();
  private final Thresholds thresholds = Thresholds.standard();
  private final List<Integer> windows;
  private final Consumer<String> progress;
  private final Shapes shapes = new Shapes(detector);
  private final List<String> lines = new ArrayList<>();

  /**
   * Yet to be run.
   *
   * @param windows lengths of the windows, s
   * @param progress takes a line for each thing done
   */
  public QualityRuns(List<Integer> windows, Consumer<String> progress) {
    this.windows = List.copyOf(windows);
    this.progress = progress;
  }

  /** All that was measured, as Markdown. */
  public List<String> lines() {
    return lines;
  }

  /**
   * Measures how soon faults are said, in the middle of a run and from its start.
   *
   * @param seeds how often each, at another place each time
   */
  public void detection(int seeds) throws IOException, InterruptedException {
    for (Course course :
        List.of(
            new Course(LIMIT_RATE, 120, 180, 600, Optional.empty()),
            new Course(LIMIT_RATE, 0, 180, 600, Optional.empty()),
            new Course(LIMIT_RATE, 0, 180, 600, Optional.of(shapes.reference(LIMIT_RATE))),
            new Course(HIGH_RATE, 60, 45, 120, Optional.empty()),
            new Course(HIGH_RATE, 0, 45, 120, Optional.of(shapes.reference(HIGH_RATE))))) {
      detection(course, seeds, Arrays.asList(FaultCase.values()));
    }
  }

  /** Measures some of the faults in one kind of stream. */
  void detection(Course course, int seeds, List<FaultCase> cases)
      throws IOException, InterruptedException {
    List<Callable<List<Result>>> tasks = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      long of = seed;
      tasks.add(() -> new Detection(detector, thresholds, course, windows, cases).play(of));
    }
    long start = System.nanoTime();
    List<Result> results = all(tasks).stream().flatMap(List::stream).toList();
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s: %d faults in %.0f s",
            title(course),
            results.size(),
            (System.nanoTime() - start) / 1e9));
    lines.add(String.format(Locale.ROOT, "#### Faults at %s, %d seeds", title(course), seeds));
    lines.add("");
    lines.addAll(new DetectionReport(course, windows, shapes, results).lines());
  }

  private static String title(Course course) {
    return String.format(
        Locale.ROOT,
        "%,.0f records/s, %s%s",
        course.rate(),
        course.leadSeconds() == 0
            ? "from the start of a run"
            : "after " + course.leadSeconds() + " s",
        course.reference().isPresent() ? ", with a reference" : "");
  }

  /**
   * Counts false alarms of healthy simulated detectors.
   *
   * @param hours of stream at 1,000 records/s, half of it of each of two detectors; and as many
   *     rows at 100,000 records/s
   */
  public void falseAlarms(double hours) throws IOException, InterruptedException {
    long seconds = Math.round(hours * 3600);
    DetectorDescription twoStations = DetectorDescription.load("two-stations");
    falseAlarms(detector, LIMIT_RATE, seconds / 2);
    falseAlarms(twoStations, LIMIT_RATE, seconds / 2);
    falseAlarms(detector, HIGH_RATE, Math.max(60, Math.round(seconds * LIMIT_RATE / HIGH_RATE)));
  }

  void falseAlarms(DetectorDescription of, double rate, long seconds)
      throws IOException, InterruptedException {
    List<Callable<FalseAlarms.Result>> tasks = new ArrayList<>();
    int cores = Runtime.getRuntime().availableProcessors();
    long streams = Math.max(cores, (seconds + STREAM_SECONDS - 1) / STREAM_SECONDS);
    for (long stream = 0; stream < streams; stream++) {
      long seed = 1000 + stream;
      tasks.add(
          () -> FalseAlarms.simulated(of, thresholds, windows, rate, seed, seconds / streams));
    }
    long start = System.nanoTime();
    List<FalseAlarms.Result> results = all(tasks);
    double took = (System.nanoTime() - start) / 1e9;
    long rows = results.stream().mapToLong(FalseAlarms.Result::rows).sum();
    double judging =
        results.stream().mapToLong(FalseAlarms.Result::judgingNanos).sum()
            / 1e3
            / results.stream().mapToLong(FalseAlarms.Result::judgements).sum();
    lines.add(
        String.format(
            Locale.ROOT,
            "#### Healthy %s at %,.0f records/s: %.2f days, %d seeds",
            of.name(),
            rate,
            results.stream().mapToLong(FalseAlarms.Result::seconds).sum() / 86400.0,
            streams));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d rows in %.0f s: %.2f million rows/s; a judgement takes %.0f us.",
            rows,
            took,
            rows / took / 1e6,
            judging));
    lines.add("");
    Table table =
        new Table("window, s", "", "windows", "false alarms", "a week", "95 % from", "to");
    for (int window : windows) {
      double time = results.stream().mapToLong(FalseAlarms.Result::seconds).sum();
      long alarms =
          results.stream()
              .flatMap(r -> r.alarms().stream())
              .filter(a -> a.window() == window)
              .count();
      PoissonInterval interval = PoissonInterval.of(alarms).times(WEEK / time);
      table.row(
          Integer.toString(window),
          isMet(alarms * WEEK / time, interval, time),
          String.format(Locale.ROOT, "%,.0f", time / window),
          Long.toString(alarms),
          Table.number(alarms * WEEK / time),
          Table.number(interval.least()),
          Table.number(interval.most()));
    }
    lines.addAll(table.lines());
    lines.add("");
    for (int i = 0; i < results.size(); i++) {
      listAlarms("seed " + (1000 + i), results.get(i));
    }
    lines.add("");
    progress.accept(
        String.format(
            Locale.ROOT,
            "healthy %s at %,.0f records/s: %.1f days in %.0f s",
            of.name(),
            rate,
            seconds / 86400.0,
            took));
  }

  /** Less than a week can miss one false alarm a week, but not prove it. */
  private static String isMet(double perWeek, PoissonInterval interval, double seconds) {
    if (interval.least() > 1) {
      return "missed";
    }
    return seconds < WEEK ? "" : perWeek <= 1 ? "met" : "missed";
  }

  private void listAlarms(String of, FalseAlarms.Result result) {
    for (FalseAlarms.Alarm alarm : result.alarms()) {
      Episode episode = alarm.episode();
      lines.add(
          String.format(
              Locale.ROOT,
              "- %s, windows of %d s, at %.1f s%s: %s %s: %s",
              of,
              alarm.window(),
              episode.raised() / (double) MS,
              episode.cleared() == Episode.NEVER
                  ? " to the end"
                  : String.format(Locale.ROOT, " to %.1f s", episode.cleared() / (double) MS),
              episode.key(),
              episode.worst(),
              episode.message()));
    }
  }

  /**
   * Plays the real samples as streams; those that are not there are left out.
   *
   * @param folder where they are
   */
  public void samples(Path folder) throws IOException {
    Map<String, String> samples = new LinkedHashMap<>();
    samples.put("minidt-first-999.csv", "course");
    samples.put("minidt-run591-head.dat", "course");
    samples.put("daq-text-first-2000.csv", "daq-text");
    samples.put("daq-blocks-64x1032.bin", "daq-blocks");
    lines.add("#### Real samples");
    lines.add("");
    for (Map.Entry<String, String> sample : samples.entrySet()) {
      Path file = folder.resolve(sample.getKey());
      if (!Files.exists(file)) {
        lines.add("- " + sample.getKey() + " is not there: left out");
        continue;
      }
      DetectorDescription of = DetectorDescription.load(sample.getValue());
      for (double rate : new double[] {LIMIT_RATE, DETECTOR_RATE}) {
        FalseAlarms.Result result = sample(of, file, rate);
        lines.add(
            String.format(
                Locale.ROOT,
                "- %s at %,.0f records/s: %,d rows, %d s, %d alarms",
                sample.getKey(),
                rate,
                result.rows(),
                result.seconds(),
                result.alarms().size()));
        listAlarms(sample.getKey(), result);
      }
    }
    lines.add("");
  }

  private FalseAlarms.Result sample(DetectorDescription of, Path file, double rate)
      throws IOException {
    Consumer<String> unreadable = line -> lines.add("- " + line);
    try (FileSequence rows =
        new FileSequence(
            of,
            List.of(LocalFile.anyVersion(file)),
            StartPoint.FIRST,
            false,
            new UnreadableRows(unreadable),
            unreadable)) {
      return FalseAlarms.play(of, thresholds, windows, rate, rows, Long.MAX_VALUE);
    }
  }

  /** The results of all tasks, in their order; as many at a time as there are cores. */
  private static <T> List<T> all(List<Callable<T>> tasks) throws IOException, InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IOException("a stream could not be judged: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
