package org.driftwatch.emulator.faults;

import java.util.List;
import java.util.SplittableRandom;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.emulator.notation.Place;

/** What a fault other than noise does to hits. Not safe for use by several threads. */
abstract class Effect {
  private final boolean[] cells;

  private Effect(boolean[] cells) {
    this.cells = cells;
  }

  /**
   * The effect of a fault.
   *
   * @param random numbers of this fault alone
   */
  static Effect of(DetectorFault fault, DetectorDescription detector, SplittableRandom random) {
    Place place = fault.places().get(0);
    boolean[] cells = new boolean[new ChannelMap(detector).other() + 1];
    fault.places().forEach(one -> one.cells().forEach(cell -> cells[cell] = true));
    return switch (fault.kind()) {
      case SHIFT -> new Shift(cells, DetectorFault.shiftTicks(fault.amount(), detector));
      case SWAP -> new Swap(cells, fault.places(), addresses(detector));
      default ->
          fault.isOfBoard()
              ? new BoardOff(cells, place.board())
              : new Thinning(cells, fault.amount(), random);
    };
  }

  /** The channel of each cell, cells being numbered through all chambers. */
  static int[] addresses(DetectorDescription detector) {
    HitLayout layout = new HitLayout(detector);
    return detector.chambers().stream()
        .map(Chamber::channels)
        .flatMap(List::stream)
        .mapToInt(layout::address)
        .toArray();
  }

  /** True for a hit on which it acts. */
  boolean concerns(MovingHit hit) {
    return cells[hit.cell()];
  }

  /** True if it takes all rows of this board, hits or not. */
  boolean takesAllOf(int board) {
    return false;
  }

  /** Acts on a hit that it concerns; false if that is lost. */
  abstract boolean pass(MovingHit hit);

  /** Keeps a share of the hits. */
  private static final class Thinning extends Effect {
    private final double share;
    private final SplittableRandom random;

    Thinning(boolean[] cells, double share, SplittableRandom random) {
      super(cells);
      this.share = share;
      this.random = random;
    }

    @Override
    boolean pass(MovingHit hit) {
      return share > 0 && random.nextDouble() < share;
    }
  }

  private static final class Shift extends Effect {
    private final long ticks;

    Shift(boolean[] cells, long ticks) {
      super(cells);
      this.ticks = ticks;
    }

    @Override
    boolean pass(MovingHit hit) {
      hit.shift(ticks);
      return true;
    }
  }

  private static final class Swap extends Effect {
    private final int[] partners;
    private final int[] addresses;

    Swap(boolean[] cells, List<Place> places, int[] addresses) {
      super(cells);
      this.addresses = addresses;
      partners = new int[addresses.length];
      List<Integer> some = places.get(0).cells();
      List<Integer> others = places.get(1).cells();
      for (int i = 0; i < some.size(); i++) {
        partners[some.get(i)] = others.get(i);
        partners[others.get(i)] = some.get(i);
      }
    }

    @Override
    boolean pass(MovingHit hit) {
      int partner = partners[hit.cell()];
      hit.moveTo(partner, addresses[partner]);
      return true;
    }
  }

  private static final class BoardOff extends Effect {
    private final int board;

    BoardOff(boolean[] noCells, int board) {
      super(noCells);
      this.board = board;
    }

    @Override
    boolean concerns(MovingHit hit) {
      return takesAllOf(hit.board());
    }

    @Override
    boolean takesAllOf(int anyBoard) {
      return anyBoard == board;
    }

    @Override
    boolean pass(MovingHit hit) {
      return false;
    }
  }
}
