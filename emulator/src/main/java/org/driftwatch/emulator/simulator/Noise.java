package org.driftwatch.emulator.simulator;

import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;

/**
 * Noise hits: how many, and on which channels. A chamber's noise is what muons and flickering cells
 * leave of its share of all hits; within the chamber dead cells have none, weak ones next to none,
 * hot ones several times that of the others. Immutable.
 */
final class Noise {
  /** All hits of the detector at the start of the course's first file, 1/s. */
  private static final double HITS_HZ = 2475;

  /** Share of the hits per chamber over a whole run. */
  private static final double[] SHARE = {0.17, 0.37, 0.24, 0.22};

  /** Never less than this fraction of the chamber's hits. */
  private static final double LEAST = 0.05;

  /** How much the noise differs from cell to cell, as a fraction of the mean. */
  private static final double[] SPREAD = {0.1, 0.3, 0.3, 0.3};

  private static final double HOT = 2.6;
  private static final int TABLE_BITS = 16;

  /** The pattern belongs to the detector: it is the same whatever the seed of a run. */
  private static final long PATTERN_SEED = 591;

  private final short[] channels = new short[1 << TABLE_BITS];
  private final double hz;

  /**
   * Noise beside other hits.
   *
   * @param otherHitsHz hits of muons and of flickering cells per chamber, 1/s
   */
  Noise(RunConfiguration run, double[] otherHitsHz) {
    RandomStream pattern = new RandomStream(PATTERN_SEED);
    double[] rates = new double[Telescope.CHAMBERS * Telescope.CELLS];
    double total = 0;
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      double all = SHARE[chamber] * HITS_HZ;
      double wanted = Math.max(all - otherHitsHz[chamber], LEAST * all);
      total += spread(run.chambers().get(chamber), chamber, wanted, pattern, rates);
    }
    hz = total;
    fill(run, rates);
  }

  private static double spread(
      RunConfiguration.Chamber c,
      int chamber,
      double wanted,
      RandomStream pattern,
      double[] rates) {
    int first = chamber * Telescope.CELLS;
    double sum = 0;
    for (int cell = 0; cell < Telescope.CELLS; cell++) {
      double rate = 1 + SPREAD[chamber] * (2 * pattern.uniform() - 1);
      if (c.deadCells().contains(cell)) {
        rate = 0;
      } else if (c.weakCells().contains(cell)) {
        rate *= CellResponse.WEAK;
      } else if (c.hotCells().contains(cell)) {
        rate *= HOT;
      }
      rates[first + cell] = rate;
      sum += rate;
    }
    if (sum == 0) {
      return 0;
    }
    for (int cell = 0; cell < Telescope.CELLS; cell++) {
      rates[first + cell] *= wanted / sum;
    }
    return wanted;
  }

  private void fill(RunConfiguration run, double[] rates) {
    double sum = 0;
    int from = 0;
    for (int i = 0; i < rates.length && hz > 0; i++) {
      RunConfiguration.Chamber c = run.chambers().get(i / Telescope.CELLS);
      int channel = c.firstChannel() + i % Telescope.CELLS;
      sum += rates[i];
      int to = (int) Math.round(sum / hz * channels.length);
      for (int k = from; k < to; k++) {
        channels[k] = (short) HitWord.boardChannel(HitWord.hit(c.fpga(), channel, 0, 0, 0));
      }
      from = to;
    }
  }

  /** Noise hits of all cells together, 1/s; 0 if every cell is dead. */
  double hz() {
    return hz;
  }

  /** Board and channel of the next noise hit, as {@link HitWord#boardChannel}. */
  int channel(RandomStream random) {
    return channels[(int) (random.bits() >>> (Long.SIZE - TABLE_BITS))];
  }
}
