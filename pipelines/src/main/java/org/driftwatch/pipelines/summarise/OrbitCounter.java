package org.driftwatch.pipelines.summarise;

import static org.driftwatch.detector.ChamberHistogram.ACTIVE_CHANNELS;
import static org.driftwatch.detector.ChamberHistogram.DRIFT_TIME;
import static org.driftwatch.detector.ChamberHistogram.OCCUPANCY;
import static org.driftwatch.detector.ChamberHistogram.SCINTILLATOR_OCCUPANCY;

import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.pipelines.tracks.Divisor;
import org.driftwatch.pipelines.tracks.MuonOrbit;
import org.driftwatch.pipelines.tracks.MuonSample;
import org.driftwatch.pipelines.tracks.TrackCounter;

/**
 * Counts orbits one by one, each with all its hits: the place where a hit becomes an entry of a
 * histogram. Not safe for use by several threads.
 */
final class OrbitCounter {
  /** Femtoseconds in a nanosecond. */
  private static final long FS_PER_NS = 1_000_000;

  private static final int NONE = Integer.MAX_VALUE;
  private static final long LIMIT = Divisor.LIMIT;

  private final Tables tables;
  private final int timeBits;
  private final int scintillator;

  /** Of each cell, and of the numbers behind the last, its chamber; the last one is none. */
  private final int[] chamberOf;

  /** Of each of them, its hits, and those in orbits with a scintillator hit. */
  private final long[] hitsOf;

  private final long[] gatedHitsOf;

  /** Of each of them, the last orbit that it was active in, counted from 1. */
  private final int[] lastActive;

  /** Of each chamber, its active channels in the present orbit; 0 between orbits. */
  private final int[] active;

  /** Of each chamber, its orbits with so many active channels, and where the numbers begin. */
  private final long[] orbitsOf;

  private final int[] firstOrbitsOf;

  /** Of each chamber, the drift times' bins, then their underflow and overflow. */
  private final long[][] driftTimes;

  /** The muon segments; null where they are not wanted. */
  private final @Nullable TrackCounter tracks;

  /** Orbits with muons that are shown; null where none are wanted. */
  private final @Nullable MuonSample sample;

  private int orbit;
  private long orbitsWithHits;
  private long scintillatorOrbits;

  OrbitCounter(Tables tables) {
    this.tables = tables;
    timeBits = tables.timeBits;
    scintillator = tables.scintillator;
    chamberOf = tables.chamberOf;
    firstOrbitsOf = tables.firstOrbitsOf;
    int cells = chamberOf.length;
    hitsOf = new long[cells];
    gatedHitsOf = new long[cells];
    lastActive = new int[cells];
    int chambers = tables.summary.chambers();
    active = new int[chambers + 1];
    orbitsOf = new long[cells + chambers + 1];
    driftTimes = new long[chambers][ChamberHistogram.DRIFT_BINS + 2];
    tracks = tables.tracks == null ? null : new TrackCounter(tables.tracks);
    sample = tables.hasEvents ? new MuonSample() : null;
  }

  /** What a detector's description comes to: one entry per cell or chamber. Immutable. */
  static final class Tables {
    private final SummaryLayout summary;
    private final HitLayout layout;
    private final int timeBits;
    private final int scintillator;
    private final int[] chamberOf;
    private final int[] firstOrbitsOf;

    /** Of each chamber, its offset counted from the first edge of the drift times. */
    private final long[] driftOrigin;

    /** Length of a tick and of a bin of the drift times, in fs times ticks of a crossing. */
    private final long driftTick;

    private final Divisor byDriftBin;

    /** More ticks than this are beyond the last edge, whatever the offset. */
    private final long mostTicks;

    /** Number of each chamber's first cell. */
    private final int[] firstCellOf;

    private final TrackCounter.@Nullable Tables tracks;
    private final boolean hasEvents;

    /**
     * Tables of a detector.
     *
     * @param hasTracks true where muon segments are counted, too
     * @param hasEvents true where some orbits with muons are kept, to be shown
     */
    Tables(DetectorDescription detector, boolean hasTracks, boolean hasEvents) {
      summary = SummaryLayout.of(detector);
      layout = new HitLayout(detector);
      timeBits = layout.timeBits();
      ChannelMap map = new ChannelMap(detector);
      scintillator = map.scintillator();
      int chambers = summary.chambers();
      chamberOf = new int[map.malformed() + 1];
      Arrays.fill(chamberOf, chambers);
      firstOrbitsOf = new int[chambers + 1];
      firstCellOf = new int[chambers];
      this.hasEvents = hasTracks && hasEvents;
      tracks = hasTracks ? new TrackCounter.Tables(detector) : null;
      driftOrigin = new long[chambers];
      // Ticks need not be a whole number of anything; times this they all are.
      long ticks = detector.clock().ticksPerCrossing();
      driftTick = detector.clock().crossingFs();
      byDriftBin = new Divisor(ChamberHistogram.DRIFT_BIN_NS * FS_PER_NS * ticks);
      mostTicks = Long.MAX_VALUE / 2 / driftTick;
      int cell = 0;
      for (int chamber = 0; chamber < chambers; chamber++) {
        int size = summary.cells(chamber);
        Arrays.fill(chamberOf, cell, cell + size, chamber);
        firstCellOf[chamber] = cell;
        cell += size;
        // One more than cells: there may be none active.
        firstOrbitsOf[chamber + 1] = cell + chamber + 1;
        long offsetFs = detector.chambers().get(chamber).driftOffsetPs() * (FS_PER_NS / 1000);
        driftOrigin[chamber] = (offsetFs - ChamberHistogram.DRIFT_FIRST_NS * FS_PER_NS) * ticks;
      }
    }
  }

