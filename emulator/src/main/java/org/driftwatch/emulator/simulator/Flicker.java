package org.driftwatch.emulator.simulator;

import java.util.Arrays;
import java.util.List;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.HitLayout;

/**
 * Cells that are hot for a while and then as the others again, one in each chamber. Which ones
 * belongs to the detector; when belongs to the run. Not safe for use by several threads.
 */
final class Flicker {
  private static final double MEAN_HOT_S = 20;
  private static final double MEAN_CALM_S = 100;

  /** What such a cell has, while it is hot, beside its own noise: with that, ten times the mean. */
  private static final double MORE = 9;

  /** The same on the average over time: mean cells whose noise it is. */
  static final double MEAN_MORE = MORE * MEAN_HOT_S / (MEAN_HOT_S + MEAN_CALM_S);

  private static final long PATTERN_SEED = 38;

  private final RandomStream random;
  private final int[][] addresses;
  private final double[] hz;
  private final boolean[] hot;
  private final double[] until;

  /**
   * Cells that flicker.
   *
   * @param cellHz noise of a mean cell of each chamber, 1/s
   * @param random when they do
   */
  Flicker(DetectorDescription detector, double[] cellHz, RandomStream random) {
    this.random = random;
    RandomStream pattern = new RandomStream(PATTERN_SEED);
    HitLayout layout = new HitLayout(detector);
    List<Chamber> chambers = detector.chambers();
    addresses = new int[chambers.size()][];
    hz = new double[chambers.size()];
    hot = new boolean[chambers.size()];
    until = new double[chambers.size()];
    for (int i = 0; i < until.length; i++) {
      Chamber chamber = chambers.get(i);
      int first = pattern.below(chamber.size());
      int[] good = CellResponse.goodCells(chamber);
      hz[i] = MORE * cellHz[i];
      until[i] = good.length == 0 ? Double.POSITIVE_INFINITY : MEAN_CALM_S * random.exponential();
      addresses[i] =
          Arrays.stream(good)
              .filter(cell -> cell >= first || first > good[good.length - 1])
              .limit(1)
              .map(cell -> layout.address(chamber.channels().get(cell)))
              .toArray();
    }
  }

  /**
   * Lets time run to this second, and cells become hot and calm.
   *
   * @param surplus takes the hits of now
   * @return the second at which the next one does
   */
  double advance(double second, Surplus surplus) {
    double next = Double.POSITIVE_INFINITY;
    for (int i = 0; i < until.length; i++) {
      while (second >= until[i]) {
        hot[i] = !hot[i];
        until[i] += (hot[i] ? MEAN_HOT_S : MEAN_CALM_S) * random.exponential();
      }
      next = Math.min(next, until[i]);
      if (hot[i]) {
        surplus.add(addresses[i], hz[i]);
      }
    }
    return next;
  }
}
