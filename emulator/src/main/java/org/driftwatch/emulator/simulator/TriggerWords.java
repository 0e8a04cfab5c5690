package org.driftwatch.emulator.simulator;

import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.Telescope;

/**
 * Trigger words of one board: per trigger the words 3, 1, 0, 4, 5 with the content that the columns
 * of the course's data have. Their orbits run far ahead of the hits.
 */
final class TriggerWords {
  private static final int[] HEADS = {3, 1, 0, 4, 5};
  private static final int[] LAYER_PATTERN = {0, 1, 2, 4, 8};
  private static final int MOST_PATTERN = 31;
  private static final long NONE = -1;
  private static final long MOST_AHEAD = 144_000;
  private static final long FARTHEST_AHEAD = 4 * MOST_AHEAD;
  private static final int FRESH_LEAD = 200;
  private static final double ORBITS_PER_TRIGGER = 480;

  private final int fpga;
  private final RandomStream random;
  private int next;
  private final long lead;
  private long orbit = NONE;

  /**
   * Words of a board.
   *
   * @param lead orbits by which the first trigger is ahead of the hits
   */
  TriggerWords(int fpga, long lead, RandomStream random) {
    this.fpga = fpga;
    this.lead = lead;
    this.random = random;
    // A run's file begins in the midst of a trigger.
    next = 1;
  }

  /** The next word, the board's hits being at this orbit. */
  DaqRecord next(long hitOrbit) {
    int head = HEADS[next];
    if (next == 0 || orbit == NONE) {
      advance(hitOrbit);
    }
    next = (next + 1) % HEADS.length;
    return switch (head) {
      case 0 ->
          new DaqRecord(
              0,
              fpga,
              Math.min(MOST_PATTERN, (int) (3 * random.exponential())),
              orbit,
              random.below(Telescope.CROSSINGS_PER_ORBIT),
              1 + random.below(Telescope.TICKS_PER_CROSSING));
      case 1 -> new DaqRecord(1, fpga, 0, orbit, 0, (nibble() << 4) | nibble() | 2);
      case 3 ->
          new DaqRecord(
              3,
              fpga,
              0,
              orbit,
              (nibble() << 12) | (nibble() << 8) | (nibble() << 4) | nibble(),
              0);
      case 4 -> new DaqRecord(4, fpga, 0, orbit, 0, fraction(0.55 * random.normal(), 1e6));
      default -> new DaqRecord(5, fpga, 0, orbit, 0, fraction(-67 + 153 * random.uniform(), 64));
    };
  }

  private void advance(long hitOrbit) {
    long ahead = (orbit - hitOrbit) & HitWord.MAX_ORBIT;
    if (orbit == NONE) {
      orbit = hitOrbit + lead;
    } else if (ahead > FARTHEST_AHEAD) {
      // The counter has been set back, or the hits have overtaken the triggers.
      orbit = hitOrbit + random.below(FRESH_LEAD);
    } else {
      orbit += 1 + (ahead > MOST_AHEAD ? 0 : (long) (ORBITS_PER_TRIGGER * random.exponential()));
    }
    orbit &= HitWord.MAX_ORBIT;
  }

  private int nibble() {
    return LAYER_PATTERN[random.below(LAYER_PATTERN.length)];
  }

  /** A number as the readout prints it, to a fraction's fineness. */
  private static double fraction(double value, double fineness) {
    return Math.rint(value * fineness) / fineness;
  }
}
