package org.driftwatch.detector;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The counts of a window's summary in one flat {@code long[]}, in the order of the JSON: {@value
 * #SCALARS} scalars, then {@value #CHAMBER_SIZE} counts of each chamber. Counting, sums and storage
 * use the array; {@link WindowSummary} is made of it to be shown or sent.
 */
public final class SummaryLayout {
  /** Indices of the scalars, as {@link WindowSummary} describes them. */
  public static final int RECORDS = 0;

  public static final int MALFORMED = 1;
  public static final int HITS = 2;

  /** Hits of chamber 0; those of chambers 1 to 3 follow. */
  public static final int CHAMBER_HITS = 3;

  public static final int SCINTILLATOR_HITS = CHAMBER_HITS + Telescope.CHAMBERS;
  public static final int OTHER_HITS = SCINTILLATOR_HITS + 1;
  public static final int ORBITS = OTHER_HITS + 1;
  public static final int SCINTILLATOR_ORBITS = ORBITS + 1;

  /** Number of scalars. */
  public static final int SCALARS = SCINTILLATOR_ORBITS + 1;

  /** First bins of the histograms, from {@link #chamber}; see {@link ChamberSummary}. */
  public static final int OCCUPANCY = 0;

  public static final int ACTIVE_CHANNELS = OCCUPANCY + Telescope.CELLS;
  public static final int SCINTILLATOR_OCCUPANCY = ACTIVE_CHANNELS + Telescope.CELLS;
  public static final int DRIFT_TIME = SCINTILLATOR_OCCUPANCY + Telescope.CELLS;
  public static final int DRIFT_UNDERFLOW = DRIFT_TIME + ChamberSummary.DRIFT_BINS;
  public static final int DRIFT_OVERFLOW = DRIFT_UNDERFLOW + 1;
  private static final int CHAMBER_SIZE = DRIFT_OVERFLOW + 1;

  /** Number of counts of a window. */
  public static final int SIZE = SCALARS + Telescope.CHAMBERS * CHAMBER_SIZE;

  /** The JSON's fields of scalars, in order. */
  public static final List<Field> SCALAR_FIELDS =
      List.of(
          new Field("tot_import", RECORDS, 1),
          new Field("malformed", MALFORMED, 1),
          new Field("hits", HITS, 1),
          new Field("hitsPerChamber", CHAMBER_HITS, Telescope.CHAMBERS),
          new Field("scintillator_hits", SCINTILLATOR_HITS, 1),
          new Field("other_hits", OTHER_HITS, 1),
          new Field("orbits", ORBITS, 1),
          new Field("scintillator_orbits", SCINTILLATOR_ORBITS, 1));

  private SummaryLayout() {}

  /**
   * A field of scalars in the JSON.
   *
   * @param name its name
   * @param index its first count in the array
   * @param size 1 for a number, more for an array of numbers
   */
  public record Field(String name, int index, int size) {}

  /** The histograms of a chamber, in order. */
  public enum ChamberHistogram {
    /** {@link ChamberSummary#occupancy}. */
    OCCUPANCY("histo_ch", SummaryLayout.OCCUPANCY, Telescope.CELLS),
    /** {@link ChamberSummary#activeChannels}. */
    ACTIVE_CHANNELS("histo_orbit_ch", SummaryLayout.ACTIVE_CHANNELS, Telescope.CELLS),
    /** {@link ChamberSummary#scintillatorOccupancy}. */
    SCINTILLATOR_OCCUPANCY("histo_scint_ch", SummaryLayout.SCINTILLATOR_OCCUPANCY, Telescope.CELLS),
    /** {@link ChamberSummary#driftTime}, the only one with under- and overflow. */
    DRIFT_TIME("histo_drift_ch", SummaryLayout.DRIFT_TIME, ChamberSummary.DRIFT_BINS);

    private final String prefix;
    private final int offset;
    private final int bins;

    ChamberHistogram(String prefix, int offset, int bins) {
      this.prefix = prefix;
      this.offset = offset;
      this.bins = bins;
    }

    /** The JSON's field of this histogram of a chamber. */
    public String field(int chamber) {
      return prefix + chamber;
    }

    /** Index of the first bin in the array. */
    public int index(int chamber) {
      return chamber(chamber) + offset;
    }

    /** Number of bins. */
    public int bins() {
      return bins;
    }

