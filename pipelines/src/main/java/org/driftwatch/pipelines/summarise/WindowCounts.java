package org.driftwatch.pipelines.summarise;

import java.util.Arrays;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.pipelines.orbits.OrbitRuns;

/**
 * All counts of a summary in one array of fixed size, whatever the window held: what shards of a
 * window add up in. They lie as {@link SummaryLayout} says; two marks follow. Immutable once made.
 */
public final class WindowCounts {
  /** Marks of the parts that a shard was counted from, see {@link OrbitRuns#mark}. */
  static final int MARKS = SummaryLayout.SIZE;

  /** Marks of all shards together, told by the first: the same as MARKS once all are there. */
  static final int ANNOUNCED_MARKS = MARKS + 1;

  /** Numbers in all. */
  static final int SIZE = ANNOUNCED_MARKS + 1;

  final long[] counts;

  /** Takes over the array and sets the hits of each chamber to the sum of its occupancy. */
  WindowCounts(long[] counts) {
    if (counts.length != SIZE) {
      throw new IllegalArgumentException(counts.length + " counts, expected " + SIZE);
    }
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      int from = SummaryLayout.chamber(chamber) + SummaryLayout.OCCUPANCY;
      counts[SummaryLayout.CHAMBER_HITS + chamber] =
          Arrays.stream(counts, from, from + Telescope.CELLS).sum();
    }
    this.counts = counts;
  }

  /** The sum of several parts of one window that share no orbit. */
  static WindowCounts sum(Iterable<WindowCounts> parts) {
    long[] sum = new long[SIZE];
    for (WindowCounts part : parts) {
      for (int i = 0; i < SIZE; i++) {
        sum[i] += part.counts[i];
      }
    }
    return new WindowCounts(sum);
  }

  /** True unless shards are missing, or lack what the first of them has announced. */
  boolean isWhole() {
    return counts[MARKS] == counts[ANNOUNCED_MARKS];
  }

  /** The summary that is published. */
  public WindowSummary summary(
      RunConfiguration run, Optional<WindowSummary.Span> span, int revision) {
    return SummaryLayout.summary(
        span, revision, false, chamber -> run.chambers().get(chamber).firstChannel(), counts);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof WindowCounts c && Arrays.equals(counts, c.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "WindowCounts{"
        + counts[SummaryLayout.RECORDS]
        + " records, "
        + counts[SummaryLayout.HITS]
        + " hits, "
        + counts[SummaryLayout.ORBITS]
        + " orbits}";
  }
}
