package org.driftwatch.emulator.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.emulator.notation.Place;

/**
 * Noise of cells: beside the hits of their chamber's good cells it makes hits at any time of the
 * same orbits. So it is in proportion to the mean rate of those cells whatever that is, and a
 * stream that is played faster has more. Not safe for use by several threads.
 */
final class Noise {
  private final boolean[] good;
  private final int[] cells;
  private final int[] addresses;
  private final double perHit;
  private final SplittableRandom random;

  /**
   * The noise of a fault.
   *
   * @param random numbers of this fault alone
   */
  Noise(DetectorFault fault, DetectorDescription detector, SplittableRandom random) {
    this.random = random;
    addresses = Effect.addresses(detector);
    good = new boolean[addresses.length + 2];
    Place place = fault.places().get(0);
    Chamber chamber = detector.chambers().get(place.chamber());
    int first = detector.chambers().stream().limit(place.chamber()).mapToInt(Chamber::size).sum();
    List<Integer> goodCells = goodCells(chamber);
    goodCells.forEach(cell -> good[first + cell] = true);
    boolean single = place.extent() == Place.Extent.CELL;
    List<Integer> dead = chamber.deadCells();
    cells =
        place.cells().stream()
            .filter(cell -> single || !dead.contains(cell - first))
            .mapToInt(cell -> cell)
            .toArray();
    // A cell that is not known dead has hits of its own.
    double more = fault.amount() - (single && dead.contains(cells[0] - first) ? 0 : 1);
    perHit = more * cells.length / goodCells.size();
  }

  /** Cells that are not known to be bad; all where all are bad. */
  private static List<Integer> goodCells(Chamber chamber) {
    List<Integer> all = new ArrayList<>();
    for (int cell = 0; cell < chamber.size(); cell++) {
      all.add(cell);
    }
    List<Integer> cells = new ArrayList<>(all);
    cells.removeAll(chamber.deadCells());
    cells.removeAll(chamber.weakCells());
    cells.removeAll(chamber.hotCells());
    return cells.isEmpty() ? all : cells;
  }

  /** How many hits to make beside this one; mostly 0. */
  int draw(MovingHit hit) {
    if (!good[hit.cell()]) {
      return 0;
    }
    int whole = (int) perHit;
    return whole + (random.nextDouble() < perHit - whole ? 1 : 0);
  }

  /** Makes a hit of one that is of the same orbit. */
  void make(MovingHit hit) {
    int cell = cells[random.nextInt(cells.length)];
    hit.moveTo(cell, addresses[cell]);
    hit.setTime(random.nextInt(hit.orbitTicks()));
  }
}
