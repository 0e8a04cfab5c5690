package org.driftwatch.pipelines.tracks;

import java.util.Arrays;

/** Lines that hits of a cluster lie on, all with as many hits, in the order in which tried. */
final class Lines {
  /** A line is as good as the best where it is worse by this part of the largest residuals. */
  private static final int AS_GOOD_FRACTION = 4;

  private static final int FIRST_ROOM = 16;

  int hits;
  int count;

  /** The hits of each line, eight bits each, the first in the lowest. */
  private long[] chosen = new long[FIRST_ROOM];

  private long present;
  Fit[] fit = new Fit[FIRST_ROOM];
  long[] score = new long[FIRST_ROOM];
  long[] x = new long[FIRST_ROOM];
  long[] slope = new long[FIRST_ROOM];
  long[] t0 = new long[FIRST_ROOM];

  void clear() {
    count = 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Lines that are added from now on are of these hits, the first of the array. */
  void with(int[] hitsOfLine, int size) {
    hits = size;
    present = 0;
    for (int i = 0; i < size; i++) {
      present |= (long) hitsOfLine[i] << (Byte.SIZE * i);
    }
  }

  /** A hit of a line. */
  int chosen(int line, int number) {
    return (int) (chosen[line] >>> (Byte.SIZE * number)) & 0xFF;
  }

  void add(Fit line, long badness, long place, long tilt, long passage) {
    if (count == fit.length) {
      int room = 2 * count;
      chosen = Arrays.copyOf(chosen, room);
      fit = Arrays.copyOf(fit, room);
      score = Arrays.copyOf(score, room);
      x = Arrays.copyOf(x, room);
      slope = Arrays.copyOf(slope, room);
      t0 = Arrays.copyOf(t0, room);
    }
    chosen[count] = present;
    fit[count] = line;
    score[count] = badness;
    x[count] = place;
    slope[count] = tilt;
    t0[count++] = passage;
  }

  /** The line with the least score; of equals the least steep; of these the first. */
  int best() {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (score[i] < score[best]
          || (score[i] == score[best] && Math.abs(slope[i]) < Math.abs(slope[best]))) {
        best = i;
      }
    }
    return best;
  }

  private boolean isAsGood(int line, int best, long limit) {
    return score[line] <= score[best] + limit / AS_GOOD_FRACTION;
  }

  /** True where another line is as good as the best, give or take an error. */
  boolean isAmbiguous(int best, long limit) {
    for (int i = 0; i < count; i++) {
      if (i != best && isAsGood(i, best, limit)) {
        return true;
      }
    }
    return false;
  }

  /** The cell that all good lines cross in a layer, none near its edge; else negative. */
  int agreedCell(ChamberTables chamber, int layer, long limit) {
    int best = best();
    int cell = chamber.cellAt(layer, x[best] + slope[best] * chamber.heights[layer]);
    for (int i = 0; i < count && cell >= 0; i++) {
      if (isAsGood(i, best, limit)
          && (fit[i].isSingular
              || chamber.cellAt(layer, x[i] + slope[i] * chamber.heights[layer]) != cell)) {
        cell = -1;
      }
    }
    return cell;
  }
}
