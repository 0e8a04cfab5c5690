package org.driftwatch.pipelines.orbits;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.pipelines.block.HitGroup;

/**
 * Hits as {@link OrbitRuns} packs them, and what is asked of them most without unpacking any. The
 * bytes may lie in a {@link SpillFile} in place of the heap. Immutable and safe to share.
 */
public final class PackedRun {
  private final byte @Nullable [] bytes;
  private final @Nullable SpillFile file;
  private final long at;
  private final int length;
  private final int size;
  private final long mark;
  private final HitGroup group;
  private final long firstOrbit;

  /** Its number among those that are kept; -1 if it is not. */
  private final int number;

  /**
   * A run in the heap.
   *
   * @param packed what {@link OrbitRuns#pack} wrote; taken over, not copied
   * @throws IndexOutOfBoundsException if the bytes are damaged
   */
  public PackedRun(byte[] packed) {
    OrbitRuns.Cursor cursor = new OrbitRuns.Cursor(packed);
    bytes = packed;
    file = null;
    at = 0;
    length = packed.length;
    size = cursor.hitsLeft();
    mark = OrbitRuns.mark(packed);
    group = cursor.group();
    firstOrbit = cursor.orbit();
    number = -1;
  }

  private PackedRun(
      PackedRun like, byte @Nullable [] bytes, @Nullable SpillFile file, long at, int number) {
    this.bytes = bytes;
    this.file = file;
    this.at = at;
    this.number = number;
    length = like.length;
    size = like.size;
    mark = like.mark;
    group = like.group;
    firstOrbit = like.firstOrbit;
  }

  /** The same run, kept in the heap by this number. */
  PackedRun keptAs(int newNumber) {
    return new PackedRun(this, bytes(), null, 0, newNumber);
  }

  /** The same run, kept by this number with its bytes in a file. */
  PackedRun keptAs(int newNumber, SpillFile spill, long place) {
    return new PackedRun(this, null, spill, place, newNumber);
  }

  /** By which its {@link SpillFile} finds it; -1 if none keeps it. */
  int number() {
    return number;
  }

  /**
   * The packed hits, read from the file if they lie there; not to be written to.
   *
   * @throws UncheckedIOException if the file cannot be read
   */
  public byte[] bytes() {
    if (bytes != null) {
      return bytes;
    }
    try {
      return file.read(at, length);
    } catch (IOException e) {
      throw new UncheckedIOException("temporary file of packed hits cannot be read: " + e, e);
    }
  }

  /** Bytes that the hits take. */
  public int length() {
    return length;
  }

  /** Number of hits. */
  public int size() {
    return size;
  }

  /** See {@link OrbitRuns#mark}. */
  long mark() {
    return mark;
  }

  /** What the hits have in common. */
  public HitGroup group() {
    return group;
  }

  /** Orbit of the first hit; 0 of no hits. */
  long firstOrbit() {
    return firstOrbit;
  }
}
