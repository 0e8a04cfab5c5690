package org.driftwatch.quality.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.TrackGeometry;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Thresholds.Limit;

/**
 * Where the counts that are judged lie in an array, one per window. Counts of different windows add
 * up place by place. Cells that are known to be bad take no part. Immutable.
 */
final class Columns {
  static final int RECORDS = 0;
  static final int MALFORMED = 1;
  static final int HITS = 2;
  static final int SCINTILLATOR = 3;
  static final int OTHER = 4;
  static final int WINDOWS = 5;
  static final int INCOMPLETE = 6;
  private static final int CHAMBERS = 7;

  private static final double BIN_NS = ChamberHistogram.DRIFT_BIN_NS;

  /** Active channels that a muon gives where all cells answer, and one less and one more. */
  private static final int PEAK = 3;

  /** Of a chamber's muon segments: windows in which they were looked for. */
  private static final int TRACKED = 0;

  /** How often good cells were tested, and how often they had a hit then. */
  private static final int TESTED = 1;

  private static final int FOUND = 2;
  private static final int SUMS = 3;

  /**
   * A chamber's places.
   *
   * @param number the chamber
   * @param described the chamber
   * @param hits its hits
   * @param peak orbits with one active channel less than there are layers, as many, and one more;
   *     -1 where its histogram cannot show that
   * @param layers hits of the good cells of the first layer; those of the others follow
   * @param cells hits of the first cell; those of the others follow
   * @param drift the first bin of its drift times
   * @param early windows with drift times before the box; those with times behind it follow
   * @param left bins that are before the box as a whole
   * @param right the first bin that is behind it as a whole
   * @param tracks where its muon segments begin; -1 where it has none
   * @param good cells that are not known to be bad, of each layer
   */
  record Place(
      int number,
      Chamber described,
      int hits,
      int peak,
      int layers,
      int cells,
      int drift,
      int early,
      int left,
      int right,
      int tracks,
      List<int[]> good) {
    /** Number of its good cells. */
    int goodCells() {
      return good.stream().mapToInt(layer -> layer.length).sum();
    }
  }

  /** True where segments were looked for. */
  static boolean hasTracks(Place place, Stretch stretch) {
    return place.tracks() >= 0 && stretch.count(place.tracks() + TRACKED) > 0;
  }

  /** How often a muon crossed one of a chamber's good cells. */
  static long tested(Place place, Stretch stretch) {
    return stretch.count(place.tracks() + TESTED);
  }

  /** How often it had a hit then. */
  static long found(Place place, Stretch stretch) {
    return stretch.count(place.tracks() + FOUND);
  }

  /** A sum over a chamber's segments. */
  @SuppressWarnings("EnumOrdinal") // They are in the order of the constants, by definition.
  static long sum(Place place, TrackSum which, Stretch stretch) {
    return stretch.count(place.tracks() + SUMS + which.ordinal());
  }

  private final List<Place> chambers = new ArrayList<>();
  private final int size;

  Columns(DetectorDescription detector, Thresholds thresholds) {
    double factor = detector.maxDriftNs() / DriftBoxCheck.STANDARD_DRIFT_NS;
    double before = thresholds.scaled(Limit.DRIFT_LEFT_FROM, factor);
    double behind = thresholds.scaled(Limit.DRIFT_RIGHT_TO, factor);
    int left = bin(Math.floor((before - ChamberHistogram.DRIFT_FIRST_NS) / BIN_NS));
    int right = bin(Math.ceil((behind - ChamberHistogram.DRIFT_FIRST_NS) / BIN_NS));
    int next = CHAMBERS;
    for (int i = 0; i < detector.chambers().size(); i++) {
      Chamber chamber = detector.chambers().get(i);
      int hits = next++;
      int peak = -1;
      if (chamber.layers() > 1 && chamber.layers() < chamber.size()) {
        peak = next;
        next += PEAK;
      }
      int layers = next;
      next += chamber.layers();
      int cells = next;
      next += chamber.size();
      int drift = next;
      next += ChamberHistogram.DRIFT_BINS;
      int early = next;
      next += 2;
      int tracks = -1;
      if (TrackGeometry.hindrance(detector, i).isEmpty()) {
        tracks = next;
        next += SUMS + TrackSum.values().length;
      }
      chambers.add(
          new Place(
              i,
              chamber,
              hits,
              peak,
              layers,
              cells,
              drift,
              early,
              left,
              right,
              tracks,
              good(chamber)));
    }
    size = next;
  }

