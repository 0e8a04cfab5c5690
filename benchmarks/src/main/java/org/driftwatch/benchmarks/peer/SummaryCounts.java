package org.driftwatch.benchmarks.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.WindowSummary;

/**
 * All numbers of a summary, for the peers: nothing of the monitor's own aggregation is in it. Cells
 * are numbered as the course's: chamber * 64 + channel, then the scintillator, then what belongs to
 * no chamber. Not safe for use by several threads.
 */
final class SummaryCounts {
  static final int CHAMBERS = 4;
  static final int SCINTILLATOR = 256;
  static final int OTHER = 257;

  private static final int DRIFT_BINS = 80;
  private static final int[] DRIFT_OFFSETS_PS = {93_900, 101_400, 95_500, 92_400};

  /** Units of 1/6 ps: in these ticks of 25/30 ns and offsets are whole. */
  static final int UNITS_PER_TICK = 5000;

  private static final int UNITS_PER_PS = 6;
  private static final int FIRST_EDGE = -900_000;

  /** Width of a bin of drift times, 1/6 ps. */
  static final int UNITS_PER_BIN = 60_000;

  private final long[] hits = new long[OTHER + 1];
  private final long[][] active = new long[CHAMBERS][64];
  private final long[][] gated = new long[CHAMBERS][64];
  private final long[][] drift = new long[CHAMBERS][DRIFT_BINS];
  private final long[] underflow = new long[CHAMBERS];
  private final long[] overflow = new long[CHAMBERS];
  private long orbits;
  private long scintillatorOrbits;

  /** From the first edge of the drift times' bins to a hit on the scintillator's tick, 1/6 ps. */
  static int unitsAtScintillator(int chamber) {
    return UNITS_PER_PS * DRIFT_OFFSETS_PS[chamber] - FIRST_EDGE;
  }

  /**
   * The bin of a drift time; below 0 for underflow, from 80 on for overflow.
   *
   * @param ticksAfter ticks from the scintillator's first hit of the orbit to the hit
   */
  static int driftBin(int chamber, int ticksAfter) {
    return (int)
        Math.floorDiv(
            (long) UNITS_PER_TICK * ticksAfter + unitsAtScintillator(chamber), UNITS_PER_BIN);
  }

  /** Adds hits of a cell. */
  void hits(int cell, long count) {
    hits[cell] += count;
  }

  /** Adds orbits with hits. */
  void orbits(long count) {
    orbits += count;
  }

  /** Adds orbits with so many distinct active channels of a chamber, 0 for none. */
  void active(int chamber, int channels, long count) {
    if (channels > 0) {
      active[chamber][channels - 1] += count;
    }
  }

  /** Adds orbits with a hit of the scintillator. */
  void scintillatorOrbits(long count) {
    scintillatorOrbits += count;
  }

  /** Adds hits of a chamber's cell in such orbits, with their {@link #driftBin}. */
  void gated(int cell, int driftBin, long count) {
    int chamber = cell >> 6;
    gated[chamber][cell & 63] += count;
    if (driftBin < 0) {
      underflow[chamber] += count;
    } else if (driftBin >= DRIFT_BINS) {
      overflow[chamber] += count;
    } else {
      drift[chamber][driftBin] += count;
    }
  }

  /**
   * The summary.
   *
   * @param window empty for a static batch
   * @param records hits and trigger words
   */
  WindowSummary summary(Optional<WindowSummary.Span> window, long records) {
    List<ChamberSummary> chambers = new ArrayList<>();
    for (int i = 0; i < CHAMBERS; i++) {
      int[] edges = ChamberHistogram.OCCUPANCY.edges(64 * (i % 2), 64);
      Histogram channels = Histogram.of(edges, Arrays.copyOfRange(hits, 64 * i, 64 * i + 64), 0, 0);
      chambers.add(
          new ChamberSummary(
              channels.entries(),
              List.of(
                  channels,
                  Histogram.of(ChamberHistogram.ACTIVE_CHANNELS.edges(0, 64), active[i], 0, 0),
                  Histogram.of(edges, gated[i], 0, 0),
                  Histogram.of(
                      ChamberHistogram.DRIFT_TIME.edges(0, 64),
                      drift[i],
                      underflow[i],
                      overflow[i]))));
    }
    return new WindowSummary(
        new WindowSummary.Head(window, 0, false, List.of()),
        records,
        0,
        Arrays.stream(hits).sum(),
        hits[SCINTILLATOR],
        hits[OTHER],
        orbits,
        scintillatorOrbits,
        chambers);
  }
}
