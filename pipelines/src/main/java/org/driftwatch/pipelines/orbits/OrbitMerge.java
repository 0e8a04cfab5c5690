package org.driftwatch.pipelines.orbits;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.checkerframework.checker.nullness.qual.MonotonicNonNull;
import org.driftwatch.pipelines.block.HitGroup;

/**
 * Goes through several {@link OrbitRuns} at a time, orbit by orbit, group by group: a heap of
 * cursors. Parts of a window follow each other in time and hardly overlap, so that a step seldom
 * moves more than the cursor on top. Nothing is unpacked but the hits of the present orbit.
 */
public final class OrbitMerge {
  /** The bits of {@link #orbit} below the rank of the group. */
  public static final long IN_GROUP = (1L << Integer.SIZE) - 1;

  private final Part[] heap;
  private final List<HitGroup> groups;
  private final int stepBits;
  private int alive;
  private long orbit;

  /** The first orbit of the parts that are not on top of the heap. */
  private long others;

  private int size;
  private long[] hits = new long[64];

  /**
   * Stands before the first orbit.
   *
   * @param stepBits see {@link HitPacking#stepBits}
   */
  public OrbitMerge(List<PackedRun> parts, int stepBits) {
    this(parts, stepBits, UnaryOperator.identity());
  }

  /**
   * Stands before the first orbit.
   *
   * @param regroup the group that hits are counted in which were packed as one of another
   */
  public OrbitMerge(List<PackedRun> parts, int stepBits, UnaryOperator<HitGroup> regroup) {
    this.stepBits = stepBits;
    Map<HitGroup, HitGroup> found = new HashMap<>();
    for (PackedRun part : parts) {
      found.computeIfAbsent(part.group(), regroup);
    }
    groups = found.values().stream().distinct().sorted().toList();
    heap = new Part[parts.size()];
    for (PackedRun part : parts) {
      if (part.size() > 0) {
        int rank = Collections.binarySearch(groups, found.get(part.group()));
        heap[alive++] = new Part(part, rank);
      }
    }
    for (int i = alive / 2 - 1; i >= 0; i--) {
      sink(i);
    }
    others = firstOfOthers();
  }

  /** One of what is merged. Its bytes are fetched when its turn comes, and let go at its end. */
  private static final class Part {
    private final PackedRun run;
    private final long rank;
    private OrbitRuns.@MonotonicNonNull Cursor cursor;
    private long orbit;

    Part(PackedRun run, int groupsBefore) {
      this.run = run;
      rank = (long) groupsBefore << Integer.SIZE;
      orbit = rank | run.firstOrbit();
    }

    /** Gives away the hits of the present orbit and goes to the next; false at the end. */
    boolean moveTo(OrbitMerge merge) {
      if (cursor == null) {
        cursor = new OrbitRuns.Cursor(run.bytes());
      }
      cursor.moveTo(merge);
      orbit = rank | cursor.orbit();
      return !cursor.atEnd();
    }
  }

  /** Goes to the next orbit; false at the end. */
  public boolean next() {
    if (alive == 0) {
      return false;
    }
    size = 0;
    do {
      orbit = heap[0].orbit;
      take();
    } while (stepBits > 0 && alive > 0 && isSameTurn(heap[0].orbit));
    return true;
  }

  /** Takes all hits of the present orbit. */
  private void take() {
    do {
      if (!heap[0].moveTo(this)) {
        heap[0] = heap[--alive];
        heap[alive] = null;
        others = firstOfOthers();
      }
      // Parts hardly overlap: only where they meet does the order of the heap change.
      if (alive > 0 && heap[0].orbit > others) {
        sink(0);
        others = firstOfOthers();
      }
    } while (alive > 0 && heap[0].orbit == orbit);
  }

  /** The first orbit of the parts below the top. */
  private long firstOfOthers() {
    long first = alive > 1 ? heap[1].orbit : Long.MAX_VALUE;
    return alive > 2 ? Math.min(first, heap[2].orbit) : first;
  }

  /** True where hits that were stamped later are of the same orbit, and the same turn of it. */
  private boolean isSameTurn(long next) {
    return next >>> stepBits == orbit >>> stepBits && next - orbit <= OrbitTurns.JOINED_STEPS;
  }

  /** The hits of the present orbit, with room for so many. */
  long[] withRoom(int capacity) {
    if (capacity > hits.length) {
      hits = Arrays.copyOf(hits, Math.max(capacity, 2 * hits.length));
    }
    return hits;
  }

  /** Notes how many hits of the present orbit there are now. */
  void size(int hitsOfOrbit) {
    size = hitsOfOrbit;
  }

  private void sink(int from) {
    int at = from;
    Part part = heap[at];
    int child;
    while ((child = 2 * at + 1) < alive) {
      if (child + 1 < alive && heap[child + 1].orbit < heap[child].orbit) {
        child++;
      }
      if (heap[child].orbit >= part.orbit) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = part;
  }

  /** The present orbit, its group's rank above; of several steps in time the last. */
  public long orbit() {
    return orbit;
  }

  /** The group of the present orbit. */
  public HitGroup group() {
    return groups.get((int) (orbit >>> Integer.SIZE));
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
