package org.driftwatch.emulator.simulator;

import java.util.Arrays;
import java.util.List;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.HitLayout;

/**
 * Noise hits: how many, and on which channels. A chamber's noise is what muons and flickering cells
 * leave of its share of all hits; within the chamber dead cells have none, weak ones next to none,
 * hot ones several times that of the others. Immutable.
 */
final class Noise {
  /** All hits of the course's detector at the start of its first file, 1/s. */
  private static final double HITS_HZ = 2475;

  /** Its cells of a chamber. Chambers of other sizes have hits in proportion. */
  private static final double CELLS = 64;

  /** Share of its hits per chamber over a whole run. Further chambers are as these in turn. */
  private static final double[] SHARE = {0.17, 0.37, 0.24, 0.22};

  /** Never less than this fraction of the chamber's hits. */
  private static final double LEAST = 0.05;

  /** How much the noise differs from cell to cell, as a fraction of the mean. */
  private static final double[] SPREAD = {0.1, 0.3, 0.3, 0.3};

  private static final double HOT = 2.6;
  private static final int TABLE_BITS = 16;

  /** The pattern belongs to the detector: it is the same whatever the seed of a run. */
  private static final long PATTERN_SEED = 591;

  private final int[] addresses = new int[1 << TABLE_BITS];
  private final double hz;

  /**
   * Noise beside other hits.
   *
   * @param otherHitsHz hits of muons and of flickering cells per chamber, 1/s
   */
  Noise(DetectorDescription detector, double[] otherHitsHz) {
    RandomStream pattern = new RandomStream(PATTERN_SEED);
    List<Chamber> chambers = detector.chambers();
    double[][] rates = new double[chambers.size()][];
    double total = 0;
    for (int chamber = 0; chamber < rates.length; chamber++) {
      Chamber c = chambers.get(chamber);
      double all = SHARE[chamber % SHARE.length] * HITS_HZ * (c.size() / CELLS);
      double wanted = Math.max(all - otherHitsHz[chamber], LEAST * all);
      rates[chamber] = new double[c.size()];
      total += spread(c, SPREAD[chamber % SPREAD.length], wanted, pattern, rates[chamber]);
    }
    hz = total;
    fill(detector, rates);
  }

  private static double spread(
      Chamber c, double spread, double wanted, RandomStream pattern, double[] rates) {
    double sum = 0;
    for (int cell = 0; cell < rates.length; cell++) {
      double rate = 1 + spread * (2 * pattern.uniform() - 1);
      if (c.deadCells().contains(cell)) {
        rate = 0;
      } else if (c.weakCells().contains(cell)) {
        rate *= CellResponse.WEAK;
      } else if (c.hotCells().contains(cell)) {
        rate *= HOT;
      }
      rates[cell] = rate;
      sum += rate;
    }
    if (sum == 0) {
      return 0;
    }
    for (int cell = 0; cell < rates.length; cell++) {
      rates[cell] *= wanted / sum;
    }
    return wanted;
  }

  private void fill(DetectorDescription detector, double[][] rates) {
    HitLayout layout = new HitLayout(detector);
    double sum = 0;
    int from = 0;
    for (int chamber = 0; chamber < rates.length && hz > 0; chamber++) {
      for (int cell = 0; cell < rates[chamber].length; cell++) {
        sum += rates[chamber][cell];
        int to = (int) Math.round(sum / hz * addresses.length);
        int address = layout.address(detector.chambers().get(chamber).channels().get(cell));
        Arrays.fill(addresses, from, to, address);
        from = to;
      }
    }
  }

  /** Noise hits of all cells together, 1/s; 0 if every cell is dead. */
  double hz() {
    return hz;
  }

  /** Board and channel of the next noise hit, see {@link HitLayout#address(long)}. */
  int address(RandomStream random) {
    return addresses[(int) (random.bits() >>> (Long.SIZE - TABLE_BITS))];
  }
}
