package org.driftwatch.benchmarks.quality;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.pace.SteadyPace;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.quality.Thresholds;

/** Streams in which nothing is wrong: every alarm of theirs is a false one. */
final class FalseAlarms {
  private FalseAlarms() {}

  /**
   * A stream that was played.
   *
   * @param rows rows of it
   * @param seconds how long it was, s of the stream
   * @param alarms all alarms, those of the shortest windows first
   * @param judgements how often the judges were asked
   * @param judgingNanos how long their work took, ns of processor time
   */
  record Result(long rows, long seconds, List<Alarm> alarms, long judgements, long judgingNanos) {}

  /**
   * An alarm and the length of the windows that it was raised for, s.
   *
   * @param episode the alarm
   */
  record Alarm(int window, Episode episode) {}

  /**
   * Plays the simulated detector.
   *
   * @param windows lengths of the windows, s
   * @param seconds how long, s of the stream
   */
  static Result simulated(
      DetectorDescription detector,
      Thresholds thresholds,
      List<Integer> windows,
      double rate,
      long seed,
      long seconds)
      throws IOException {
    return play(detector, thresholds, windows, rate, new Simulator(detector, seed), seconds);
  }

  /** Plays a source to its end, or for so many seconds of the stream. */
  static Result play(
      DetectorDescription detector,
      Thresholds thresholds,
      List<Integer> windows,
      double rate,
      RecordSource source,
      long seconds)
      throws IOException {
    List<VirtualMonitor> monitors =
        windows.stream()
            .map(w -> new VirtualMonitor(detector, thresholds, Optional.empty(), w))
            .toList();
    Lane lane =
        Lane.healthy(
            detector,
            second -> monitors.forEach(monitor -> monitor.second(second)),
            second -> second >= seconds);
    VirtualRun run = new VirtualRun(detector, source, new SteadyPace(rate), lane, List.of());
    run.play();
    return new Result(
        run.rows(),
        lane.seconds(),
        monitors.stream()
            .flatMap(
                monitor ->
                    monitor.episodes().stream()
                        .filter(episode -> !episode.isOfCell())
                        .map(episode -> new Alarm(monitor.seconds(), episode)))
            .toList(),
        monitors.stream().mapToLong(VirtualMonitor::judgements).sum(),
        monitors.stream().mapToLong(VirtualMonitor::judgingNanos).sum());
  }
}
