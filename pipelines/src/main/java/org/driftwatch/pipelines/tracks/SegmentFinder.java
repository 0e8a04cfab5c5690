package org.driftwatch.pipelines.tracks;

import java.util.Arrays;

/**
 * Finds the segments of a chamber in one orbit, as docs/tracks.md specifies: hits that follow each
 * other within a drift make a cluster; in it, of all sets of hits of different layers and all sides
 * the one with the most hits that lies on a line, and of these the one that does so best. Then the
 * same without its hits. Whole numbers throughout, so that the same hits give the same segments
 * whatever their order. Not safe for use by several threads.
 */
final class SegmentFinder {
  /** What stands for no time. */
  static final long NEVER = Long.MIN_VALUE;

  /** Sets of sides tried in a cluster at most; it counts as busy beyond. */
  static final int MOST_TRIED = 4096;

  /** Hits of a cluster at most; it counts as busy beyond. */
  static final int MOST_HITS = 24;

  /** Bits of a cell in {@link #hit}. */
  private static final int CELL_BITS = 10;

  private final ChamberTables chamber;
  private final Sink sink;

  private final int[] cellOf = new int[MOST_HITS];
  private final long[] timeOf = new long[MOST_HITS];
  private final boolean[] isTaken = new boolean[MOST_HITS];
  private int size;

  /** Hits of the cluster by layer, those of a layer in the cluster's order; where layers begin. */
  private final int[] byLayer = new int[MOST_HITS];

  private final int[] firstOf = new int[ChamberTables.MOST_LAYERS + 1];

  /** The hits that are tried together: their numbers in the cluster, by layer. */
  private final int[] chosen = new int[ChamberTables.MOST_LAYERS];

  /** Their cells, and their times from one of them, or from the scintillator's. */
  private final int[] cells = new int[ChamberTables.MOST_LAYERS];

  private final long[] t = new long[ChamberTables.MOST_LAYERS];

  /** The lines that these or other hits lie on, all with as many hits. */
  private final Lines lines = new Lines();

  private final Lines others = new Lines();
  private final Segment segment = new Segment();
  private long scintillator;
  private int tried;

  /** Takes what is found. */
  interface Sink {
    /** Takes a segment, which is valid until the call returns. */
    void segment(Segment segment);

    /** A cluster with too many hits, or too many ways to choose among them, was left alone. */
    void busy();
  }

  SegmentFinder(ChamberTables chamber, Sink sink) {
    this.chamber = chamber;
    this.sink = sink;
  }

  /** A hit as {@link #find} takes it: ordered by time, then by cell. */
  static long hit(int ticks, int cell) {
    return (long) ticks << CELL_BITS | cell;
  }

  /**
   * Finds all segments.
   *
   * @param hits see {@link #hit}; sorted here
   * @param count how many they are
   * @param scintillatorTicks time of the orbit's earliest scintillator hit, or {@link #NEVER}
   */
  void find(long[] hits, int count, long scintillatorTicks) {
    sort(hits, count);
    scintillator =
        scintillatorTicks == NEVER
            ? NEVER
            : scintillatorTicks * ChamberTables.UNITS_PER_TICK - chamber.offset;
    int longest = chamber.halfCell + 2 * chamber.margin;
    int from = 0;
    while (from < count) {
      int to = from + 1;
      while (to < count && time(hits[to]) - time(hits[to - 1]) <= longest) {
        to++;
      }
      if (to - from >= ChamberTables.FEWEST_LAYERS) {
        cluster(hits, from, to);
      }
      from = to;
    }
  }

  private static void sort(long[] hits, int count) {
    if (count > MOST_HITS) {
      Arrays.sort(hits, 0, count);
      return;
    }
    for (int i = 1; i < count; i++) {
      long hit = hits[i];
      int at = i;
      while (at > 0 && hits[at - 1] > hit) {
        hits[at] = hits[--at];
      }
      hits[at] = hit;
    }
  }

  private static long time(long hit) {
    return (hit >> CELL_BITS) * ChamberTables.UNITS_PER_TICK;
  }

  private static int cell(long hit) {
    return (int) hit & (1 << CELL_BITS) - 1;
  }

  private void cluster(long[] hits, int from, int to) {
    size = to - from;
    if (size > MOST_HITS) {
      sink.busy();
      return;
    }
    Arrays.fill(firstOf, 0);
    for (int i = 0; i < size; i++) {
      cellOf[i] = cell(hits[from + i]);
      timeOf[i] = time(hits[from + i]);
      isTaken[i] = false;
      firstOf[chamber.layerOf[cellOf[i]]]++;
    }
    int layers = 0;
    int next = 0;
    for (int layer = 0; layer < chamber.layers; layer++) {
      layers += firstOf[layer] > 0 ? 1 : 0;
      next += firstOf[layer];
      firstOf[layer] = next;
    }
    if (layers < ChamberTables.FEWEST_LAYERS) {
      return;
    }
    firstOf[chamber.layers] = next;
    for (int i = size - 1; i >= 0; i--) {
      byLayer[--firstOf[chamber.layerOf[cellOf[i]]]] = i;
    }
    tried = 0;
    boolean found;
    do {
      found = best();
      if (tried > MOST_TRIED) {
        sink.busy();
        return;
      }
      if (found) {
        sink.segment(segment);
      }
    } while (found);
  }