  /**
   * Counts one orbit.
   *
   * @param number its number, as it is shown
   * @param hits cell and time of its hits, and of records that are none, see {@link
   *     org.driftwatch.pipelines.orbits.HitPacking}
   * @param size how many they are
   */
  void add(long number, long[] hits, int size) {
    orbit++;
    int opened = NONE;
    int least = NONE;
    for (int i = 0; i < size; i++) {
      int cell = (int) (hits[i] >>> timeBits);
      hitsOf[cell]++;
      least = Math.min(least, cell);
      if (lastActive[cell] != orbit) {
        lastActive[cell] = orbit;
        active[chamberOf[cell]]++;
      }
      if (cell == scintillator) {
        opened = Math.min(opened, ticks(hits[i]));
      }
    }
    orbitsWithHits += least <= scintillator + 1 ? 1 : 0;
    // Few hits make an orbit: this is less than to go through all chambers. The second hit of a
    // chamber finds none active, which is counted, too, but not told.
    for (int i = 0; i < size; i++) {
      int chamber = chamberOf[(int) (hits[i] >>> timeBits)];
      int cells = active[chamber];
      orbitsOf[firstOrbitsOf[chamber] + cells]++;
      active[chamber] = 0;
      if (cells >= TrackCounter.FEWEST_CELLS && tracks != null && tracks.canHave(chamber)) {
        long scintillatorTicks = opened == NONE ? TrackCounter.NEVER : opened;
        tracks.chamber(chamber, hits, size, tables.firstCellOf[chamber], scintillatorTicks);
      }
    }
    int muons = tracks == null ? 0 : tracks.endOrbit();
    if (muons > 0 && sample != null) {
      sample.offer(number, hits, size, muons);
    }
    if (opened != NONE) {
      scintillatorOrbits++;
      for (int i = 0; i < size; i++) {
        addGated((int) (hits[i] >>> timeBits), ticks(hits[i]) - opened);
      }
    }
  }

  private int ticks(long hit) {
    return tables.layout.ticks(hit & (1L << timeBits) - 1);
  }

  private void addGated(int cell, long ticksAfterScintillator) {
    int chamber = chamberOf[cell];
    if (chamber == driftTimes.length) {
      return;
    }
    gatedHitsOf[cell]++;
    long ticks = Math.max(-tables.mostTicks, Math.min(ticksAfterScintillator, tables.mostTicks));
    long fromFirstEdge = ticks * tables.driftTick + tables.driftOrigin[chamber];
    // What the divisor cannot take is beyond the edges by far.
    long bin = tables.byDriftBin.floor(Math.max(1 - LIMIT, Math.min(fromFirstEdge, LIMIT - 1)));
    if (bin < 0) {
      driftTimes[chamber][ChamberHistogram.DRIFT_BINS]++;
    } else if (bin >= ChamberHistogram.DRIFT_BINS) {
      driftTimes[chamber][ChamberHistogram.DRIFT_BINS + 1]++;
    } else {
      driftTimes[chamber][(int) bin]++;
    }
  }

  /**
   * All that was counted, laid out as {@link SummaryLayout} says; its records are those that are no
   * hits.
   */
  long[] counts() {
    SummaryLayout summary = tables.summary;
    long[] counts = new long[summary.size()];
    counts[SummaryLayout.SCINTILLATOR_HITS] = hitsOf[scintillator];
    counts[SummaryLayout.OTHER_HITS] = hitsOf[scintillator + 1];
    counts[SummaryLayout.HITS] = Arrays.stream(hitsOf, 0, scintillator + 2).sum();
    counts[SummaryLayout.RECORDS] = hitsOf[scintillator + 2];
    counts[SummaryLayout.MALFORMED] = hitsOf[scintillator + 3];
    counts[SummaryLayout.ORBITS] = orbitsWithHits;
    counts[SummaryLayout.SCINTILLATOR_ORBITS] = scintillatorOrbits;
    int cell = 0;
    for (int chamber = 0; chamber < driftTimes.length; chamber++) {
      int cells = summary.cells(chamber);
      counts[SummaryLayout.CHAMBER_HITS + chamber] =
          Arrays.stream(hitsOf, cell, cell + cells).sum();
      copy(hitsOf, cell, counts, OCCUPANCY, chamber);
      copy(orbitsOf, firstOrbitsOf[chamber] + 1, counts, ACTIVE_CHANNELS, chamber);
      copy(gatedHitsOf, cell, counts, SCINTILLATOR_OCCUPANCY, chamber);
      copy(driftTimes[chamber], 0, counts, DRIFT_TIME, chamber);
      cell += cells;
    }
    if (tracks != null) {
      tracks.write(counts, hitsOf);
    }
    return counts;
  }

  /** Orbits with muons that are shown, in their order. */
  List<MuonOrbit> events() {
    return sample == null ? List.of() : sample.orbits();
  }

  private void copy(long[] of, int from, long[] counts, ChamberHistogram which, int chamber) {
    SummaryLayout summary = tables.summary;
    int size = summary.bins(which, chamber) + (which.hasFlows() ? 2 : 0);
    System.arraycopy(of, from, counts, summary.index(which, chamber), size);
  }
}