    /** True if there is one bin per TDC channel of the chamber. */
    public boolean isPerChannel() {
      return this == OCCUPANCY || this == SCINTILLATOR_OCCUPANCY;
    }

    /**
     * Its bin edges, one more than bins, in a new array.
     *
     * @param firstChannel first TDC channel of the chamber
     */
    public int[] edges(int firstChannel) {
      return switch (this) {
        case OCCUPANCY, SCINTILLATOR_OCCUPANCY -> ChamberSummary.occupancyEdges(firstChannel);
        case ACTIVE_CHANNELS -> ChamberSummary.activeChannelEdges();
        case DRIFT_TIME -> ChamberSummary.driftEdges();
      };
    }

    /** This histogram of a chamber. */
    Histogram of(ChamberSummary chamber) {
      return switch (this) {
        case OCCUPANCY -> chamber.occupancy();
        case ACTIVE_CHANNELS -> chamber.activeChannels();
        case SCINTILLATOR_OCCUPANCY -> chamber.scintillatorOccupancy();
        case DRIFT_TIME -> chamber.driftTime();
      };
    }
  }

  /** Where the counts of a chamber begin. */
  public static int chamber(int chamber) {
    return SCALARS + chamber * CHAMBER_SIZE;
  }

  /** The counts of a summary in a new array. */
  public static long[] counts(WindowSummary s) {
    long[] counts = new long[SIZE];
    counts[RECORDS] = s.totImport();
    counts[MALFORMED] = s.malformed();
    counts[HITS] = s.hits();
    counts[SCINTILLATOR_HITS] = s.scintillatorHits();
    counts[OTHER_HITS] = s.otherHits();
    counts[ORBITS] = s.orbits();
    counts[SCINTILLATOR_ORBITS] = s.scintillatorOrbits();
    for (int i = 0; i < Telescope.CHAMBERS; i++) {
      ChamberSummary chamber = s.chamber(i);
      counts[CHAMBER_HITS + i] = chamber.hits();
      for (ChamberHistogram which : ChamberHistogram.values()) {
        System.arraycopy(which.of(chamber).counts(), 0, counts, which.index(i), which.bins);
      }
      counts[chamber(i) + DRIFT_UNDERFLOW] = chamber.driftTime().underflow();
      counts[chamber(i) + DRIFT_OVERFLOW] = chamber.driftTime().overflow();
    }
    return counts;
  }

  /**
   * The summary of these counts.
   *
   * @param firstChannel from the number of a chamber to its first TDC channel
   */
  public static WindowSummary summary(
      Optional<WindowSummary.Span> window,
      int revision,
      boolean incomplete,
      IntUnaryOperator firstChannel,
      long[] counts) {
    return summary(
        window,
        revision,
        incomplete,
        counts,
        (which, i) -> {
          boolean flows = which == ChamberHistogram.DRIFT_TIME;
          int from = which.index(i);
          return new Histogram(
              which.edges(firstChannel.applyAsInt(i)),
              Arrays.copyOfRange(counts, from, from + which.bins),
              flows ? counts[chamber(i) + DRIFT_UNDERFLOW] : 0,
              flows ? counts[chamber(i) + DRIFT_OVERFLOW] : 0);
        });
  }

  /** The summary of these histograms and of the scalars that {@code counts} begins with. */
  static WindowSummary summary(
      Optional<WindowSummary.Span> window,
      int revision,
      boolean incomplete,
      long[] counts,
      BiFunction<ChamberHistogram, Integer, Histogram> histograms) {
    return new WindowSummary(
        window,
        revision,
        incomplete,
        counts[RECORDS],
        counts[MALFORMED],
        counts[HITS],
        counts[SCINTILLATOR_HITS],
        counts[OTHER_HITS],
        counts[ORBITS],
        counts[SCINTILLATOR_ORBITS],
        IntStream.range(0, Telescope.CHAMBERS)
            .mapToObj(
                i ->
                    new ChamberSummary(
                        counts[CHAMBER_HITS + i],
                        histograms.apply(ChamberHistogram.OCCUPANCY, i),
                        histograms.apply(ChamberHistogram.ACTIVE_CHANNELS, i),
                        histograms.apply(ChamberHistogram.SCINTILLATOR_OCCUPANCY, i),
                        histograms.apply(ChamberHistogram.DRIFT_TIME, i)))
            .toList());
  }
}