  /** Finds the best segment of the hits that are not taken, and takes its hits. */
  private boolean best() {
    int layerSet = 0;
    for (int i = 0; i < size; i++) {
      layerSet |= isTaken[i] ? 0 : 1 << chamber.layerOf[cellOf[i]];
    }
    for (int hits = Integer.bitCount(layerSet); hits >= ChamberTables.FEWEST_LAYERS; hits--) {
      if (scintillator != NEVER && best(layerSet, hits, false)) {
        return true;
      }
      if (best(layerSet, hits, true)) {
        return true;
      }
    }
    return false;
  }

  private boolean best(int layerSet, int hits, boolean isFree) {
    lines.clear();
    for (int set = layerSet & -layerSet; set <= layerSet && set != 0; set = next(set, layerSet)) {
      if (Integer.bitCount(set) == hits) {
        choose(set, 0, 0, isFree);
      }
    }
    if (lines.isEmpty() || tried > MOST_TRIED) {
      return false;
    }
    take(isFree);
    return true;
  }

  /** The next subset in the order of their numbers; 0 behind the last. */
  private static int next(int set, int of) {
    return (set - of) & of;
  }

  /** Chooses a hit in each layer of the set from this layer on, and tries all of them together. */
  private void choose(int set, int layer, int depth, boolean isFree) {
    int rest = set >>> layer;
    if (rest == 0) {
      tried += tryAll(depth, isFree, lines);
      return;
    }
    int next = layer + Integer.numberOfTrailingZeros(rest);
    for (int i = firstOf[next]; i < firstOf[next + 1]; i++) {
      int hit = byLayer[i];
      if (!isTaken[hit] && isNear(hit, depth)) {
        chosen[depth] = hit;
        choose(set, next + 1, depth + 1, isFree);
      }
    }
  }

  /** True where a line that is not too steep crosses a hit's cell and that of the one before. */
  private boolean isNear(int hit, int depth) {
    if (depth == 0) {
      return true;
    }
    int cell = cellOf[hit];
    int before = cellOf[chosen[depth - 1]];
    int apart = chamber.layerOf[cell] - chamber.layerOf[before];
    return Math.abs(chamber.wireOf[cell] - chamber.wireOf[before]) <= chamber.farthest[apart];
  }

