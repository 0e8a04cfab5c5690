package org.driftwatch.pipelines.tracks;

import org.checkerframework.checker.nullness.qual.MonotonicNonNull;

/**
 * A line through hits of three or more layers of a chamber, in the units of {@link ChamberTables}.
 * Its hits stand in the order of their layers.
 */
final class Segment {
  int hits;
  final int[] hit = new int[ChamberTables.MOST_LAYERS];
  final int[] cell = new int[ChamberTables.MOST_LAYERS];
  final long[] time = new long[ChamberTables.MOST_LAYERS];

  /** The line: which side of its wire each hit was passed on. */
  @MonotonicNonNull Fit fit;

  /** Bit i is set where a hit lies in layer i. */
  int layerSet;

  /** True where the time of passage was fitted, false where it is the scintillator's. */
  boolean isFree;

  boolean isAmbiguous;

  /** Place at the chamber's middle height, slope per half cell of height, time of passage. */
  long x;

  long slope;
  long t0;

  /** Time of passage by the scintillator, or {@link SegmentFinder#NEVER}. */
  long scintillator;
}
