package org.driftwatch.emulator.simulator;

import java.util.Arrays;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;

/**
 * How likely each cell answers to a muon: most do, dead ones never, weak ones hardly. Cells count
 * on through the chambers, 0 to 255. Immutable.
 */
final class CellResponse {
  /** What is left of a good cell's answers in a weak one; of its noise too. */
  static final double WEAK = 0.03;

  private static final double EFFICIENCY = 0.97;

  private final double[] efficiency = new double[Telescope.CHAMBERS * Telescope.CELLS];

  CellResponse(RunConfiguration run) {
    Arrays.fill(efficiency, EFFICIENCY);
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      RunConfiguration.Chamber c = run.chambers().get(chamber);
      for (int cell : c.weakCells()) {
        efficiency[chamber * Telescope.CELLS + cell] = WEAK;
      }
      for (int cell : c.deadCells()) {
        efficiency[chamber * Telescope.CELLS + cell] = 0;
      }
    }
  }

  /** True if the cell answers to a muon this time. */
  boolean answers(int chamber, int cell, RandomStream random) {
    return random.uniform() < efficiency[chamber * Telescope.CELLS + cell];
  }
}
