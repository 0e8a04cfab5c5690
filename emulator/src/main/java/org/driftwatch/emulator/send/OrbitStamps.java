package org.driftwatch.emulator.send;

import java.util.Arrays;

/**
 * Gives all hits of an orbit the stamp of the orbit's first hit. An orbit is remembered for 2 s of
 * stream time after its first hit; a hit that comes later begins anew with its own stamp.
 *
 * <p>Two tables take turns: the one being filled, and the one filled in the span before. No object
 * per orbit; neighbouring orbits lie side by side, since the stream meets them together. Not safe
 * for use by several threads.
 */
public final class OrbitStamps {
  /** How long an orbit is remembered, ms of stream time. */
  public static final int MEMORY_MS = 2000;

  private static final int SMALLEST = 1 << 12;
  private static final int LOCALITY_BITS = 10;

  private Table current = new Table(SMALLEST);
  private Table previous = new Table(SMALLEST);
  private long spanStart = Long.MIN_VALUE;

  /**
   * The stamp of a hit.
   *
   * @param orbit the hit's orbit, unsigned 32 bit
   * @param due the stamp it would have by itself, ms; hits come in about the order of these
   */
  public long stamp(long orbit, long due) {
    if (due - spanStart >= MEMORY_MS || spanStart == Long.MIN_VALUE) {
      turn(due);
    }
    int slot = current.find(orbit);
    if (current.isTaken(slot)) {
      long first = current.stamp(slot);
      if (due - first <= MEMORY_MS) {
        return first;
      }
      current.replace(slot, due);
      return due;
    }
    int old = previous.find(orbit);
    if (previous.isTaken(old)) {
      long first = previous.stamp(old);
      if (due - first <= MEMORY_MS) {
        return first;
      }
    }
    current.put(slot, orbit, due);
    return due;
  }

  private void turn(long due) {
    if (spanStart == Long.MIN_VALUE || due - spanStart >= 2 * MEMORY_MS) {
      previous.clear(due);
    } else {
      Table filled = current;
      current = previous;
      previous = filled;
    }
    current.clear(due);
    spanStart = due;
  }

  /** Open addressing; an entry is the orbit and the stamp's distance from the table's base. */
  private static final class Table {
    private static final int STAMP_BITS = 31;
    private static final long TAKEN = 1L << 63;

    private long[] entries;
    private int mask;
    private int count;
    private long base;

    Table(int size) {
      entries = new long[size];
      mask = size - 1;
    }

    void clear(long newBase) {
      // A table that one burst has made large does not stay so.
      if (entries.length > SMALLEST && count < entries.length / 8) {
        entries = new long[entries.length / 2];
        mask = entries.length - 1;
      } else {
        Arrays.fill(entries, 0);
      }
      count = 0;
      base = newBase;
    }

    int find(long orbit) {
      int slot = slot(orbit);
      while (entries[slot] != 0 && orbitOf(entries[slot]) != orbit) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    boolean isTaken(int slot) {
      return entries[slot] != 0;
    }

    long stamp(int slot) {
      int distance = (int) (entries[slot] >>> 32) & Integer.MAX_VALUE;
      return base + ((distance << 1) >> 1);
    }

    void replace(int slot, long stamp) {
      entries[slot] = entry(orbitOf(entries[slot]), stamp);
    }

    void put(int slot, long orbit, long stamp) {
      entries[slot] = entry(orbit, stamp);
      if (++count > entries.length / 2) {
        grow();
      }
    }

    private long entry(long orbit, long stamp) {
      return TAKEN | (((stamp - base) & ((1L << STAMP_BITS) - 1)) << 32) | orbit;
    }

    private static long orbitOf(long entry) {
      return entry & 0xFFFF_FFFFL;
    }

    private int slot(long orbit) {
      // The low bits as they are keep neighbours together, the others spread.
      long spread = ((orbit >>> LOCALITY_BITS) * 0x9E3779B97F4A7C15L) >>> 24;
      return (int) (orbit ^ (spread << LOCALITY_BITS)) & mask;
    }

    private void grow() {
      long[] old = entries;
      entries = new long[old.length * 2];
      mask = entries.length - 1;
      for (long entry : old) {
        if (entry != 0) {
          entries[find(orbitOf(entry))] = entry;
        }
      }
    }
  }
}
