package org.driftwatch.quality.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;

/**
 * Windows of made counts: Poisson numbers around rates that a test sets. It knows nothing of the
 * checks. Not safe for several threads.
 */
final class Windows {
  static final Instant START = Instant.parse("2026-11-20T20:00:00Z");

  final DetectorDescription detector;
  final double[] cellHz;

  /** Each cell's rate as a multiple of that. */
  final double[][] factor;

  double scintillatorHz = 0.6;
  double muonHz = 25;

  /** Of orbits with three, four and five active channels. */
  final double[][] peak;

  final double[] shiftNs;
  double malformedShare;
  boolean incomplete;

  private final SummaryLayout layout;
  private final Random random;
  private final long windowMillis;
  private long next;

  Windows(DetectorDescription detector, long seed, int windowSeconds) {
    this.detector = detector;
    layout = SummaryLayout.of(detector);
    random = new Random(0x9E3779B97F4A7C15L * (seed + 1));
    windowMillis = 1000L * windowSeconds;
    int chambers = detector.chambers().size();
    cellHz = new double[] {2.6, 5.2, 3.6, 3.3};
    factor = new double[chambers][];
    peak = new double[chambers][];
    shiftNs = new double[chambers];
    for (int i = 0; i < chambers; i++) {
      Chamber chamber = detector.chambers().get(i);
      factor[i] = new double[chamber.size()];
      Arrays.fill(factor[i], 1);
      for (int cell = 0; cell < factor[i].length; cell++) {
        factor[i][cell] = 0.8 + 0.4 * random.nextDouble();
      }
      chamber.deadCells().forEach(cell -> factor[chamberOf(chamber)][cell] = 0);
      chamber.weakCells().forEach(cell -> factor[chamberOf(chamber)][cell] = 0.03);
      chamber.hotCells().forEach(cell -> factor[chamberOf(chamber)][cell] = 2.6);
      peak[i] = new double[] {0.25, 0.6, 0.15};
    }
  }

  private int chamberOf(Chamber chamber) {
    return detector.chambers().indexOf(chamber);
  }

  /** Multiplies all rates of a chamber's cells. */
  void scale(int chamber, double by) {
    Arrays.setAll(factor[chamber], cell -> by * factor[chamber][cell]);
  }

  /** Multiplies all rates. */
  void scale(double by) {
    for (int chamber = 0; chamber < factor.length; chamber++) {
      scale(chamber, by);
    }
    scintillatorHz *= by;
  }

  /** Multiplies the rates of a layer, from 1. */
  void scaleLayer(int chamber, int layer, double by) {
    for (int cell = 0; cell < factor[chamber].length; cell++) {
      if (detector.chambers().get(chamber).layer(cell) == layer) {
        factor[chamber][cell] *= by;
      }
    }
  }

  /** Lets time pass without windows. */
  void pause(int windows) {
    next += windows;
  }

  Instant now() {
    return START.plusMillis(next * windowMillis);
  }

  /** The next window. */
  WindowSummary next() {
    WindowSummary window = window(next, 0);
    next++;
    return window;
  }

  /** The next windows. */
  List<WindowSummary> next(int number) {
    List<WindowSummary> windows = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      windows.add(next());
    }
    return windows;
  }

  private WindowSummary window(long number, int revision) {
    double seconds = windowMillis / 1000.0;
    long[] counts = new long[layout.size()];
    for (int chamber = 0; chamber < factor.length; chamber++) {
      int cells = layout.index(ChamberHistogram.OCCUPANCY, chamber);
      for (int cell = 0; cell < factor[chamber].length; cell++) {
        long hits = poisson(cellHz[chamber % cellHz.length] * factor[chamber][cell] * seconds);
        counts[cells + cell] = hits;
        counts[SummaryLayout.CHAMBER_HITS + chamber] += hits;
        counts[SummaryLayout.HITS] += hits;
      }
      int active = layout.index(ChamberHistogram.ACTIVE_CHANNELS, chamber);
      int layers = detector.chambers().get(chamber).layers();
      for (int i = 0; i < 3; i++) {
        counts[active + layers - 2 + i] = poisson(muonHz * peak[chamber][i] * seconds);
      }
      int drift = layout.index(ChamberHistogram.DRIFT_TIME, chamber);
      long times = poisson(scintillatorHz * 3.9 * seconds);
      for (int i = 0; i < times; i++) {
        double ns = detector.maxDriftNs() * random.nextDouble() + 3 * random.nextGaussian();
        int bin =
            (int)
                Math.floor(
                    (ns + shiftNs[chamber] - ChamberHistogram.DRIFT_FIRST_NS)
                        / ChamberHistogram.DRIFT_BIN_NS);
        if (bin >= 0 && bin < ChamberHistogram.DRIFT_BINS) {
          counts[drift + bin]++;
        }
      }
    }
    counts[SummaryLayout.SCINTILLATOR_HITS] = poisson(scintillatorHz * seconds);
    counts[SummaryLayout.HITS] += counts[SummaryLayout.SCINTILLATOR_HITS];
    long records = Math.round(counts[SummaryLayout.HITS] / 0.9);
    counts[SummaryLayout.RECORDS] = records;
    counts[SummaryLayout.MALFORMED] =
        malformedShare == 0 ? 0 : poisson(records * malformedShare / (1 - malformedShare));
    Instant start = START.plusMillis(number * windowMillis);
    return layout.summary(
        new WindowSummary.Head(
            Optional.of(new WindowSummary.Span(start, start.plusMillis(windowMillis))),
            revision,
            incomplete,
            List.of()),
        chamber -> detector.chambers().get(chamber).firstBin(),
        counts);
  }

  private long poisson(double mean) {
    if (mean > 50) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    long count = 0;
    while (product > limit) {
      count++;
      product *= random.nextDouble();
    }
    return count;
  }
}
