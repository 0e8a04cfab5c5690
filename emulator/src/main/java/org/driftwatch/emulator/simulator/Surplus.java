package org.driftwatch.emulator.simulator;

import java.util.Arrays;

/**
 * Hits that some cells have beside noise and muons for now: which, and how many. Not safe for use
 * by several threads.
 */
final class Surplus {
  private int[][] addresses = new int[4][];
  private double[] hzUpTo = new double[4];
  private int count;
  private double hz;

  /** Forgets all. */
  void clear() {
    count = 0;
    hz = 0;
  }

  /**
   * Adds cells with more hits.
   *
   * @param cells board and channel of each
   * @param hitsHz hits of all of them together, 1/s
   */
  void add(int[] cells, double hitsHz) {
    if (count == addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * count);
      hzUpTo = Arrays.copyOf(hzUpTo, 2 * count);
    }
    hz += hitsHz;
    addresses[count] = cells;
    hzUpTo[count++] = hz;
  }

  /** All such hits, 1/s. */
  double hz() {
    return hz;
  }

  /** Board and channel of the next such hit, see {@code HitLayout#address(long)}. */
  int address(RandomStream random) {
    double at = random.uniform() * hz;
    int i = 0;
    while (i < count - 1 && at >= hzUpTo[i]) {
      i++;
    }
    int[] cells = addresses[i];
    return cells.length == 1 ? cells[0] : cells[random.below(cells.length)];
  }
}
