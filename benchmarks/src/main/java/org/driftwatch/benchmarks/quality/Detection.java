package org.driftwatch.benchmarks.quality;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.emulator.pace.SteadyPace;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.quality.Thresholds;

/**
 * All faults at one rate, each in a lane of its own beside the same healthy stream. Not safe for
 * use by several threads.
 */
final class Detection {
  private static final int MS = 1000;

  /** When in a window a fault begins is left to chance: all lengths divide this, ms. */
  private static final int PHASE_MS = 10 * MS;

  /**
   * How a stream with a fault is made up.
   *
   * @param rate records per second
   * @param leadSeconds healthy running before the fault; 0 for a fault from the start
   * @param faultSeconds how long the fault lasts
   * @param afterSeconds healthy running after it, at the most: the stream ends when all is calm
   * @param reference windows of a healthy run at this rate, added up; empty for none
   */
  record Course(
      double rate,
      int leadSeconds,
      int faultSeconds,
      int afterSeconds,
      Optional<WindowSummary> reference) {}

  /**
   * A fault that was played.
   *
   * @param seed of the stream
   * @param fault what
   * @param drawn where
   * @param window length of the windows, s
   * @param outcome what became of it
   */
  record Result(long seed, FaultCase fault, FaultCase.Drawn drawn, int window, Outcome outcome) {}

  private final DetectorDescription detector;
  private final Thresholds thresholds;
  private final Course course;
  private final List<Integer> windows;
  private final List<FaultCase> cases;

  /**
   * Faults yet to be played.
   *
   * @param windows lengths of the windows, s
   */
  Detection(
      DetectorDescription detector,
      Thresholds thresholds,
      Course course,
      List<Integer> windows,
      List<FaultCase> cases) {
    this.detector = detector;
    this.thresholds = thresholds;
    this.course = course;
    this.windows = windows;
    this.cases = cases;
  }

  /** A lane's fault, and those who watch for it. */
  private record Watched(
      FaultCase fault, FaultCase.Drawn drawn, List<VirtualMonitor> monitors, Lane lane) {}

  /** Plays all faults with this seed. */
  List<Result> play(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    boolean fromStart = course.leadSeconds() == 0;
    long from = fromStart ? 0 : course.leadSeconds() * (long) MS + random.nextInt(PHASE_MS);
    long to = from + course.faultSeconds() * (long) MS;
    List<Watched> all = new ArrayList<>();
    for (FaultCase fault : cases) {
      all.add(watched(fault, seed, random, from, to));
    }
    List<VirtualMonitor> healthy = monitors();
    Lane trunk =
        Lane.healthy(
            detector,
            second -> healthy.forEach(monitor -> monitor.second(second)),
            second -> second * MS >= from && all.stream().allMatch(one -> one.lane().isOver()));
    new VirtualRun(
            detector,
            new Simulator(detector, seed),
            new SteadyPace(course.rate()),
            trunk,
            all.stream().map(Watched::lane).toList())
        .play();
    List<Result> results = new ArrayList<>();
    for (Watched one : all) {
      long delay = one.fault().delayMillis();
      for (int i = 0; i < windows.size(); i++) {
        Outcome outcome =
            Outcome.of(
                one.drawn(),
                one.monitors().get(i).episodes(),
                healthy.get(i).episodes(),
                from + delay,
                to + delay);
        results.add(new Result(seed, one.fault(), one.drawn(), windows.get(i), outcome));
      }
    }
    return results;
  }

  private List<VirtualMonitor> monitors() {
    return windows.stream()
        .map(seconds -> new VirtualMonitor(detector, thresholds, course.reference(), seconds))
        .toList();
  }

  private Watched watched(FaultCase fault, long seed, SplittableRandom random, long from, long to) {
    FaultCase.Drawn drawn = fault.draw(detector, random);
    List<VirtualMonitor> monitors = monitors();
    Transport transport =
        new Transport(drawn.malformed(), drawn.late(), from, to, random.nextLong());
    long calmFrom = to + fault.delayMillis() + PHASE_MS;
    long last = to + course.afterSeconds() * (long) MS;
    LongPredicate ends =
        second ->
            second * MS >= last
                || (second * MS >= calmFrom && monitors.stream().noneMatch(VirtualMonitor::alarms));
    Lane lane =
        Lane.faulty(
            detector,
            drawn.faults(),
            from,
            to,
            transport,
            seed,
            second -> monitors.forEach(monitor -> monitor.second(second)),
            ends);
    return new Watched(fault, drawn, monitors, lane);
  }
}
