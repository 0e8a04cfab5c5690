package org.driftwatch.emulator.simulator;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Role;

/**
 * Trigger words of one board: per trigger the words 3, 1, 0, 4, 5 with the content that the columns
 * of the course's data have, as far as a detector's records have such kinds. Their orbits run far
 * ahead of the hits. Where all records are words, each fits one.
 */
final class TriggerWords {
  private static final List<Integer> HEADS = List.of(3, 1, 0, 4, 5);
  private static final int[] LAYER_PATTERN = {0, 1, 2, 4, 8};
  private static final int MOST_PATTERN = 31;
  private static final long MOST_AHEAD = 144_000;
  private static final long FARTHEST_AHEAD = 4 * MOST_AHEAD;
  private static final int FRESH_LEAD = 200;
  private static final double ORBITS_PER_TRIGGER = 480;

  private final List<Integer> heads;
  private final int board;
  private final RandomStream random;
  private final boolean wordsOnly;
  private final int crossings;
  private final int firstTick;
  private final int ticks;
  private final int lastPattern;
  private final long lastOrbit;
  private int next;
  private final long lead;
  private boolean begun;
  private long orbit;

  /**
   * Words of a board.
   *
   * @param heads their kinds, from {@link #heads}
   * @param board number of the board, from 0
   * @param lead orbits by which the first trigger is ahead of the hits
   */
  TriggerWords(
      DetectorDescription detector,
      List<Integer> heads,
      int board,
      long lead,
      RandomStream random) {
    this.heads = heads;
    this.board = board + detector.format().field(Role.BOARD).map(Field::first).orElse(0);
    this.lead = lead;
    this.random = random;
    wordsOnly = detector.format().valuesAreWords();
    crossings = detector.clock().crossingsPerOrbit();
    firstTick = detector.format().field(Role.TICK).orElseThrow().first();
    ticks = detector.clock().ticksPerCrossing();
    lastPattern = Math.min(MOST_PATTERN, lastChannel(detector));
    lastOrbit = detector.clock().lastOrbit();
    // A run's file begins in the midst of a trigger.
    next = 1 % heads.size();
  }

  private static int lastChannel(DetectorDescription detector) {
    return detector
        .format()
        .field(Role.CHANNEL)
        .or(() -> detector.format().field(Role.WIRE))
        .map(field -> (1 << field.bits()) - 1)
        .orElseThrow();
  }

  /** The kinds of trigger words that a detector's records can be; empty for none. */
  static List<Integer> heads(DetectorDescription detector) {
    int heads = detector.format().field(Role.HEAD).map(field -> 1 << field.bits()).orElse(0);
    return Stream.concat(HEADS.stream(), IntStream.range(0, heads).boxed())
        .distinct()
        .filter(head -> head < heads && !detector.format().hitHeads().contains(head))
        .limit(HEADS.size())
        .toList();
  }

  /** The next word, the board's hits being at this orbit. */
  DaqRecord next(long hitOrbit) {
    int head = heads.get(next);
    if (next == 0 || !begun) {
      advance(hitOrbit);
    }
    next = (next + 1) % heads.size();
    return switch (wordsOnly ? 0 : head) {
      case 1 -> new DaqRecord(1, board, 0, orbit, 0, (nibble() << 4) | nibble() | 2);
      case 3 ->
          new DaqRecord(
              3,
              board,
              0,
              orbit,
              (nibble() << 12) | (nibble() << 8) | (nibble() << 4) | nibble(),
              0);
      case 4 -> new DaqRecord(4, board, 0, orbit, 0, fraction(0.55 * random.normal(), 1e6));
      case 5 -> new DaqRecord(5, board, 0, orbit, 0, fraction(-67 + 153 * random.uniform(), 64));
      default ->
          new DaqRecord(
              head,
              board,
              Math.min(lastPattern, (int) (3 * random.exponential())),
              orbit,
              random.below(crossings),
              firstTick + random.below(ticks));
    };
  }

  private void advance(long hitOrbit) {
    long ahead = (orbit - hitOrbit) & lastOrbit;
    if (!begun) {
      begun = true;
      orbit = hitOrbit + lead;
    } else if (Long.compareUnsigned(ahead, FARTHEST_AHEAD) > 0) {
      // The counter has been set back, or the hits have overtaken the triggers.
      orbit = hitOrbit + random.below(FRESH_LEAD);
    } else {
      orbit += 1 + (ahead > MOST_AHEAD ? 0 : (long) (ORBITS_PER_TRIGGER * random.exponential()));
    }
    orbit &= lastOrbit;
  }

  private int nibble() {
    return LAYER_PATTERN[random.below(LAYER_PATTERN.length)];
  }

  /** A number as the readout prints it, to a fraction's fineness. */
  private static double fraction(double value, double fineness) {
    return Math.rint(value * fineness) / fineness;
  }
}
