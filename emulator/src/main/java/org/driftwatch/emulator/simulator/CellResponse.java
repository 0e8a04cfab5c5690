package org.driftwatch.emulator.simulator;

import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.emulator.simulator.Truth.Property;

/**
 * How likely each cell answers to a muon: most do, dead ones never, weak ones hardly, unless the
 * truth names just this cell. Immutable.
 */
final class CellResponse {
  /** What is left of a good cell's answers in a weak one; of its noise too. */
  static final double WEAK = 0.03;

  private final double[][] efficiency;

  CellResponse(DetectorDescription detector, Truth truth) {
    efficiency = truth.ofCells(Property.EFFICIENCY);
    for (int chamber = 0; chamber < efficiency.length; chamber++) {
      Chamber c = detector.chambers().get(chamber);
      for (int cell = 0; cell < c.size(); cell++) {
        if (truth.names(Property.EFFICIENCY, chamber, cell)) {
          continue;
        }
        if (c.deadCells().contains(cell)) {
          efficiency[chamber][cell] = 0;
        } else if (c.weakCells().contains(cell)) {
          efficiency[chamber][cell] = WEAK;
        }
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

  /** Probability that each cell of a chamber answers to a muon. */
  double[] efficiency(int chamber) {
    return efficiency[chamber].clone();
  }

  /** True if the cell answers to a muon this time. */
  boolean answers(int chamber, int cell, RandomStream random) {
    return random.uniform() < efficiency[chamber][cell];
  }
}