  /** Tries all sides of the hits that are chosen; how many lines that were. */
  private int tryAll(int hits, boolean isFree, Lines into) {
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < hits; i++) {
      earliest = Math.min(earliest, timeOf[chosen[i]]);
      latest = Math.max(latest, timeOf[chosen[i]]);
    }
    // The passage is not after the first hit, nor a longest drift before the last, give or take.
    long from = latest - chamber.halfCell - chamber.margin;
    long to = earliest + chamber.margin;
    long zero = isFree ? timeOf[0] : scintillator;
    if (from > to || (!isFree && (zero < from || zero > to))) {
      return 0;
    }
    for (int i = 0; i < hits; i++) {
      cells[i] = cellOf[chosen[i]];
      t[i] = timeOf[chosen[i]] - zero;
    }
    ChamberTables.Pattern pattern = chamber.pattern(cells, hits, isFree);
    into.with(chosen, hits);
    long[] gates = pattern.gates;
    int size = Fit.gateSize(hits);
    for (int i = 0; i < pattern.fits.length; i++) {
      long gate = linear(gates, i * size, hits);
      if (passes(gate, gates[i * size + hits + 1], from - zero, to - zero)) {
        tryOne(pattern, i, gate, hits, from - zero, to - zero, zero, isFree, into);
      }
    }
    return pattern.fits.length;
  }

  /** What a row has for the times of the hits, from this place on. Most hits are three or four. */
  private long linear(long[] rows, int at, int hits) {
    long sum = rows[at + hits] + rows[at] * t[0] + rows[at + 1] * t[1] + rows[at + 2] * t[2];
    for (int i = 3; i < hits; i++) {
      sum += rows[at + i] * t[i];
    }
    return sum;
  }

  /** False where a line is ruled out already, as most are, see {@link Fit#gate}. */
  private static boolean passes(long gate, long limit, long from, long to) {
    return limit >= 0 ? gate <= limit && gate >= -limit : isWithin(gate, -limit, from, to);
  }

  /** True where a fraction, once rounded to the nearest, is not outside these limits. */
  private static boolean isWithin(long numerator, long denominator, long from, long to) {
    long twice = 2 * numerator + denominator;
    return twice >= 2 * denominator * from && twice < 2 * denominator * (to + 1);
  }

  /** Adds a line to the others, if the hits lie on it and it is not too steep. */
  private void tryOne(
      ChamberTables.Pattern pattern,
      int line,
      long gate,
      int hits,
      long from,
      long to,
      long zero,
      boolean isFree,
      Lines into) {
    long[] rows = pattern.rows;
    int next = line * Fit.rowSize(hits);
    int behind = next + 3 * (hits + 1);
    long denominator = rows[behind];
    long reciprocal = rows[behind + 1];
    long shift = rows[behind + 2];
    long score = rows[behind + 3];
    long freedom = rows[behind + 4];
    if (freedom == 1) {
      long square = Divisor.floor(gate * gate, rows[behind + 5], rows[behind + 6]);
      if (square > chamber.limit) {
        return;
      }
      score += square;
    } else if (freedom > 1) {
      long square = pattern.fits[line].chiSquare(t, chamber.limit);
      if (square < 0) {
        return;
      }
      score += square;
    }
    long passage = 0;
    // Each parameter that is fitted takes a degree of freedom.
    boolean isSingular = isFree && hits - freedom == 2;
    if (isSingular) {
      passage = (from + to) / 2;
    } else if (isFree) {
      long numerator = freedom == 0 ? gate : linear(rows, next, hits);
      if (!isWithin(numerator, denominator, from, to)) {
        return;
      }
      passage = Divisor.floor(2 * numerator + denominator, reciprocal, shift);
    }
    long tilt = linear(rows, next + hits + 1, hits);
    if (!isWithin(tilt, denominator, -chamber.steepest, chamber.steepest)) {
      return;
    }
    long slope = Divisor.floor(2 * tilt + denominator, reciprocal, shift);
    score += chamber.penalty(slope);
    if (!isSingular) {
      for (int i = 0; i < hits; i++) {
        long drift = t[i] - passage;
        if (drift < 0 || drift > chamber.halfCell) {
          long beyond = drift < 0 ? drift : drift - chamber.halfCell;
          score += beyond * beyond;
        }
      }
    }
    long place = 2 * linear(rows, next + 2 * (hits + 1), hits) + denominator;
    long x = chamber.wireOf[cells[0]] + Divisor.floor(place, reciprocal, shift);
    into.add(pattern.fits[line], score, x, slope, zero + passage);
  }

  /** Makes the best of the lines the segment. */
  private void take(boolean isFree) {
    int best = lines.best();
    Segment s = segment;
    s.hits = lines.hits;
    s.fit = lines.fit[best];
    s.layerSet = 0;
    s.isFree = isFree;
    s.x = lines.x[best];
    s.slope = lines.slope[best];
    s.t0 = lines.t0[best];
    s.isAmbiguous = lines.fit[best].isSingular || lines.isAmbiguous(best, chamber.limit);
    for (int i = 0; i < s.hits; i++) {
      int hit = lines.chosen(best, i);
      s.hit[i] = hit;
      s.cell[i] = cellOf[hit];
      s.time[i] = timeOf[hit];
      s.layerSet |= 1 << chamber.layerOf[cellOf[hit]];
      isTaken[hit] = true;
    }
    s.scintillator = scintillator;
  }

  /**
   * Where the other hits of a segment say that the muon crossed a layer, had there been none in it:
   * the cell. The layers of segments are tested in turn, since all would take longer than the
   * search itself. Negative where they are too few, or say several things, or that it crossed close
   * to a cell's edge, and where the cluster has hits that are neither theirs nor in that cell: such
   * as delta rays, which lead astray.
   */
  int crossedCell(Segment s) {
    int layer = (int) (s.time[0] / ChamberTables.UNITS_PER_TICK % chamber.layers);
    int hits = 0;
    for (int i = 0; i < s.hits; i++) {
      if (chamber.layerOf[s.cell[i]] != layer) {
        chosen[hits++] = s.hit[i];
      }
    }
    int inLayer = firstOf[layer + 1] - firstOf[layer];
    if (hits < ChamberTables.FEWEST_LAYERS || hits + inLayer < size) {
      return -1;
    }
    others.clear();
    int unused = tryAll(hits, s.isFree, others);
    int cell = others.isEmpty() ? -1 : others.agreedCell(chamber, layer, chamber.limit);
    for (int i = firstOf[layer]; i < firstOf[layer + 1]; i++) {
      cell = cellOf[byLayer[i]] == cell ? cell : -1;
    }
    return cell;
  }

  /** True where a cell has a hit of the segment's cluster that its muon may have left. */
  boolean hasHit(Segment s, int cell) {
    for (int i = 0; i < size; i++) {
      long drift = timeOf[i] - s.t0;
      if (cellOf[i] == cell
          && drift >= -chamber.margin
          && drift <= chamber.halfCell + chamber.margin) {
        return true;
      }
    }
    return false;
  }
}