  private static int bin(double number) {
    return (int) Math.max(0, Math.min(ChamberHistogram.DRIFT_BINS, number));
  }

  private static List<int[]> good(Chamber chamber) {
    Set<Integer> bad = new HashSet<>(chamber.deadCells());
    bad.addAll(chamber.weakCells());
    bad.addAll(chamber.hotCells());
    List<int[]> good = new ArrayList<>();
    for (int layer = 1; layer <= chamber.layers(); layer++) {
      int number = layer;
      good.add(
          IntStream.range(0, chamber.size())
              .filter(cell -> chamber.layer(cell) == number && !bad.contains(cell))
              .toArray());
    }
    return good;
  }

  List<Place> chambers() {
    return chambers;
  }

  /** Number of counts. */
  int size() {
    return size;
  }

  /**
   * How many hits of a chamber come together: the mean of their number in an orbit, as a hit sees
   * it. What is not of an orbit as muons leave them is taken for single hits.
   */
  double hitsTogether(Place place, Stretch stretch) {
    if (place.peak() < 0) {
      return 1;
    }
    double hits = 0;
    double squares = 0;
    for (int i = 0; i < PEAK; i++) {
      double cells = place.described().layers() - 1.0 + i;
      hits += cells * stretch.count(place.peak() + i);
      squares += cells * cells * stretch.count(place.peak() + i);
    }
    double all = Math.max((double) stretch.count(place.hits()), hits);
    return all == 0 ? 1 : Math.max(1, (squares + all - hits) / all);
  }

  /** True if a summary can be of this detector. */
  boolean fits(WindowSummary summary) {
    if (summary.chambers().size() != chambers.size()) {
      return false;
    }
    for (Place place : chambers) {
      if (summary.chamber(place.number()).cells() != place.described().size()) {
        return false;
      }
    }
    return true;
  }

  /** The counts of a summary that {@link #fits}, in a new array. */
  long[] counts(WindowSummary summary) {
    long[] counts = new long[size];
    counts[RECORDS] = summary.totImport();
    counts[MALFORMED] = summary.malformed();
    counts[HITS] = summary.hits();
    counts[SCINTILLATOR] = summary.scintillatorHits();
    counts[OTHER] = summary.otherHits();
    counts[WINDOWS] = 1;
    counts[INCOMPLETE] = summary.incomplete() ? 1 : 0;
    for (Place place : chambers) {
      ChamberSummary chamber = summary.chamber(place.number());
      counts[place.hits()] = chamber.hits();
      if (place.peak() >= 0) {
        for (int i = 0; i < PEAK; i++) {
          counts[place.peak() + i] =
              chamber.activeChannels().count(place.described().layers() - 2 + i);
        }
      }
      Histogram occupancy = chamber.occupancy();
      for (int cell = 0; cell < place.described().size(); cell++) {
        counts[place.cells() + cell] = occupancy.count(cell);
      }
      for (int layer = 0; layer < place.good().size(); layer++) {
        for (int cell : place.good().get(layer)) {
          counts[place.layers() + layer] += occupancy.count(cell);
        }
      }
      Histogram drift = chamber.driftTime();
      for (int bin = 0; bin < ChamberHistogram.DRIFT_BINS; bin++) {
        long count = drift.count(bin);
        counts[place.drift() + bin] = count;
        if (count > 0 && bin < place.left()) {
          counts[place.early()] = 1;
        } else if (count > 0 && bin >= place.right()) {
          counts[place.early() + 1] = 1;
        }
      }
      if (place.tracks() >= 0) {
        chamber.tracks().ifPresent(tracks -> put(tracks, place, counts));
      }
    }
    return counts;
  }

  private static void put(TrackSummary tracks, Place place, long[] counts) {
    counts[place.tracks() + TRACKED] = 1;
    for (int[] layer : place.good()) {
      for (int cell : layer) {
        counts[place.tracks() + TESTED] += tracks.tested().get(cell);
        counts[place.tracks() + FOUND] += tracks.found().get(cell);
      }
    }
    for (int i = 0; i < tracks.sums().size(); i++) {
      counts[place.tracks() + SUMS + i] = tracks.sums().get(i);
    }
  }
}
