package org.driftwatch.pipelines.summarise;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Telescope;
import org.driftwatch.pipelines.orbits.OrbitRuns;

/**
 * All counts of a summary in one array of fixed size, whatever the window held: what shards of a
 * window add up in. Immutable once made.
 */
public final class WindowCounts {
  static final int RECORDS = 0;
  static final int MALFORMED = 1;
  static final int HITS = 2;
  static final int SCINTILLATOR_HITS = 3;
  static final int OTHER_HITS = 4;
  static final int ORBITS = 5;
  static final int SCINTILLATOR_ORBITS = 6;

  /** Marks of the parts that a shard was counted from, see {@link OrbitRuns#mark}. */
  static final int MARKS = 7;

  /** Marks of all shards together, told by the first: the same as MARKS once all are there. */
  static final int ANNOUNCED_MARKS = 8;

  private static final int CHAMBERS = 9;

  static final int OCCUPANCY = 0;
  static final int ACTIVE = OCCUPANCY + Telescope.CELLS;
  static final int SCINTILLATOR_OCCUPANCY = ACTIVE + Telescope.CELLS;
  static final int DRIFT = SCINTILLATOR_OCCUPANCY + Telescope.CELLS;
  static final int DRIFT_UNDERFLOW = DRIFT + ChamberSummary.DRIFT_BINS;
  static final int DRIFT_OVERFLOW = DRIFT_UNDERFLOW + 1;
  private static final int CHAMBER_SIZE = DRIFT_OVERFLOW + 1;

  /** Numbers in all. */
  static final int SIZE = CHAMBERS + Telescope.CHAMBERS * CHAMBER_SIZE;

  final long[] counts;

  WindowCounts(long[] counts) {
    if (counts.length != SIZE) {
      throw new IllegalArgumentException(counts.length + " counts, expected " + SIZE);
    }
    this.counts = counts;
  }

  /** Where the numbers of a chamber begin. */
  static int chamber(int chamber) {
    return CHAMBERS + chamber * CHAMBER_SIZE;
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
        + counts[RECORDS]
        + " records, "
        + counts[HITS]
        + " hits, "
        + counts[ORBITS]
        + " orbits}";
  }
}
