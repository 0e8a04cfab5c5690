package org.driftwatch.pipelines.parse;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.pipelines.orbits.CounterRule;
import org.driftwatch.pipelines.orbits.CounterSpan;
import org.driftwatch.pipelines.orbits.OrbitTurns;

/**
 * Follows the orbit counter through the hits of a block of a file: counts its turns, or divides the
 * block where it may have been set anew. Parts of few hits are stray ones. Not safe for use by
 * several threads.
 */
final class BlockCounter {
  private final OrbitTurns turns;
  private final CounterRule rule;
  private final boolean isCounted;
  private final List<Part> parts = new ArrayList<>();
  private int file;
  private String name = "";
  private long at;
  private Part main;
  private Part present;

  /** The orbits that need no second look begin here, and are so many. */
  private long usualFrom;

  private long usual;

  BlockCounter(OrbitTurns turns, CounterRule rule) {
    this.turns = turns;
    this.rule = rule;
    isCounted = turns.kind() == OrbitTurns.Kind.COUNTED;
  }

  /** Hits that follow each other as the counter does. */
  private static final class Part {
    private final long origin;
    private final long first;
    private long last;
    private long least;
    private long greatest;
    private long hits;

    Part(long origin, long orbit) {
      this.origin = origin;
      first = orbit;
      least = orbit;
      greatest = orbit;
    }

    void add(long orbit) {
      last = orbit;
      least = Math.min(least, orbit);
      greatest = Math.max(greatest, orbit);
      hits++;
    }
  }

  /** What follows is of this block. */
  void start(int ofFile, String ofName, long begin) {
    parts.clear();
    file = ofFile;
    name = ofName;
    at = begin;
    main = null;
    present = null;
    usual = -1;
  }

  /** Where the hits are that have come so far. */
  long origin() {
    return present == null ? earlyOrigin() : present.origin;
  }

  /** Where the records are that have come before the first hit. */
  long earlyOrigin() {
    return CounterSpan.origin(file, at, CounterSpan.EARLY);
  }

  /** The next hit, in this orbit by the counter; gives the orbit counted on over its turns. */
  long next(long counter) {
    long orbit = counter;
    if (isCounted) {
      if (present != null) {
        orbit = turns.nearest(counter, present.last);
      }
    } else if (orbit - usualFrom <= usual && orbit >= usualFrom) {
      present.add(orbit);
      usualFrom = present.greatest - rule.near();
      return orbit;
    }
    if (present == null) {
      main = begin(orbit);
      present = main;
    } else if (!isCounted) {
      present = partOf(orbit);
    }
    present.add(orbit);
    if (!isCounted && present != main && present.hits >= CounterRule.LEAST_HITS) {
      main = present;
    }
    usualFrom = main.greatest - rule.near();
    usual = present == main ? rule.near() + rule.longestPause() : -1;
    return orbit;
  }

  private Part partOf(long orbit) {
    if (present != main && rule.runsOn(present.greatest, orbit)) {
      return present;
    }
    boolean isFull = parts.size() == CounterSpan.LAST_PART;
    return rule.runsOn(main.greatest, orbit) || isFull ? main : begin(orbit);
  }

  private Part begin(long orbit) {
    Part part = new Part(CounterSpan.origin(file, at, parts.size() + 1), orbit);
    parts.add(part);
    return part;
  }

  /**
   * What the counter did in the block.
   *
   * @param hasEarly true if records in front of its first hit need a place
   */
  List<CounterSpan> spans(boolean hasEarly) {
    List<CounterSpan> spans = new ArrayList<>();
    if (hasEarly) {
      spans.add(new CounterSpan(file, name, at, earlyOrigin(), 0, 0, 0, 0, 0));
    }
    for (Part part : parts) {
      spans.add(
          new CounterSpan(
              file,
              name,
              at,
              part.origin,
              part.first,
              part.last,
              part.least,
              part.greatest,
              part.hits));
    }
    return spans;
  }
}
