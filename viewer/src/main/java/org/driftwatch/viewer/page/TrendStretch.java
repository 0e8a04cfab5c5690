package org.driftwatch.viewer.page;

import java.time.Duration;
import java.time.Instant;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.WindowSeries;

/**
 * The stretch of numbers over time: the last minutes beside the newest window, else the one that is
 * shown; a minute at least.
 *
 * @param from left end of the axis
 * @param to right end
 * @param words its name
 */
record TrendStretch(Instant from, Instant to, String words) {
  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final Duration LEAST = Duration.ofMinutes(1);

  /**
   * The stretch of a run.
   *
   * @param accumulation which windows the histograms show
   * @param now right end of the axis while there is no window
   */
  static TrendStretch of(WindowSeries series, Accumulation accumulation, Instant now) {
    if (accumulation instanceof Accumulation.Picked picked) {
      return new TrendStretch(picked.from(), picked.to(), "picked stretch");
    }
    Instant to = series.isEmpty() ? now : series.end(series.size() - 1);
    Instant from = series.isEmpty() ? now.minus(LEAST) : series.start(0);
    boolean all = accumulation.equals(Accumulation.sinceStart());
    Duration most = accumulation instanceof Accumulation.Last last ? last.length() : RECENT;
    if (!all && from.isBefore(to.minus(most))) {
      from = to.minus(most);
    }
    if (from.isAfter(to.minus(LEAST))) {
      from = to.minus(LEAST);
    }
    return new TrendStretch(
        from, to, all ? "since start" : "last " + Numbers.duration(Duration.between(from, to)));
  }
}
