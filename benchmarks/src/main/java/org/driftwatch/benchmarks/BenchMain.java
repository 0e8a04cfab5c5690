package org.driftwatch.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.driftwatch.benchmarks.process.Broker;
import org.driftwatch.benchmarks.process.Contestant;
import org.driftwatch.benchmarks.report.Measurements;
import org.driftwatch.benchmarks.report.RawResults;
import org.driftwatch.benchmarks.report.Report;
import org.driftwatch.benchmarks.section.Bench;
import org.driftwatch.benchmarks.section.Section;
import org.driftwatch.benchmarks.section.Targets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Measures, and writes down what was measured. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures Driftwatch and what people would use instead, on this machine.")
public final class BenchMain implements Callable<Integer> {
  @Option(
      names = "--section",
      paramLabel = "NAME",
      split = ",",
      description =
          "measure these parts only: micro, peers, words, batch, live, growth, emulator, viewer, quality"
              + " (default: all)."
              + " BENCHMARKS.md is written by a run of all only")
  private List<Section> sections = new ArrayList<>();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description =
          "measure these only: spark, direct, flink, plain_spark, one_pass_spark, kafka_streams, loop, floor"
              + " (default: all)")
  private List<Contestant> only = new ArrayList<>();

  @Option(
      names = "--backlog",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "about how long a backlog lasts the fastest (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "2",
      description = "how often each backlog is run (default: ${DEFAULT-VALUE})")
  private int repeats;

  @Option(
      names = "--stretch",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "how long a rate has to be held live (default: ${DEFAULT-VALUE})")
  private int stretch;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "how often each fault of the detector is judged, at another place each time (default:"
              + " ${DEFAULT-VALUE})")
  private int seeds;

  @Option(
      names = "--hours",
      paramLabel = "HOURS",
      defaultValue = "24",
      description =
          "how long healthy detectors are judged, hours of their stream: 168 for a week (default:"
              + " ${DEFAULT-VALUE})")
  private double hours;

  @Option(
      names = "--windows",
      paramLabel = "SECONDS",
      split = ",",
      defaultValue = "1,2,5",
      description = "lengths of the windows that are judged (default: ${DEFAULT-VALUE})")
  private List<Integer> windows = new ArrayList<>();

  @Option(
      names = "--samples",
      paramLabel = "FOLDER",
      defaultValue = "samples",
      description =
          "recorded detector data, which is judged too; left out where it is not there (default:"
              + " ${DEFAULT-VALUE})")
  private Path samples;

  @Option(
      names = "--rows",
      paramLabel = "ROWS",
      split = ",",
      defaultValue = "10000000,106000000",
      description =
          "rows of the files that a static batch reads; Spark is measured on the smallest only"
              + " (default: ${DEFAULT-VALUE})")
  private List<Long> rows = new ArrayList<>();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      defaultValue = "BENCHMARKS.md",
      description = "the file a whole run is written into (default: ${DEFAULT-VALUE})")
  private Path report;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      defaultValue = "target/bench.json",
      description =
          "the file that every value measured is written into (default: ${DEFAULT-VALUE})")
  private Path json;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "values of an earlier run, written by --json, to compare with (default: none)")
  private Path compare;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private BenchMain() {}

  /** Measures; see {@code --help}. Run in the project's folder, after a build. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new BenchMain());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("bench: " + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (seconds < 1
        || repeats < 1
        || stretch < 3
        || seeds < 0
        || !(hours >= 0)
        || windows.stream().anyMatch(window -> window < 1)
        || rows.stream().anyMatch(number -> number < 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "--backlog "
              + seconds
              + " --repeats "
              + repeats
              + " --stretch "
              + stretch
              + " --seeds "
              + seeds
              + " --hours "
              + hours
              + " --windows "
              + windows
              + " --rows "
              + rows
              + ": expected 1, 1, 3, 0, 0, 1 and 1 or more");
    }
    boolean whole = sections.isEmpty() && only.isEmpty();
    List<Section> wanted = sections.isEmpty() ? Arrays.asList(Section.values()) : sections;
    // Before half an hour is spent: a file that cannot be read is told at once.
    Measurements before = compare == null ? new Measurements() : RawResults.read(compare);
    Measurements measurements = new Measurements();
    Instant started = Instant.now();
    double stolen = Report.stolenSeconds();
    measure(wanted, measurements);
    String how = how(Duration.between(started, Instant.now()), Report.stolenSeconds() - stolen);
    Report written =
        new Report(
            measurements,
            Targets.of(measurements),
            Arrays.stream(Section.values()).map(Section::title).toList(),
            how);
    written.lines().forEach(System.out::println);
    if (compare != null) {
      RawResults.comparison(before, measurements).forEach(System.out::println);
    }
    RawResults.write(json, Report.about(how), measurements);
    System.out.println();
    System.out.println("Every value: " + json);
    if (whole) {
      written.writeInto(report);
      System.out.println();
      System.out.println("Written into " + report);
    }
    return CommandLine.ExitCode.OK;
  }

  private String how(Duration took, double stolen) {
    return String.format(
        Locale.ROOT,
        "One run of %d min: backlogs of about %d s for the fastest, each run %d times,"
            + " live rates held for %d s.%s",
        Math.max(1, took.toMinutes()),
        seconds,
        repeats,
        stretch,
        Double.isNaN(stolen)
            ? ""
            : String.format(
                Locale.ROOT, " Stolen by other guests of the host: %.1f core-seconds.", stolen));
  }

  private void measure(List<Section> wanted, Measurements measurements)
      throws IOException, InterruptedException {
    Path home = Path.of("").toAbsolutePath();
    Path folder = home.resolve("target/bench");
    clear(folder);
    Files.createDirectories(folder);
    Bench.Scale scale =
        new Bench.Scale(seconds, repeats, stretch, seeds, hours, windows, samples, rows);
    boolean usesKafka = wanted.stream().anyMatch(Section::usesKafka);
    try (Broker broker = usesKafka ? Broker.start(home, folder) : null) {
      AtomicInteger names = new AtomicInteger();
      for (Section section : wanted) {
        System.out.println(section.title());
        section.run(
            new Bench(
                broker == null ? "" : broker.servers(),
                home,
                folder,
                scale,
                only.isEmpty() ? EnumSet.allOf(Contestant.class) : EnumSet.copyOf(only),
                measurements,
                System.out,
                names));
        System.out.println();
      }
    }
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
