package org.driftwatch.detector;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The counts of a window's summary in one flat {@code long[]}: seven scalars, the hits of each
 * chamber, the histograms of each chamber, then the muon segments of each chamber. Counting, sums
 * and storage use the array; {@link WindowSummary} is made of it to be shown or sent. Immutable;
 * equal where the chambers have the same numbers of cells.
 */
public final class SummaryLayout {
  /** Indices of the scalars, as {@link WindowSummary} describes them. */
  public static final int RECORDS = 0;

  public static final int MALFORMED = 1;
  public static final int HITS = 2;
  public static final int SCINTILLATOR_HITS = 3;
  public static final int OTHER_HITS = 4;
  public static final int ORBITS = 5;
  public static final int SCINTILLATOR_ORBITS = 6;

  /** Hits of chamber 0; those of the others follow. */
  public static final int CHAMBER_HITS = 7;

  /** Place among the counts of a chamber's segments: 1 or more where segments are looked for. */
  public static final int TRACKED = 0;

  /** Places of the other counts of {@link TrackSummary}; those per cell follow. */
  public static final int SEGMENTS = 1;

  public static final int SEGMENTS4 = 2;
  public static final int AMBIGUOUS = 3;
  public static final int BUSY = 4;
  private static final int TRACK_SCALARS = 5;

  private static final ChamberHistogram[] HISTOGRAMS = ChamberHistogram.values();
  private static final TrackHistogram[] TRACK_HISTOGRAMS = TrackHistogram.values();
  private static final int TRACK_SUMS = TrackSum.values().length;

  private final int[] cells;

  /** First count of each histogram, by chamber. */
  private final Map<ChamberHistogram, int[]> starts = new EnumMap<>(ChamberHistogram.class);

  /** First count of each chamber's segments. */
  private final int[] tracks;

  private final int size;

  /**
   * The layout of chambers with these numbers of cells.
   *
   * @param cells number of cells of each chamber; copied
   */
  public SummaryLayout(int... cells) {
    this.cells = cells.clone();
    for (ChamberHistogram which : HISTOGRAMS) {
      starts.put(which, new int[cells.length]);
    }
    int next = CHAMBER_HITS + cells.length;
    for (int chamber = 0; chamber < cells.length; chamber++) {
      for (ChamberHistogram which : HISTOGRAMS) {
        starts.get(which)[chamber] = next;
        next += which.counts(cells[chamber]);
      }
    }
    tracks = new int[cells.length];
    for (int chamber = 0; chamber < cells.length; chamber++) {
      tracks[chamber] = next;
      next += sums(chamber) - next + TRACK_SUMS;
    }
    size = next;
  }

  /** The layout of a detector's windows. */
  public static SummaryLayout of(DetectorDescription detector) {
    return new SummaryLayout(detector.cellsOfChambers());
  }

  /** The layout of a summary. */
  public static SummaryLayout of(WindowSummary summary) {
    return new SummaryLayout(summary.chambers().stream().mapToInt(ChamberSummary::cells).toArray());
  }

  /**
   * A field of scalars in the JSON.
   *
   * @param name its name
   * @param index its first count in the array
   * @param size how many numbers it has
   * @param isArray true where they stand in an array
   */
  public record Field(String name, int index, int size, boolean isArray) {}

  /** The JSON's fields of scalars, in order. */
  public List<Field> scalarFields() {
    return List.of(
        scalar("tot_import", RECORDS),
        scalar("malformed", MALFORMED),
        scalar("hits", HITS),
        new Field("hitsPerChamber", CHAMBER_HITS, cells.length, true),
        scalar("scintillator_hits", SCINTILLATOR_HITS),
        scalar("other_hits", OTHER_HITS),
        scalar("orbits", ORBITS),
        scalar("scintillator_orbits", SCINTILLATOR_ORBITS));
  }

  private static Field scalar(String name, int index) {
    return new Field(name, index, 1, false);
  }

  /** Number of chambers. */
  public int chambers() {
    return cells.length;
  }

  /** Number of cells of a chamber. */
  public int cells(int chamber) {
    return cells[chamber];
  }

  /** Number of counts of a window. */
  public int size() {
    return size;
  }

  /** Index of the first bin of a histogram; under- and overflow follow the last, if it has them. */
  public int index(ChamberHistogram which, int chamber) {
    return starts.get(which)[chamber];
  }

  /** Number of bins of a histogram. */
  public int bins(ChamberHistogram which, int chamber) {
    return which.bins(cells[chamber]);
  }

  /** Index of the first count of a chamber's segments: {@link #TRACKED}. */
  public int tracks(int chamber) {
    return tracks[chamber];
  }

  /** Index of how often the chamber's first cell was tested; the other cells follow. */
  public int tested(int chamber) {
    return tracks[chamber] + TRACK_SCALARS;
  }

  /** Index of how often the first cell was found. */
  public int found(int chamber) {
    return tested(chamber) + cells[chamber];
  }

  /** Index of the first cell's hits on no segment. */
  public int noise(int chamber) {
    return found(chamber) + cells[chamber];
  }

  /** Index of the first bin of a histogram of segments; under- and overflow follow the last. */
  public int index(TrackHistogram which, int chamber) {
    int index = noise(chamber) + cells[chamber];
    for (TrackHistogram before : TRACK_HISTOGRAMS) {
      if (before == which) {
        break;
      }
      index += before.bins() + 2;
    }
    return index;
  }

  /** Index of the first of a chamber's {@link TrackSum}s. */
  public int sums(int chamber) {
    TrackHistogram last = TRACK_HISTOGRAMS[TRACK_HISTOGRAMS.length - 1];
    return index(last, chamber) + last.bins() + 2;
  }

