package org.driftwatch.pipelines.tracks;

import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.TrackHistogram;
import org.driftwatch.detector.TrackSum;

/**
 * Counts muon segments, orbit by orbit: all that a window says of them. Only chambers with hits in
 * three or more cells need to be shown. Not safe for use by several threads.
 */
public final class TrackCounter {
  /** Time of a scintillator hit where there is none. */
  public static final long NEVER = SegmentFinder.NEVER;

  /** Fewest active cells of a chamber that may hold a segment. */
  public static final int FEWEST_CELLS = ChamberTables.FEWEST_LAYERS;

  private final Tables tables;
  private final HitLayout layout;
  private final Counted[] chambers;
  private long[] hits = new long[64];
  private final @Nullable Crossing[] crossings;

  /** True where the present orbit has segments. */
  private boolean hasSegments;

  /** True where it has none of a scintillator, so that chambers are compared with each other. */
  private boolean isUntimed;

  private int muons;

  /** What a detector's description comes to. Immutable. */
  public static final class Tables {
    private final DetectorDescription detector;
    private final SummaryLayout summary;
    private final @Nullable ChamberTables[] chambers;
    private final @Nullable Scales[] scales;
    private final List<Telescope> telescopes;

    /** Tables of all chambers that can have segments. */
    public Tables(DetectorDescription detector) {
      this.detector = detector;
      summary = SummaryLayout.of(detector);
      chambers = ChamberTables.of(detector);
      scales = new Scales[chambers.length];
      for (int i = 0; i < chambers.length; i++) {
        ChamberTables chamber = chambers[i];
        scales[i] = chamber == null ? null : new Scales(detector, chamber);
      }
      telescopes = Telescope.of(detector, chambers);
    }
  }

  /** From whole numbers of a unit to the bins of a histogram of regular ones. Immutable. */
  private static final class Scale {
    private final long perUnit;
    private final long first;
    private final Divisor byWidth;
    private final int bins;

    /** A scale: a number times {@code numerator / denominator} is in the histogram's unit. */
    Scale(TrackHistogram which, long numerator, long denominator) {
      perUnit = numerator;
      first = which.first() * denominator;
      byWidth = new Divisor(which.width() * denominator);
      bins = which.bins();
    }

    /** Where the bin lies: underflow and overflow behind the last one. */
    int bin(long number) {
      return place(byWidth.floor(number * perUnit - first), bins);
    }

    static int place(long bin, int bins) {
      return (int) (bin < 0 ? bins : bin >= bins ? bins + 1 : bin);
    }
  }

  /** From units to the bins of the histograms, in whole numbers. Immutable. */
  private static final class Scales {
    private static final long FS_PER_NS = 1_000_000;

    /** The slope's range is divided so to find its bin. */
    private static final int STEPS = 256;

    private final Scale position;
    private final Scale residual;
    private final Scale passage;
    private final Scale track;

    /** Of differences of slopes. */
    private final Scale trackAngle;

    /** Least slope of each bin of the angles, and of what is above the last. */
    private final long[] slopes;

    /** The bin in which each step of the slope begins. */
    private final int[] begins = new int[STEPS + 1];

    private final Divisor byStep;

    Scales(DetectorDescription detector, ChamberTables chamber) {
      long halfCellUm = Math.round(detector.cellWidthMm() * 500);
      long halfCell = chamber.halfCell;
      long halfHeightUm = Math.round(detector.cellHeightMm() * 500);
      long ticks = detector.clock().ticksPerCrossing();
      position = new Scale(TrackHistogram.POSITION, halfCellUm, 1000 * halfCell);
      residual = new Scale(TrackHistogram.RESIDUAL, halfCellUm, halfCell);
      passage =
          new Scale(
              TrackHistogram.PASSAGE,
              detector.clock().crossingFs(),
              FS_PER_NS * ticks * ChamberTables.UNITS_PER_TICK);
      track = new Scale(TrackHistogram.TRACK_RESIDUAL, halfCellUm, halfCell);
      trackAngle =
          new Scale(TrackHistogram.TRACK_ANGLE, halfCellUm * 1000, halfCell * halfHeightUm);
      double perTangent = detector.cellHeightMm() * 500 * halfCell / halfCellUm;
      slopes =
          Arrays.stream(TrackHistogram.ANGLE.edges())
              .mapToLong(mrad -> (long) Math.ceil(StrictMath.tan(mrad / 1000.0) * perTangent))
              .toArray();
      long step = (slopes[slopes.length - 1] - slopes[0]) / STEPS + 1;
      byStep = new Divisor(step);
      for (int i = 0; i <= STEPS; i++) {
        int found = Arrays.binarySearch(slopes, slopes[0] + i * step);
        begins[i] = found >= 0 ? found : -found - 2;
      }
    }

