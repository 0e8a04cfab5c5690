package org.driftwatch.benchmarks.section;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.driftwatch.benchmarks.process.Contestant;
import org.driftwatch.benchmarks.report.Measurements;

/**
 * What every section works with.
 *
 * @param kafka bootstrap servers of the broker; empty for sections that use none
 * @param home the project's folder
 * @param folder for logs and temporary files
 * @param scale how long and how often
 * @param only who is measured; the others are left out
 * @param out takes the measurements
 * @param progress takes a line for each thing done
 * @param names counts the topics made, so that each has a name of its own
 */
public record Bench(
    String kafka,
    Path home,
    Path folder,
    Scale scale,
    Set<Contestant> only,
    Measurements out,
    PrintStream progress,
    AtomicInteger names) {

  /**
   * How long and how often is measured.
   *
   * @param seconds about how long a backlog lasts the fastest, s
   * @param repeats how often each backlog is run
   * @param stretch how long a rate is held live, s
   * @param seeds how often each fault of the detector is judged, at another place each time
   * @param hours how long healthy detectors are judged, hours of their stream
   * @param windows lengths of the windows that are judged, s
   * @param samples folder of recorded detector data, which is judged too
   * @param rows of the files that a batch reads, one number a file
   */
  public record Scale(
      int seconds,
      int repeats,
      int stretch,
      int seeds,
      double hours,
      List<Integer> windows,
      Path samples,
      List<Long> rows) {

    /** Copies the lists. */
    public Scale {
      windows = List.copyOf(windows);
      rows = List.copyOf(rows);
    }
  }

  /** A topic's name that was not used before. */
  String topic(String what) {
    return what + "-" + names.incrementAndGet();
  }

  /** Those of them who are to be measured. */
  List<Contestant> wanted(List<Contestant> contestants) {
    return contestants.stream().filter(only::contains).toList();
  }

  void say(String line) {
    progress.println("  " + line);
  }
}
