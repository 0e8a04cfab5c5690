package org.driftwatch.pipelines.orbits;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.driftwatch.pipelines.block.HitGroup;

/**
 * Goes through several {@link OrbitRuns} at a time, orbit by orbit, group by group: a heap of
 * cursors. Parts of a window follow each other in time and hardly overlap, so that a step seldom
 * moves more than the cursor on top. Nothing is unpacked but the hits of the present orbit.
 */
public final class OrbitMerge {
  private final OrbitRuns.Cursor[] heap;
  private final int stepBits;
  private int alive;
  private long orbit;
  private int size;
  private long[] hits = new long[64];

  /**
   * Stands before the first orbit.
   *
   * @param stepBits see {@link HitPacking#stepBits}
   */
  public OrbitMerge(List<byte[]> parts, int stepBits) {
    this.stepBits = stepBits;
    heap = new OrbitRuns.Cursor[parts.size()];
    for (byte[] part : parts) {
      OrbitRuns.Cursor cursor = new OrbitRuns.Cursor(part);
      if (!cursor.atEnd()) {
        heap[alive++] = cursor;
      }
    }
    rankGroups();
    for (int i = alive / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  private void rankGroups() {
    List<HitGroup> groups =
        Arrays.stream(heap, 0, alive).map(OrbitRuns.Cursor::group).distinct().sorted().toList();
    for (int i = 0; i < alive && groups.size() > 1; i++) {
      heap[i].rank(Collections.binarySearch(groups, heap[i].group()));
    }
  }

  /** Goes to the next orbit; false at the end. */
  public boolean next() {
    if (alive == 0) {
      return false;
    }
    size = 0;
    do {
      orbit = heap[0].orbit();
      take();
    } while (stepBits > 0 && alive > 0 && isSameTurn(heap[0].orbit()));
    return true;
  }

  /** Takes all hits of the present orbit. */
  private void take() {
    do {
      heap[0].moveTo(this);
      if (heap[0].atEnd()) {
        heap[0] = heap[--alive];
      }
      sink(0);
    } while (alive > 0 && heap[0].orbit() == orbit);
  }

  /** True where hits that were stamped later are of the same orbit, and the same turn of it. */
  private boolean isSameTurn(long next) {
    return next >>> stepBits == orbit >>> stepBits && next - orbit <= OrbitTurns.JOINED_STEPS;
  }

  /** Adds a hit to those of the present orbit. */
  void add(long hit) {
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

  /** The present orbit, its group's rank above; of several steps in time the last. */
  public long orbit() {
    return orbit;
  }

  /** Number of its hits. */
  public int size() {
    return size;
  }

  /**
   * Cell and time of its hits, the first {@link #size()} of the array: what {@link HitPacking}
   * keeps below the orbit. Valid until the next orbit, not to be written to.
   */
  public long[] hits() {
    return hits;
  }
}
