package org.driftwatch.benchmarks.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.driftwatch.quality.Level;

/**
 * What became of a fault. Times in s from its beginning, {@code cleared} from its end.
 *
 * @param said the first judgement that says so; NaN where none did
 * @param level the worst that was said of it; {@link Level#GOOD} where nothing was
 * @param gaps stretches after that, and before its end, in which judgements did not say so
 * @param cleared the first judgement that says it no longer; NaN where it was still said when the
 *     stream ended
 * @param others alarms of its time that tell of something else, and are not there without it
 */
record Outcome(double said, Level level, List<Gap> gaps, double cleared, List<Episode> others) {
  private static final double S = 1000;

  /** An alarm without the fault is the same as one with it if it comes as close as this, ms. */
  private static final long SAME_MS = 15_000;

  /**
   * A stretch of time.
   *
   * @param from its beginning, s
   * @param to its end, s
   */
  record Gap(double from, double to) {}

  /**
   * The outcome of a fault.
   *
   * @param episodes all alarms of the run
   * @param healthy all alarms of the same run without the fault
   * @param from when it began, ms of the stream
   * @param to when it ended
   */
  static Outcome of(
      FaultCase.Drawn fault, List<Episode> episodes, List<Episode> healthy, long from, long to) {
    List<Episode> others =
        episodes.stream()
            .filter(episode -> episode.raised() >= from && !episode.isOfCell())
            .filter(episode -> !fault.isCheckedBy(episode))
            .filter(episode -> healthy.stream().noneMatch(other -> isSame(episode, other)))
            .toList();
    List<Episode> telling =
        episodes.stream()
            .filter(fault::isToldBy)
            .filter(episode -> episode.raised() >= from && episode.raised() <= to)
            .sorted(Comparator.comparingLong(Episode::raised))
            .toList();
    if (telling.isEmpty()) {
      return new Outcome(Double.NaN, Level.GOOD, List.of(), Double.NaN, others);
    }
    List<Gap> gaps = new ArrayList<>();
    long first = telling.get(0).raised();
    long until = first;
    Level level = Level.GOOD;
    for (Episode episode : telling) {
      if (episode.raised() > until) {
        gaps.add(new Gap((until - from) / S, (episode.raised() - from) / S));
      }
      until = Math.max(until, episode.cleared());
      level = level.worse(episode.worst());
    }
    if (until < to) {
      gaps.add(new Gap((until - from) / S, (to - from) / S));
    }
    double cleared = until == Episode.NEVER ? Double.NaN : Math.max(0, until - to) / S;
    return new Outcome((first - from) / S, level, gaps, cleared, others);
  }

  private static boolean isSame(Episode one, Episode other) {
    return one.key().equals(other.key())
        && one.raised() - SAME_MS <= other.cleared()
        && other.raised() - SAME_MS <= one.cleared();
  }
}