  /** The counts of a summary of this layout in a new array. */
  public long[] counts(WindowSummary s) {
    long[] counts = new long[size];
    counts[RECORDS] = s.totImport();
    counts[MALFORMED] = s.malformed();
    counts[HITS] = s.hits();
    counts[SCINTILLATOR_HITS] = s.scintillatorHits();
    counts[OTHER_HITS] = s.otherHits();
    counts[ORBITS] = s.orbits();
    counts[SCINTILLATOR_ORBITS] = s.scintillatorOrbits();
    for (int i = 0; i < cells.length; i++) {
      ChamberSummary chamber = s.chamber(i);
      int number = i;
      counts[CHAMBER_HITS + i] = chamber.hits();
      for (ChamberHistogram which : HISTOGRAMS) {
        Histogram histogram = chamber.histogram(which);
        int from = index(which, i);
        int bins = bins(which, i);
        System.arraycopy(histogram.counts(), 0, counts, from, bins);
        if (which.hasFlows()) {
          counts[from + bins] = histogram.underflow();
          counts[from + bins + 1] = histogram.overflow();
        }
      }
      chamber.tracks().ifPresent(t -> put(t, number, counts));
    }
    return counts;
  }

  private void put(TrackSummary t, int chamber, long[] counts) {
    int at = tracks[chamber];
    counts[at + TRACKED] = 1;
    counts[at + SEGMENTS] = t.segments();
    counts[at + SEGMENTS4] = t.segments4();
    counts[at + AMBIGUOUS] = t.ambiguous();
    counts[at + BUSY] = t.busy();
    put(t.tested(), counts, tested(chamber));
    put(t.found(), counts, found(chamber));
    put(t.noise(), counts, noise(chamber));
    for (TrackHistogram which : TRACK_HISTOGRAMS) {
      Histogram histogram = t.histogram(which);
      int from = index(which, chamber);
      System.arraycopy(histogram.counts(), 0, counts, from, which.bins());
      counts[from + which.bins()] = histogram.underflow();
      counts[from + which.bins() + 1] = histogram.overflow();
    }
    put(t.sums(), counts, sums(chamber));
  }

  private static void put(List<Long> numbers, long[] counts, int at) {
    for (int i = 0; i < numbers.size(); i++) {
      counts[at + i] = numbers.get(i);
    }
  }

  /** What these counts say of a chamber's segments, where they were looked for. */
  private Optional<TrackSummary> trackSummary(int chamber, long[] counts) {
    int at = tracks[chamber];
    if (counts[at + TRACKED] == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new TrackSummary(
            counts[at + SEGMENTS],
            counts[at + SEGMENTS4],
            counts[at + AMBIGUOUS],
            counts[at + BUSY],
            list(counts, tested(chamber), cells[chamber]),
            list(counts, found(chamber), cells[chamber]),
            list(counts, noise(chamber), cells[chamber]),
            Arrays.stream(TRACK_HISTOGRAMS).map(h -> histogram(h, chamber, counts)).toList(),
            list(counts, sums(chamber), TRACK_SUMS)));
  }

  private static List<Long> list(long[] counts, int from, int size) {
    return Arrays.stream(counts, from, from + size).boxed().toList();
  }

  private Histogram histogram(TrackHistogram which, int chamber, long[] counts) {
    int from = index(which, chamber);
    int to = from + which.bins();
    return new Histogram(
        which.edges(), Arrays.copyOfRange(counts, from, to), counts[to], counts[to + 1]);
  }

  /** A histogram of a chamber, of these counts and edges. */
  public Histogram histogram(ChamberHistogram which, int chamber, int firstBin, long[] counts) {
    int from = index(which, chamber);
    int to = from + bins(which, chamber);
    return new Histogram(
        which.edges(firstBin, cells[chamber]),
        Arrays.copyOfRange(counts, from, to),
        which.hasFlows() ? counts[to] : 0,
        which.hasFlows() ? counts[to + 1] : 0);
  }

  /**
   * The summary of these counts.
   *
   * @param head what a summary says beside its counts
   * @param firstBin from the number of a chamber to what its first cell is called
   */
  public WindowSummary summary(WindowSummary.Head head, IntUnaryOperator firstBin, long[] counts) {
    return summary(
        head,
        counts,
        (which, i) -> histogram(which, i, firstBin.applyAsInt(i), counts),
        i -> trackSummary(i, counts));
  }

  /**
   * The summary of these histograms and segments, and of the scalars that {@code counts} begins
   * with.
   */
  WindowSummary summary(
      WindowSummary.Head head,
      long[] counts,
      BiFunction<ChamberHistogram, Integer, Histogram> histograms,
      IntFunction<Optional<TrackSummary>> tracks) {
    return new WindowSummary(
        head,
        counts[RECORDS],
        counts[MALFORMED],
        counts[HITS],
        counts[SCINTILLATOR_HITS],
        counts[OTHER_HITS],
        counts[ORBITS],
        counts[SCINTILLATOR_ORBITS],
        IntStream.range(0, cells.length)
            .mapToObj(
                i ->
                    new ChamberSummary(
                        counts[CHAMBER_HITS + i],
                        Arrays.stream(HISTOGRAMS).map(h -> histograms.apply(h, i)).toList(),
                        tracks.apply(i)))
            .toList());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SummaryLayout other && Arrays.equals(cells, other.cells);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells);
  }

  @Override
  public String toString() {
    return "SummaryLayout{cells " + Arrays.toString(cells) + "}";
  }
}
