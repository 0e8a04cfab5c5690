package org.driftwatch.benchmarks.quality;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.emulator.pace.SteadyPace;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.quality.Check;

/**
 * What the counts of a long stream look like, healthy or with a fault all the time, and how soon
 * statistics allow to tell one from the other. At another rate of records all rates are others in
 * proportion. Not safe for use by several threads.
 */
final class Shapes {
  private static final long SEED = 7;
  private static final double RATE = 1000;

  /** Long enough that shapes are known to a percent, s. */
  private static final int SECONDS = 20_000;

  private static final int MS = 1000;

  private final DetectorDescription detector;
  private final Map<List<String>, long[]> known = new HashMap<>();

  Shapes(DetectorDescription detector) {
    this.detector = detector;
  }

  /** A healthy run at this rate of records per second, added up. */
  WindowSummary reference(double rate) throws IOException {
    Instant end = WindowSums.START;
    Instant start = end.minusMillis(Math.round(SECONDS * MS * RATE / rate));
    return WindowSums.summary(
        detector, new WindowSummary.Span(start, end), counts(List.of()), /* revision= */ 0);
  }

  /**
   * The time from the beginning of a fault to the verdict that statistics allow: that of the best
   * test, until the window ends, and the way to the judge, s. A fault from the start of a run
   * begins with a window; any other half a window before the end of one, on the average.
   *
   * @param window length of the windows, s
   */
  double allowedSeconds(FaultCase.Drawn fault, Detection.Course course, int window)
      throws IOException {
    long[] healthy = counts(List.of());
    long[] faulty = counts(fault.faults());
    int verdicts = detector.chambers().size() * Check.values().length;
    double best =
        StatisticalLimit.seconds(
            fault.bins().stream().mapToLong(i -> healthy[i]).toArray(),
            SECONDS,
            fault.bins().stream().mapToLong(i -> faulty[i]).toArray(),
            SECONDS,
            StatisticalLimit.chance(window, verdicts));
    best *= RATE / course.rate();
    double told =
        course.leadSeconds() == 0 ? window * Math.ceil(best / window) : best + window / 2.0;
    return told + VirtualMonitor.PUBLISHED_MS / (double) MS;
  }

  private long[] counts(List<String> faults) throws IOException {
    long[] counts = known.get(faults);
    if (counts == null) {
      counts = play(faults);
      known.put(faults, counts);
    }
    return counts;
  }

  private long[] play(List<String> faults) throws IOException {
    long[] counts = new long[SummaryLayout.of(detector).size()];
    Lane trunk = Lane.healthy(detector, second -> {}, second -> true);
    Lane lane =
        Lane.faulty(
            detector,
            faults,
            0,
            (long) SECONDS * MS,
            Transport.sound(),
            SEED,
            second -> WindowSums.add(second.complete(), counts),
            second -> second >= SECONDS);
    new VirtualRun(
            detector, new Simulator(detector, SEED), new SteadyPace(RATE), trunk, List.of(lane))
        .play();
    return counts;
  }
}
