package org.driftwatch.viewer.model;

import java.util.List;
import org.driftwatch.detector.WindowSummary;

/**
 * What windows in a row have in common, so that they share it. Immutable.
 *
 * @param channels what their bins stand for
 * @param runs numbers of the runs that their records are of, ascending
 */
record WindowLabels(ChannelLayout channels, List<Long> runs) {
  WindowLabels {
    runs = List.copyOf(runs);
  }

  /**
   * Those of a summary.
   *
   * @throws IllegalArgumentException if its occupancy bins are not one per channel in a row
   */
  static WindowLabels of(WindowSummary summary) {
    return new WindowLabels(ChannelLayout.of(summary), summary.runs());
  }
}
