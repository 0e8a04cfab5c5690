package org.driftwatch.pipelines.tracks;

import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.TrackGeometry;

/**
 * The chambers of one view that can have segments, three or more: the straight line through the
 * segments of all but one tells where the muon crossed that one, as docs/tracks.md specifies it in
 * whole numbers. Immutable.
 */
final class Telescope {
  private static final double STEPS_PER_MM = 10;

  /** Segments differ in time by this multiple of the margin at most. */
  private static final int TIMES = 2;

  /** Of the steepest slope, what a segment's may differ from the line's. */
  private static final int SLOPE_FRACTION = 16;

  private final int[] chambers;

  /** Heights in tenths of a millimetre, from the lowest chamber's. */
  private final long[] z;

  /** Places of the chambers' middles. */
  private final long[] middle;

  private final ChamberTables[] tables;

  /** Half a cell's height, micrometres. */
  private final long halfHeight;

  /** Takes what a line tells of the chamber that it does not use. */
  interface Sink {
    /**
     * A muon has crossed the height of a chamber's middle.
     *
     * @param chamber number of the chamber
     * @param place where, in the chamber's coordinate
     * @param slope of the line
     * @param time mean time of the segments
     * @param isBetween true where the chamber lies between two of those that tell
     */
    void crossed(int chamber, long place, long slope, long time, boolean isBetween);
  }

  private Telescope(DetectorDescription detector, List<Integer> members, ChamberTables[] all) {
    int size = members.size();
    chambers = members.stream().mapToInt(Integer::intValue).toArray();
    z = new long[size];
    middle = new long[size];
    tables = new ChamberTables[size];
    for (int i = 0; i < size; i++) {
      Chamber chamber = detector.chambers().get(chambers[i]);
      tables[i] = all[chambers[i]];
      z[i] = TrackGeometry.height(chamber);
      middle[i] =
          (long) Math.rint(chamber.xMm() / (detector.cellWidthMm() / 2) * tables[i].halfCell);
    }
    long lowest = Arrays.stream(z).min().orElse(0);
    Arrays.setAll(z, i -> z[i] - lowest);
    halfHeight = Math.round(detector.cellHeightMm() * 500);
  }

  /** Those of a detector, with the tables of its chambers. */
  static List<Telescope> of(DetectorDescription detector, @Nullable ChamberTables[] tables) {
    return TrackGeometry.telescopes(detector).stream()
        .map(members -> new Telescope(detector, members, tables))
        .toList();
  }

  /**
   * Compares the chambers of an orbit.
   *
   * @param crossings of each chamber of the detector
   */
  void compare(@Nullable Crossing[] crossings, Sink sink) {
    int clear = 0;
    for (int chamber : chambers) {
      clear += crossings[chamber].isClear ? 1 : 0;
    }
    for (int i = 0; i < chambers.length && clear >= 2; i++) {
      if (clear - (crossings[chambers[i]].isClear ? 1 : 0) >= 2) {
        cross(i, crossings, sink);
      }
    }
  }

  private void cross(int of, @Nullable Crossing[] crossings, Sink sink) {
    long n = 0;
    long sz = 0;
    long szz = 0;
    long sx = 0;
    long szx = 0;
    long times = 0;
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    boolean isAbove = false;
    boolean isBelow = false;
    for (int i = 0; i < chambers.length; i++) {
      Crossing c = crossings[chambers[i]];
      if (i != of && c.isClear) {
        long x = c.x + middle[i];
        n++;
        sz += z[i];
        szz += z[i] * z[i];
        sx += x;
        szx += z[i] * x;
        times += c.time;
        earliest = Math.min(earliest, c.time);
        latest = Math.max(latest, c.time);
        isAbove |= z[i] > z[of];
        isBelow |= z[i] < z[of];
      }
    }
    long determinant = n * szz - sz * sz;
    if (determinant == 0 || latest - earliest > (long) TIMES * tables[of].margin) {
      return;
    }
    long rise = n * szx - sz * sx;
    long slope = rounded(rise * halfHeight, determinant * Math.round(1000 / STEPS_PER_MM));
    for (int i = 0; i < chambers.length; i++) {
      Crossing c = crossings[chambers[i]];
      if (i != of
          && c.isClear
          && Math.abs(c.slope - slope) > tables[of].steepest / SLOPE_FRACTION) {
        return;
      }
    }
    long place = rounded(szz * sx - sz * szx + z[of] * rise, determinant) - middle[of];
    sink.crossed(chambers[of], place, slope, Math.floorDiv(times, n), isAbove && isBelow);
  }

  private static long rounded(long numerator, long denominator) {
    return Math.floorDiv(2 * numerator + denominator, 2 * denominator);
  }
}
