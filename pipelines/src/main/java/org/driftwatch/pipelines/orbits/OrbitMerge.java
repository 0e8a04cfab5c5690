package org.driftwatch.pipelines.orbits;

import java.util.Arrays;
import java.util.List;

/**
 * Goes through several {@link OrbitRuns} at a time, orbit by orbit, ascending: a heap of cursors.
 * Parts of a window follow each other in time and hardly overlap, so that a step seldom moves more
 * than the cursor on top. Nothing is unpacked but the hits of the present orbit.
 */
public final class OrbitMerge {
  private final OrbitRuns.Cursor[] heap;
  private int alive;
  private long orbit;
  private int size;
  private int[] hits = new int[64];

  /** Stands before the first orbit. */
  public OrbitMerge(List<byte[]> parts) {
    heap = new OrbitRuns.Cursor[parts.size()];
    for (byte[] part : parts) {
      OrbitRuns.Cursor cursor = new OrbitRuns.Cursor(part);
      if (!cursor.atEnd()) {
        heap[alive++] = cursor;
      }
    }
    for (int i = alive / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  /** Goes to the next orbit; false at the end. */
  public boolean next() {
    if (alive == 0) {
      return false;
    }
    orbit = heap[0].orbit();
    size = 0;
    do {
      heap[0].moveTo(this);
      if (heap[0].atEnd()) {
        heap[0] = heap[--alive];
      }
      sink(0);
    } while (alive > 0 && heap[0].orbit() == orbit);
    return true;
  }

  /** Adds a hit to those of the present orbit. */
  void add(int hit) {
    if (size == hits.length) {
      hits = Arrays.copyOf(hits, 2 * size);
    }
    hits[size++] = hit;
  }

  private void sink(int from) {
    int at = from;
    OrbitRuns.Cursor cursor = heap[at];
    int child;
    while ((child = 2 * at + 1) < alive) {
      if (child + 1 < alive && heap[child + 1].orbit() < heap[child].orbit()) {
        child++;
      }
      if (heap[child].orbit() >= cursor.orbit()) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = cursor;
  }

  /** The present orbit. */
  public long orbit() {
    return orbit;
  }

  /** Number of its hits. */
  public int size() {
    return size;
  }

  /**
   * Cell and time of its hits, the first {@link #size()} of the array: what {@link PackedHit} keeps
   * below the orbit. Valid until the next orbit, not to be written to.
   */
  public int[] hits() {
    return hits;
  }
}