    int angleBin(long slope) {
      long step = byStep.floor(slope - slopes[0]);
      if (step < 0) {
        return TrackHistogram.ANGLE.bins();
      }
      int bin = begins[(int) Math.min(step, STEPS)];
      while (bin + 1 < slopes.length && slope >= slopes[bin + 1]) {
        bin++;
      }
      return Scale.place(bin, TrackHistogram.ANGLE.bins());
    }
  }

  /** A counter that has seen nothing. */
  public TrackCounter(Tables tables) {
    this.tables = tables;
    layout = new HitLayout(tables.detector);
    chambers = new Counted[tables.chambers.length];
    crossings = new Crossing[chambers.length];
    for (int i = 0; i < chambers.length; i++) {
      if (tables.chambers[i] != null) {
        chambers[i] = new Counted(tables.chambers[i], tables.scales[i], i);
        crossings[i] = chambers[i].crossing;
      }
    }
  }

  /** The segments of one chamber. */
  @SuppressWarnings("EnumOrdinal") // Its counts are in the order of the constants, by definition.
  private final class Counted implements SegmentFinder.Sink {
    private final ChamberTables chamber;
    private final Scales scales;
    private final SegmentFinder finder;

    /** Laid out as in the summary, from {@link SummaryLayout#tracks} on. */
    private final long[] counts;

    private final int tested;
    private final int found;
    private final int onSegments;
    private final int[] histograms = new int[TrackHistogram.values().length];
    private final int sums;

    private final long[] t = new long[ChamberTables.MOST_LAYERS];
    private final long[] left = new long[ChamberTables.MOST_LAYERS];

    private final Crossing crossing = new Crossing();

    Counted(ChamberTables chamber, Scales scales, int number) {
      this.chamber = chamber;
      this.scales = scales;
      finder = new SegmentFinder(chamber, this);
      SummaryLayout summary = tables.summary;
      int first = summary.tracks(number);
      counts = new long[summary.sums(number) + TrackSum.values().length - first];
      counts[SummaryLayout.TRACKED] = 1;
      tested = summary.tested(number) - first;
      found = summary.found(number) - first;
      onSegments = summary.noise(number) - first;
      for (TrackHistogram which : TrackHistogram.values()) {
        histograms[which.ordinal()] = summary.index(which, number) - first;
      }
      sums = summary.sums(number) - first;
    }

    long clearSegments() {
      return counts[SummaryLayout.SEGMENTS] - counts[SummaryLayout.AMBIGUOUS];
    }

    @Override
    public void busy() {
      counts[SummaryLayout.BUSY]++;
    }

    @Override
    public void segment(Segment segment) {
      counts[SummaryLayout.SEGMENTS]++;
      crossing.add(segment, chamber.offset);
      hasSegments = true;
      isUntimed = segment.scintillator == NEVER;
      counts[SummaryLayout.SEGMENTS4] += segment.hits >= 4 ? 1 : 0;
      for (int i = 0; i < segment.hits; i++) {
        counts[onSegments + segment.cell[i]]++;
      }
      int cell = finder.crossedCell(segment);
      if (cell >= 0) {
        counts[tested + cell]++;
        counts[found + cell] += finder.hasHit(segment, cell) ? 1 : 0;
      }
      if (segment.isAmbiguous) {
        counts[SummaryLayout.AMBIGUOUS]++;
        return;
      }
      enter(TrackHistogram.POSITION, scales.position.bin(segment.x));
      enter(TrackHistogram.ANGLE, scales.angleBin(segment.slope));
      sumUp(segment);
    }

