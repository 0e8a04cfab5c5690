package org.driftwatch.emulator.simulator;

import java.util.Arrays;
import java.util.List;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.emulator.simulator.Truth.Property;

/**
 * Noise hits: how many, and on which channels. A chamber's noise is what muons, sparks and a
 * flickering cell leave of its share of all hits; within the chamber dead cells have none, weak
 * ones next to none, hot ones several times that of the others. Not safe for use by several
 * threads.
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

  private final int[] table = new int[1 << TABLE_BITS];
  private final int[][] addresses;

  /** Noise of each cell of each chamber under usual conditions, 1/s. */
  private final double[][] rates;

  private final double[] cellHz;
  private double hz;

  /**
   * Noise beside other hits; {@link #follow} says how much there is at the beginning.
   *
   * @param truth how much more or less than usual each cell has
   * @param otherHitsHz usual hits of muons and sparks per chamber, 1/s
   */
  Noise(DetectorDescription detector, Truth truth, double[] otherHitsHz) {
    RandomStream pattern = new RandomStream(PATTERN_SEED);
    HitLayout layout = new HitLayout(detector);
    List<Chamber> chambers = detector.chambers();
    addresses = new int[chambers.size()][];
    rates = new double[chambers.size()][];
    cellHz = new double[chambers.size()];
    double[][] factors = truth.ofCells(Property.NOISE);
    for (int chamber = 0; chamber < rates.length; chamber++) {
      Chamber c = chambers.get(chamber);
      double all = SHARE[chamber % SHARE.length] * HITS_HZ * (c.size() / CELLS);
      double wanted = Math.max(all - otherHitsHz[chamber], LEAST * all);
      double[] cells = weights(c, SPREAD[chamber % SPREAD.length], pattern);
      double mean = meanOfGood(c, cells);
      // The flickering cell has more, in proportion to that of the mean cell.
      double sum = Arrays.stream(cells).sum() + Flicker.MEAN_MORE * mean;
      double scale = sum == 0 ? 0 : wanted / sum;
      addresses[chamber] = c.channels().stream().mapToInt(layout::address).toArray();
      rates[chamber] = new double[cells.length];
      for (int cell = 0; cell < cells.length; cell++) {
        rates[chamber][cell] = cells[cell] * scale * factors[chamber][cell];
      }
      cellHz[chamber] = mean * scale * meanOfGood(c, factors[chamber]);
    }
  }

  private static double meanOfGood(Chamber c, double[] cells) {
    return Arrays.stream(CellResponse.goodCells(c)).mapToDouble(i -> cells[i]).average().orElse(0);
  }

  private static double[] weights(Chamber c, double spread, RandomStream pattern) {
    double[] weights = new double[c.size()];
    for (int cell = 0; cell < weights.length; cell++) {
      double weight = 1 + spread * (2 * pattern.uniform() - 1);
      if (c.deadCells().contains(cell)) {
        weight = 0;
      } else if (c.weakCells().contains(cell)) {
        weight *= CellResponse.WEAK;
      } else if (c.hotCells().contains(cell)) {
        weight *= HOT;
      }
      weights[cell] = weight;
    }
    return weights;
  }

  /** Noise of a mean cell of each chamber, known bad ones left out, 1/s. */
  double[] cellHz() {
    return cellHz.clone();
  }

  /** Noise of each cell of a chamber under usual conditions, 1/s. */
  double[] hzOfCells(int chamber) {
    return rates[chamber].clone();
  }

  /** Changes with the conditions. */
  void follow(Conditions conditions) {
    hz = 0;
    for (int chamber = 0; chamber < rates.length; chamber++) {
      hz += conditions.noise(chamber) * Arrays.stream(rates[chamber]).sum();
    }
    double sum = 0;
    int from = 0;
    for (int chamber = 0; chamber < rates.length && hz > 0; chamber++) {
      double factor = conditions.noise(chamber);
      for (int cell = 0; cell < rates[chamber].length; cell++) {
        sum += factor * rates[chamber][cell];
        int to = (int) Math.round(sum / hz * table.length);
        Arrays.fill(table, from, to, addresses[chamber][cell]);
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
    return table[(int) (random.bits() >>> (Long.SIZE - TABLE_BITS))];
  }
}
