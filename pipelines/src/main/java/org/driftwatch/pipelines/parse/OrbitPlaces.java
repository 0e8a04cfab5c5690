package org.driftwatch.pipelines.parse;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.pipelines.block.HitGroup;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.orbits.CounterRule;
import org.driftwatch.pipelines.orbits.CounterSpan;
import org.driftwatch.pipelines.orbits.HitPacking;
import org.driftwatch.pipelines.orbits.OrbitTurns;

/**
 * Where hits are placed whose orbits alone do not tell which belong together: in windows by when
 * they were stamped, if the counter wraps within one; in files by what the counter does along them.
 * Not safe for use by several threads.
 */
final class OrbitPlaces {
  private final HitLayout layout;
  private final OrbitTurns turns;
  private final @Nullable BlockCounter counter;
  private final @Nullable HitPacking packing;
  private final ChannelMap map;

  private long millis = -1;
  private long step;

  /**
   * Places of a detector's hits.
   *
   * @param isFiles true for files, whose hits have no stamps
   * @param placesAll true if records that are no hits have a place too: that of the hit before
   */
  OrbitPlaces(DetectorDescription detector, OrbitTurns turns, boolean isFiles, boolean placesAll) {
    layout = new HitLayout(detector);
    map = new ChannelMap(detector);
    this.turns = turns;
    counter = isFiles ? new BlockCounter(turns, CounterRule.of(detector)) : null;
    packing = placesAll ? HitPacking.of(detector, turns) : null;
  }

  /** True where an orbit's place is the orbit: nothing more is to be done with a hit. */
  boolean areOrbits() {
    return turns.kind() == OrbitTurns.Kind.ONE && counter == null;
  }

  /** True for files, whose hits have no stamps. */
  boolean isFiles() {
    return counter != null;
  }

  /** True if records that are no hits have a place too. */
  boolean placesAll() {
    return packing != null;
  }

  /** What follows is of this block. */
  void startBlock(RecordBlock block) {
    if (counter != null && block.size() > 0) {
      counter.start(block.partition(0), block.topic(), block.offset(0));
    }
  }

  /** What the orbit counter did in the block of a file. */
  List<CounterSpan> spans(boolean hasEarly) {
    return counter == null ? List.of() : counter.spans(hasEarly);
  }

  /** The group of records in front of the first hit of a block. */
  HitGroup earlyGroup(long run) {
    return new HitGroup(run, counter.earlyOrigin(), 0);
  }

  /** What follows is of a record stamped so long after its window's start, ms. */
  void at(long millisInWindow) {
    if (turns.kind() == OrbitTurns.Kind.STAMPED && millis != millisInWindow) {
      millis = millisInWindow;
      step = turns.step(millis);
    }
  }

  /** The place of a hit. */
  long place(long word, long orbitAbove) {
    long orbit = orbitAbove << layout.orbitBits() | layout.orbit(word);
    return counter == null ? turns.withStep(orbit, step) : counter.next(orbit);
  }

  /** The group of hits with these bits above those of the words. */
  HitGroup group(long run, long above) {
    HitGroup group = new HitGroup(run, counter == null ? 0 : counter.origin(), above);
    return group.equals(HitGroup.NONE) ? HitGroup.NONE : group;
  }

  /** True if hits of the present place are of this group's origin. */
  boolean isOf(HitGroup group) {
    return counter == null || counter.origin() == group.origin();
  }

  /** The word of a hit that has this place. */
  long withOrbit(long word, long place) {
    return counter == null ? layout.withOrbit(word, place) : word;
  }

  /** The bits of a place above those in a word. */
  long above(long place) {
    return place
        >> (turns.kind() == OrbitTurns.Kind.COUNTED ? turns.counterBits() : layout.orbitBits());
  }

  /** How many values HEAD can have. */
  int heads() {
    return layout.heads();
  }

  /** The word of a record that is no hit. */
  long triggerWord(int head) {
    return layout.triggerWord(head);
  }

  /**
   * A record that is no hit as a packed one.
   *
   * @param word of the hit before
   * @param isMalformed whether it is malformed
   */
  long other(long word, boolean isMalformed) {
    return packing.other(word, isMalformed ? map.malformed() : map.noHit());
  }
}
