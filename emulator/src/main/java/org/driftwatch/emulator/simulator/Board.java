package org.driftwatch.emulator.simulator;

import java.util.Arrays;

/**
 * The readout board's queue of hits and their orbits, in the order of orbits. Hits that a drift has
 * carried into the next orbit wait until the earlier orbit is through.
 */
final class Board {
  private static final int FIRST_LATER = 32;

  /** Its number, from 0. */
  final int number;

  private long[] queue = new long[1 << 10];
  private long[] orbits = new long[1 << 10];
  private int head;
  private int size;
  private long[] later = new long[FIRST_LATER];
  private int laterCount;
  private long laterOrbit;
  private long lastOrbit;

  /**
   * An empty queue.
   *
   * @param orbit what {@link #lastOrbit} gives before the first hit
   */
  Board(int number, long orbit) {
    this.number = number;
    lastOrbit = orbit;
  }

  int size() {
    return size;
  }

  /** Orbit of the hit taken last. */
  long lastOrbit() {
    return lastOrbit;
  }

  /**
   * Adds a hit of the current orbit.
   *
   * @param next the orbit after it
   */
  void add(long hit, long orbit, long next) {
    if (laterCount > 0 && laterOrbit != next) {
      admitLater();
    }
    push(hit, orbit);
  }

  /** Adds a hit of an orbit after the current one. */
  void addLater(long hit, long orbit) {
    if (laterCount > 0 && laterOrbit != orbit) {
      admitLater();
    }
    if (laterCount == later.length) {
      later = Arrays.copyOf(later, 2 * laterCount);
    }
    laterOrbit = orbit;
    later[laterCount++] = hit;
  }

  private void admitLater() {
    for (int i = 0; i < laterCount; i++) {
      push(later[i], laterOrbit);
    }
    laterCount = 0;
  }

  private void push(long hit, long orbit) {
    if (size == queue.length) {
      queue = larger(queue);
      orbits = larger(orbits);
      head = 0;
    }
    int at = (head + size++) & (queue.length - 1);
    queue[at] = hit;
    orbits[at] = orbit;
  }

  private long[] larger(long[] full) {
    long[] larger = new long[2 * size];
    for (int i = 0; i < size; i++) {
      larger[i] = full[(head + i) & (size - 1)];
    }
    return larger;
  }

  /** Takes the oldest hit; its orbit is {@link #lastOrbit} then. */
  long take() {
    long hit = queue[head];
    lastOrbit = orbits[head];
    head = (head + 1) & (queue.length - 1);
    size--;
    return hit;
  }
}
