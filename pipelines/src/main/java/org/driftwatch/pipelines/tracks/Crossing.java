package org.driftwatch.pipelines.tracks;

/** What the segments of one chamber say of one orbit, in the units of {@link ChamberTables}. */
final class Crossing {
  /** Segments whose places are kept. */
  private static final int MOST = 16;

  /** True where the first segment that is not ambiguous is known: the three that follow are its. */
  boolean isClear;

  long x;
  long slope;

  /** When the muon passed, the chamber's offset added. */
  long time;

  private final long[] places = new long[MOST];
  private int segments;

  /** Forgets all. */
  void clear() {
    isClear = false;
    segments = 0;
  }

  /** Takes a segment. */
  void add(Segment segment, long offset) {
    if (segments < MOST) {
      places[segments++] = segment.x;
    }
    if (!isClear && !segment.isAmbiguous) {
      isClear = true;
      x = segment.x;
      slope = segment.slope;
      time = segment.t0 + offset;
    }
  }

  /** True where a segment crosses the middle less than this far from a place. */
  boolean isNear(long place, long distance) {
    for (int i = 0; i < segments; i++) {
      if (Math.abs(places[i] - place) <= distance) {
        return true;
      }
    }
    return false;
  }
}