    private void sumUp(Segment segment) {
      Fit fit = segment.fit;
      if (!segment.isFree) {
        times(segment, segment.t0);
        fit.left(t, left);
        add(TrackSum.KNOWN_SEGMENTS, 1);
        add(TrackSum.KNOWN_FREEDOM, fit.degreesOfFreedom());
        add(TrackSum.KNOWN_RR, fit.square(left));
        add(TrackSum.KNOWN_WR, fit.wiresBy(left));
        add(TrackSum.KNOWN_SR, fit.sidesBy(left));
        add(TrackSum.KNOWN_WW, fit.wiresByWires());
        add(TrackSum.KNOWN_WS, fit.wiresBySides());
        add(TrackSum.KNOWN_SS, fit.sidesBySides());
        fit = chamber.fit(segment.cell, segment.hits, fit.sides);
        if (fit.isSingular) {
          return;
        }
      }
      long zero = segment.time[0];
      times(segment, zero);
      if (fit.degreesOfFreedom() > 0) {
        fit.left(t, left);
        add(TrackSum.FREE_SEGMENTS, 1);
        add(TrackSum.FREE_FREEDOM, fit.degreesOfFreedom());
        add(TrackSum.FREE_RR, fit.square(left));
        add(TrackSum.FREE_WR, fit.wiresBy(left));
        add(TrackSum.FREE_WW, fit.wiresByWires());
        for (int i = 0; i < segment.hits; i++) {
          if (fit.tests(i)) {
            enter(TrackHistogram.RESIDUAL, scales.residual.bin(fit.withoutItself(i, left)));
          }
        }
      }
      if (segment.scintillator != NEVER) {
        passed(zero + fit.passage(t) - segment.scintillator);
      }
    }

    /** Times of the hits, from this one. */
    private void times(Segment segment, long zero) {
      for (int i = 0; i < segment.hits; i++) {
        t[i] = segment.time[i] - zero;
      }
    }

    /** Counts how much later a muon passed by a segment than by what else tells. */
    private void passed(long later) {
      int bin = scales.passage.bin(later);
      enter(TrackHistogram.PASSAGE, bin);
      if (bin < TrackHistogram.PASSAGE.bins()) {
        add(TrackSum.PASSAGES, 1);
        add(TrackSum.PASSAGE, later);
        add(TrackSum.PASSAGE_SQUARE, later * later);
      }
    }

    /** Compares the chamber with where the others of its view say that a muon crossed it. */
    void crossed(long place, long slope, long time, boolean isBetween) {
      if (isBetween && chamber.isInside(place)) {
        add(TrackSum.TRACK_TESTED, 1);
        add(TrackSum.TRACK_FOUND, crossing.isNear(place, 2L * chamber.halfCell) ? 1 : 0);
      }
      if (!crossing.isClear || Math.abs(crossing.time - time) > 2L * chamber.margin) {
        return;
      }
      long apart = crossing.x - place;
      long tilted = crossing.slope - slope;
      int placeBin = scales.track.bin(apart);
      int slopeBin = scales.trackAngle.bin(tilted);
      enter(TrackHistogram.TRACK_RESIDUAL, placeBin);
      enter(TrackHistogram.TRACK_ANGLE, slopeBin);
      if (placeBin < TrackHistogram.TRACK_RESIDUAL.bins()
          && slopeBin < TrackHistogram.TRACK_ANGLE.bins()) {
        add(TrackSum.TRACK_SEGMENTS, 1);
        add(TrackSum.TRACK_PLACE, apart);
        add(TrackSum.TRACK_PLACE_SQUARE, apart * apart);
        add(TrackSum.TRACK_SLOPE, tilted);
        add(TrackSum.TRACK_SLOPE_SQUARE, tilted * tilted);
      }
    }

