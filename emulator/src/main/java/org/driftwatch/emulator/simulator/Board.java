package org.driftwatch.emulator.simulator;

import java.util.Arrays;
import org.driftwatch.detector.HitWord;

/**
 * The readout board's queue of hits, in the order of orbits. Hits that a drift has carried into the
 * next orbit wait until the earlier orbit is through.
 */
final class Board {
  final int fpga;
  private long[] queue = new long[1 << 10];
  private int head;
  private int size;
  private long[] later = new long[CosmicMuons.MOST_HITS];
  private int laterCount;
  private long lastOrbit;

  /**
   * An empty queue.
   *
   * @param orbit what {@link #lastOrbit} gives before the first hit
   */
  Board(int fpga, long orbit) {
    this.fpga = fpga;
    lastOrbit = orbit;
  }

  int size() {
    return size;
  }

  /** Orbit of the hit taken last. */
  long lastOrbit() {
    return lastOrbit;
  }

  /** Adds a hit of the current orbit. */
  void add(long hit) {
    if (laterCount > 0
        && HitWord.orbit(later[0]) != ((HitWord.orbit(hit) + 1) & HitWord.MAX_ORBIT)) {
      admitLater();
    }
    push(hit);
  }

  /** Adds a hit of the orbit after the current one. */
  void addToNextOrbit(long hit) {
    if (laterCount > 0 && HitWord.orbit(later[0]) != HitWord.orbit(hit)) {
      admitLater();
    }
    if (laterCount == later.length) {
      later = Arrays.copyOf(later, 2 * laterCount);
    }
    later[laterCount++] = hit;
  }

  private void admitLater() {
    for (int i = 0; i < laterCount; i++) {
      push(later[i]);
    }
    laterCount = 0;
  }

  private void push(long hit) {
    if (size == queue.length) {
      long[] larger = new long[2 * size];
      for (int i = 0; i < size; i++) {
        larger[i] = queue[(head + i) & (size - 1)];
      }
      queue = larger;
      head = 0;
    }
    queue[(head + size++) & (queue.length - 1)] = hit;
  }

  /** Takes the oldest hit. */
  long take() {
    long hit = queue[head];
    head = (head + 1) & (queue.length - 1);
    size--;
    lastOrbit = HitWord.orbit(hit);
    return hit;
  }
}
