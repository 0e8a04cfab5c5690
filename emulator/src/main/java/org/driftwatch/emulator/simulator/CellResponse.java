package org.driftwatch.emulator.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;

/**
 * How likely each cell answers to a muon: most do, dead ones never, weak ones hardly. Immutable.
 */
final class CellResponse {
  /** What is left of a good cell's answers in a weak one; of its noise too. */
  static final double WEAK = 0.03;

  private static final double EFFICIENCY = 0.97;

  private final double[][] efficiency;

  CellResponse(DetectorDescription detector) {
    List<Chamber> chambers = detector.chambers();
    efficiency = new double[chambers.size()][];
    for (int i = 0; i < efficiency.length; i++) {
      efficiency[i] = new double[chambers.get(i).size()];
      Arrays.fill(efficiency[i], EFFICIENCY);
      for (int cell : chambers.get(i).weakCells()) {
        efficiency[i][cell] = WEAK;
      }
      for (int cell : chambers.get(i).deadCells()) {
        efficiency[i][cell] = 0;
      }
    }
  }

  /** The cells that are not known to be dead, weak or hot. */
  static int[] goodCells(Chamber chamber) {
    return IntStream.range(0, chamber.size())
        .filter(cell -> !chamber.deadCells().contains(cell))
        .filter(cell -> !chamber.weakCells().contains(cell))
        .filter(cell -> !chamber.hotCells().contains(cell))
        .toArray();
  }

  /** True if the cell answers to a muon this time. */
  boolean answers(int chamber, int cell, RandomStream random) {
    return random.uniform() < efficiency[chamber][cell];
  }
}
