package org.driftwatch.emulator.faults;

import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Clock;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.HitLayout;

/**
 * A hit on its way through the faults of a detector, which may change it: one object for all hits.
 * Not safe for use by several threads.
 */
final class MovingHit {
  private final ChannelMap map;
  private final HitLayout layout;
  private final int crossings;
  private final int ticksPerCrossing;
  private final int firstTick;
  private final long lastOrbit;
  private long word;
  private long orbit;
  private int cell;

  MovingHit(DetectorDescription detector) {
    map = new ChannelMap(detector);
    layout = new HitLayout(detector);
    Clock clock = detector.clock();
    crossings = clock.crossingsPerOrbit();
    ticksPerCrossing = clock.ticksPerCrossing();
    firstTick = detector.format().field(Role.TICK).orElseThrow().first();
    lastOrbit = clock.lastOrbit();
  }

  /** Becomes this hit, see {@link HitLayout}. */
  void set(long newWord, long newOrbit) {
    word = newWord;
    orbit = newOrbit;
    cell = map.cell(word);
  }

  long word() {
    return word;
  }

  long orbit() {
    return orbit;
  }

  /** Its cell, or whatever else it is of, as {@link ChannelMap} numbers them. */
  int cell() {
    return cell;
  }

  /** The number of its board, from 0. */
  int board() {
    return layout.board(word);
  }

  /** Ticks of an orbit. */
  int orbitTicks() {
    return crossings * ticksPerCrossing;
  }

  /**
   * Becomes a hit of another cell.
   *
   * @param newCell as {@link ChannelMap} numbers them
   * @param address its channel, see {@link HitLayout#address(long)}
   */
  void moveTo(int newCell, int address) {
    word =
        layout.word(layout.head(word), 0, address, orbit, layout.crossing(word), layout.tick(word));
    cell = newCell;
  }

  /** Becomes earlier or later, in another orbit if need be. */
  void shift(long ticks) {
    long time =
        (long) layout.crossing(word) * ticksPerCrossing + layout.tick(word) - firstTick + ticks;
    orbit = (orbit + Math.floorDiv(time, orbitTicks())) & lastOrbit;
    setTime(Math.floorMod(time, orbitTicks()));
  }

  /**
   * Is at another time of its orbit.
   *
   * @param ticks after the beginning of the orbit
   */
  void setTime(int ticks) {
    word =
        layout.word(
            layout.head(word),
            0,
            layout.address(word),
            orbit,
            ticks / ticksPerCrossing,
            ticks % ticksPerCrossing + firstTick);
  }
}
