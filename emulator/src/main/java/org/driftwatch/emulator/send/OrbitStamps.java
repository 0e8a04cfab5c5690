package org.driftwatch.emulator.send;

import java.util.Arrays;
import org.driftwatch.detector.DetectorDescription.Clock;

/**
 * Gives all hits of an orbit the stamp of the orbit's first hit. An orbit is remembered for 2 s of
 * stream time after its first hit; a hit that comes later begins anew with its own stamp. The same
 * number one turn of a short counter later is another orbit: a hit is of the turn that brings it
 * nearest to the hit before.
 *
 * <p>Two tables take turns: the one being filled, and the one filled in the span before. Six bytes
 * a place, no object per orbit; neighbouring orbits lie side by side, since the stream meets them
 * together. A table takes 12.5 million orbits and 100 MB at most: only a stream that brings more of
 * them than that within 2 s has its oldest forgotten sooner. Not safe for use by several threads.
 */
public final class OrbitStamps {
  /** How long an orbit is remembered, ms of stream time. */
  public static final int MEMORY_MS = 2000;

  /** How far stamps may fall back before all is forgotten, ms; a distance must fit 16 bits. */
  private static final int FARTHEST_BACK_MS = 30_000;

  private static final int SMALLEST = 1 << 12;
  private static final int LARGEST = 1 << 24;

  private static final int KEPT_BITS = Integer.SIZE;

  private final int largest;

  /** How far a number is shifted to have the counter's highest bit for its sign; 0 for none. */
  private final int unusedBits;

  private long counted;
  private Table current = new Table();
  private Table previous = new Table();
  private long spanStart;
  private boolean begun;

  /** Knows no orbit yet. */
  public OrbitStamps(Clock clock) {
    this(clock, LARGEST);
  }

  /**
   * Knows no orbit yet.
   *
   * @param largest places of a table, of which three quarters are used; a power of two
   */
  OrbitStamps(Clock clock, int largest) {
    this.largest = largest;
    unusedBits = clock.orbitBits() < KEPT_BITS ? Long.SIZE - clock.orbitBits() : 0;
  }

  /**
   * The stamp of a hit.
   *
   * @param counter the hit's orbit, as the counter has it
   * @param due the stamp it would have by itself, ms; hits come in about the order of these
   */
  public long stamp(long counter, long due) {
    long orbit = unusedBits == 0 ? counter : counted(counter);
    long inSpan = due - spanStart;
    if (!begun || inSpan >= MEMORY_MS || inSpan < -FARTHEST_BACK_MS) {
      turn(due);
    }
    int slot = current.find((int) orbit);
    if (current.isTaken(slot)) {
      long first = current.stamp(slot);
      if (due - first <= MEMORY_MS) {
        return first;
      }
      current.set(slot, due);
      return due;
    }
    if (previous.mayHold(orbit)) {
      int old = previous.find((int) orbit);
      if (previous.isTaken(old)) {
        long first = previous.stamp(old);
        if (due - first <= MEMORY_MS) {
          return first;
        }
      }
    }
    if (current.isHalfFull()) {
      if (current.size() < largest) {
        current.grow();
        slot = current.find((int) orbit);
      } else if (current.isFull()) {
        turn(due);
        slot = current.find((int) orbit);
      }
    }
    current.put(slot, orbit, due);
    return due;
  }

  /** The orbit, counted on over the counter's turns. */
  private long counted(long counter) {
    counted += (counter - counted) << unusedBits >> unusedBits;
    return counted;
  }

  private void turn(long due) {
    if (!begun || due - spanStart >= 2 * MEMORY_MS || due - spanStart < -FARTHEST_BACK_MS) {
      previous.clear(due);
    } else {
      Table filled = current;
      current = previous;
      previous = filled;
    }
    current.clear(due);
    spanStart = due;
    begun = true;
  }

  /**
   * Open addressing, with orbits and their stamps in arrays of their own. A stamp is kept as its
   * distance from the table's base; 0 marks a free place.
   */
  private static final class Table {
    private static final int ZERO = 1 << 15;
    private static final int LOCALITY_BITS = 10;

    private int[] orbits = new int[SMALLEST];
    private short[] distances = new short[SMALLEST];
    private int mask = SMALLEST - 1;
    private int count;
    private long base;
    private long lowest;
    private long highest;

    void clear(long newBase) {
      // A table that one burst has made large does not stay so.
      if (size() > SMALLEST && count < size() / 8) {
        allocate(size() / 2);
      } else {
        Arrays.fill(distances, (short) 0);
      }
      count = 0;
      base = newBase;
      lowest = Long.MAX_VALUE;
      highest = -1;
    }

    /** False for orbits beyond those put in, as new ones are while the counter goes on. */
    boolean mayHold(long orbit) {
      return orbit >= lowest && orbit <= highest;
    }

    private void allocate(int size) {
      // The old ones may go before the new ones come.
      orbits = null;
      distances = null;
      orbits = new int[size];
      distances = new short[size];
      mask = size - 1;
    }

    int size() {
      return mask + 1;
    }

    boolean isHalfFull() {
      return count >= size() / 2;
    }

    boolean isFull() {
      return count >= size() / 4 * 3;
    }

    /** The place of an orbit, or the free place for it. */
    int find(int orbit) {
      // A thousand neighbours have the hash in common: they lie side by side at each step of the
      // search, and those of another thousand in the way are left behind in one step.
      int hash = (orbit >>> LOCALITY_BITS) * 0x9E3779B9;
      hash ^= hash >>> 15;
      int slot = (orbit ^ (hash << LOCALITY_BITS)) & mask;
      if (distances[slot] == 0 || orbits[slot] == orbit) {
        return slot;
      }
      int step = ((hash >>> LOCALITY_BITS) << LOCALITY_BITS) | 1;
      do {
        slot = (slot + step) & mask;
      } while (distances[slot] != 0 && orbits[slot] != orbit);
      return slot;
    }

    boolean isTaken(int slot) {
      return distances[slot] != 0;
    }

    long stamp(int slot) {
      return base + (distances[slot] & 0xFFFF) - ZERO;
    }

    void set(int slot, long stamp) {
      distances[slot] = (short) (stamp - base + ZERO);
    }

    void put(int slot, long orbit, long stamp) {
      orbits[slot] = (int) orbit;
      set(slot, stamp);
      count++;
      lowest = Math.min(lowest, orbit);
      highest = Math.max(highest, orbit);
    }

    void grow() {
      int[] oldOrbits = orbits;
      short[] oldDistances = distances;
      allocate(2 * oldOrbits.length);
      for (int i = 0; i < oldOrbits.length; i++) {
        if (oldDistances[i] != 0) {
          int slot = find(oldOrbits[i]);
          orbits[slot] = oldOrbits[i];
          distances[slot] = oldDistances[i];
        }
      }
    }
  }
}