    private void enter(TrackHistogram which, int place) {
      counts[histograms[which.ordinal()] + place]++;
    }

    private void add(TrackSum which, long value) {
      counts[sums + which.ordinal()] += value;
    }
  }

  /** True where a chamber can have segments. */
  public boolean canHave(int chamber) {
    return chamber < chambers.length && chambers[chamber] != null;
  }

  /**
   * Finds and counts the segments of a chamber in one orbit.
   *
   * @param orbit cell and time of all hits of the orbit, see {@link
   *     org.driftwatch.pipelines.orbits.HitPacking}
   * @param size how many they are
   * @param firstCell number of the chamber's first cell
   * @param scintillator ticks of the earliest scintillator hit, or {@link #NEVER}
   */
  public void chamber(int chamber, long[] orbit, int size, int firstCell, long scintillator) {
    Counted counted = chambers[chamber];
    int cells = counted.chamber.size();
    int timeBits = layout.timeBits();
    int count = 0;
    if (hits.length < size) {
      hits = new long[2 * size];
    }
    for (int i = 0; i < size; i++) {
      int cell = (int) (orbit[i] >>> timeBits) - firstCell;
      if (cell >= 0 && cell < cells) {
        hits[count++] = SegmentFinder.hit(layout.ticks(layout.time(orbit[i])), cell);
      }
    }
    long before = counted.clearSegments();
    counted.finder.find(hits, count, scintillator);
    muons += counted.clearSegments() > before ? 1 : 0;
  }

  /**
   * Ends an orbit whose chambers were all shown.
   *
   * @return how many of them have a segment that is not ambiguous
   */
  public int endOrbit() {
    int seen = muons;
    muons = 0;
    // Most orbits have none, and nothing is to be done for them.
    if (!hasSegments) {
      return 0;
    }
    hasSegments = false;
    if (seen >= 2) {
      if (isUntimed) {
        compareChambers();
      }
      for (Telescope telescope : tables.telescopes) {
        telescope.compare(crossings, this::crossed);
      }
    }
    for (Crossing crossing : crossings) {
      if (crossing != null) {
        crossing.clear();
      }
    }
    return seen;
  }

  private void crossed(int chamber, long place, long slope, long time, boolean isBetween) {
    chambers[chamber].crossed(place, slope, time, isBetween);
  }

  private void compareChambers() {
    for (Counted counted : chambers) {
      if (counted != null && counted.crossing.isClear) {
        compareWithOthers(counted);
      }
    }
  }

  /** Without a scintillator the other chambers tell when the muon passed: their mean. */
  private void compareWithOthers(Counted counted) {
    long sum = 0;
    int others = 0;
    for (Counted other : chambers) {
      if (other != null && other != counted && other.crossing.isClear) {
        long later = counted.crossing.time - other.crossing.time;
        if (counted.scales.passage.bin(later) < TrackHistogram.PASSAGE.bins()) {
          sum += later;
          others++;
        }
      }
    }
    if (others > 0) {
      counted.passed(Math.floorDiv(sum, (long) others));
    }
  }

  /**
   * Writes the counts of all chambers that can have segments where {@link SummaryLayout} has them.
   *
   * @param hitsOf hits of each cell, numbered through all chambers
   */
  public void write(long[] counts, long[] hitsOf) {
    int firstCell = 0;
    for (int chamber = 0; chamber < chambers.length; chamber++) {
      Counted counted = chambers[chamber];
      int cells = tables.summary.cells(chamber);
      if (counted != null) {
        int to = tables.summary.tracks(chamber);
        System.arraycopy(counted.counts, 0, counts, to, counted.counts.length);
        int noise = tables.summary.noise(chamber);
        for (int cell = 0; cell < cells; cell++) {
          counts[noise + cell] = hitsOf[firstCell + cell] - counts[noise + cell];
        }
      }
      firstCell += cells;
    }
  }
}
