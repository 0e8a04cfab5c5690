package org.driftwatch.emulator.simulator;

import java.util.Arrays;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.HitLayout;

/**
 * Cells that are hot for a while and then as the others again, one in each chamber. Which ones
 * belongs to the detector; when belongs to the run. Not safe for use by several threads.
 */
final class Flicker {
  /** Hits of such a cell while it is hot, 1/s: ten times those of a good one. */
  private static final double HOT_HZ = 100;

  private static final double MEAN_HOT_S = 20;
  private static final double MEAN_CALM_S = 100;
  private static final long PATTERN_SEED = 38;

  private final RandomStream random;
  private final int[] addresses;
  private final int[] chambers;
  private final boolean[] hot;
  private final double[] until;
  private final int[] hotNow;
  private int hotCells;

  /**
   * Cells that flicker.
   *
   * @param random when they do
   */
  Flicker(DetectorDescription detector, RandomStream random) {
    this.random = random;
    RandomStream pattern = new RandomStream(PATTERN_SEED);
    HitLayout layout = new HitLayout(detector);
    int[] found = new int[detector.chambers().size()];
    int[] of = new int[found.length];
    int count = 0;
    for (int chamber = 0; chamber < found.length; chamber++) {
      Chamber c = detector.chambers().get(chamber);
      int first = pattern.below(c.size());
      for (int i = 0; i < c.size(); i++) {
        int cell = (first + i) % c.size();
        if (isGood(c, cell)) {
          of[count] = chamber;
          found[count++] = layout.address(c.channels().get(cell));
          break;
        }
      }
    }
    addresses = Arrays.copyOf(found, count);
    chambers = Arrays.copyOf(of, count);
    hot = new boolean[count];
    until = new double[count];
    hotNow = new int[count];
    for (int i = 0; i < count; i++) {
      until[i] = MEAN_CALM_S * random.exponential();
    }
  }

  private static boolean isGood(Chamber c, int cell) {
    return !c.deadCells().contains(cell)
        && !c.weakCells().contains(cell)
        && !c.hotCells().contains(cell);
  }

  /** Hits of the cells that are hot now, 1/s. */
  double hz() {
    return HOT_HZ * hotCells;
  }

  /** Adds what each chamber has of such hits on the average, 1/s. */
  void addMeanHz(double[] hitsHz) {
    for (int chamber : chambers) {
      hitsHz[chamber] += HOT_HZ * MEAN_HOT_S / (MEAN_HOT_S + MEAN_CALM_S);
    }
  }

  /**
   * Lets time run to this second, and cells become hot and calm.
   *
   * @return the second at which the next one does
   */
  double advance(double second) {
    double next = Double.POSITIVE_INFINITY;
    hotCells = 0;
    for (int i = 0; i < until.length; i++) {
      while (second >= until[i]) {
        hot[i] = !hot[i];
        until[i] += (hot[i] ? MEAN_HOT_S : MEAN_CALM_S) * random.exponential();
      }
      next = Math.min(next, until[i]);
      if (hot[i]) {
        hotNow[hotCells++] = addresses[i];
      }
    }
    return next;
  }

  /** Board and channel of the next hit of a hot cell, see {@link HitLayout#address(long)}. */
  int address(RandomStream hits) {
    return hotNow[hits.below(hotCells)];
  }
}
