package org.driftwatch.emulator.simulator;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.HitLayout;

/**
 * Bursts of hits in a few neighbouring cells, as a spark or a loose contact makes them: some in an
 * hour in each chamber, each over within a second. Not safe for use by several threads.
 */
final class Sparks {
  private static final double MEAN_GAP_S = 240;
  private static final int FEWEST_HITS = 50;
  private static final int MOST_HITS = 200;
  private static final double SHORTEST_S = 0.01;
  private static final double LONGEST_S = 1;

  private final RandomStream random;
  private final HitLayout layout;
  private final List<Chamber> chambers;
  private final int[][] goodCells;
  private final int[][] addresses;
  private final double[] hz;
  private final boolean[] lasts;
  private final double[] until;

  /**
   * Sparks in the good cells of each chamber, and in those beside them.
   *
   * @param random when, where and how many
   */
  Sparks(DetectorDescription detector, RandomStream random) {
    this.random = random;
    layout = new HitLayout(detector);
    chambers = detector.chambers();
    goodCells = new int[chambers.size()][];
    addresses = new int[chambers.size()][];
    hz = new double[chambers.size()];
    lasts = new boolean[chambers.size()];
    until = new double[chambers.size()];
    for (int i = 0; i < until.length; i++) {
      goodCells[i] = CellResponse.goodCells(chambers.get(i));
      until[i] =
          goodCells[i].length == 0 ? Double.POSITIVE_INFINITY : MEAN_GAP_S * random.exponential();
    }
  }

  /** Adds what each chamber has of such hits on the average, 1/s. */
  void addMeanHz(double[] hitsHz) {
    for (int i = 0; i < hitsHz.length; i++) {
      hitsHz[i] += goodCells[i].length == 0 ? 0 : (FEWEST_HITS + MOST_HITS) / 2.0 / MEAN_GAP_S;
    }
  }

  /**
   * Lets time run to this second.
   *
   * @param surplus takes the hits of now
   * @return the second at which the next spark begins or ends
   */
  double advance(double second, Surplus surplus) {
    double next = Double.POSITIVE_INFINITY;
    for (int i = 0; i < until.length; i++) {
      while (second >= until[i]) {
        lasts[i] = !lasts[i];
        if (lasts[i]) {
          begin(i);
        } else {
          until[i] += MEAN_GAP_S * random.exponential();
        }
      }
      next = Math.min(next, until[i]);
      if (lasts[i]) {
        surplus.add(addresses[i], hz[i]);
      }
    }
    return next;
  }

  private void begin(int i) {
    int hits = FEWEST_HITS + random.below(MOST_HITS - FEWEST_HITS + 1);
    // Short ones are as frequent as long ones.
    double seconds =
        SHORTEST_S * StrictMath.exp(random.uniform() * StrictMath.log(LONGEST_S / SHORTEST_S));
    hz[i] = hits / seconds;
    until[i] += seconds;
    addresses[i] = around(chambers.get(i), goodCells[i][random.below(goodCells[i].length)]);
  }

  /** A cell and those beside, above and below it that are not dead. */
  private int[] around(Chamber chamber, int middle) {
    List<Integer> found = new ArrayList<>();
    for (int cell = 0; cell < chamber.size(); cell++) {
      int distance =
          Math.abs(chamber.layer(cell) - chamber.layer(middle))
              + Math.abs(chamber.wire(cell) - chamber.wire(middle));
      if (distance <= 1 && !chamber.deadCells().contains(cell)) {
        found.add(layout.address(chamber.channels().get(cell)));
      }
    }
    return found.stream().mapToInt(address -> address).toArray();
  }
}
