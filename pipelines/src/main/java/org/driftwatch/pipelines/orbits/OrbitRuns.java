package org.driftwatch.pipelines.orbits;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.driftwatch.detector.Varint;

/**
 * Packed hits as bytes, little more than four a hit, in the order of their orbits. A hit is a
 * little-endian integer: below, cell and time as in {@link PackedHit}; in the six bits above, the
 * orbit's difference to that of the hit before. Where these do not hold it they are all set, and
 * the rest of it follows as a variable-length number. Before the first hit stands the number of
 * hits.
 */
public final class OrbitRuns {
  private static final VarHandle LITTLE_ENDIAN_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BELOW_ORBIT = (1 << PackedHit.ORBIT_SHIFT) - 1;
  private static final int ALL_SET = (1 << (Integer.SIZE - PackedHit.ORBIT_SHIFT)) - 1;
  private static final int MAX_VARIABLE = 5;
  private static final int MARKED = 64;
  private static final int STRETCH = 4096;
  private static final int FEW_SHARDS = 4;
  private static final int MAX_HITS = 150_000_000;

  private OrbitRuns() {}

  /** Writes the first {@code size} hits, which are in the order of their orbits. */
  static byte[] pack(long[] hits, int size) {
    return pack(hits, size, 1)[0];
  }

  /**
   * Writes the first {@code size} hits, which are in the order of their orbits, each orbit to its
   * shard. Stretches of {@value #STRETCH} orbits, a third of a second, take turns on the shards: so
   * the hits of a moment lie in few of them, and late ones have only these counted again.
   *
   * @throws IllegalArgumentException where the bytes of a shard might not fit into an array
   */
  static byte[][] pack(long[] hits, int size, int shards) {
    if (size > MAX_HITS) {
      throw new IllegalArgumentException(
          size + " hits to be packed at a time, expected " + MAX_HITS + " or fewer");
    }
    Writer[] writers = new Writer[shards];
    int from = 0;
    while (from < size) {
      long stretch = PackedHit.orbit(hits[from]) / STRETCH;
      int shard = (int) (stretch % shards);
      Writer writer = writers[shard];
      if (writer == null) {
        writer = new Writer(5 * (size - from) / Math.min(shards, FEW_SHARDS));
        writers[shard] = writer;
      }
      while (from < size && PackedHit.orbit(hits[from]) / STRETCH == stretch) {
        from = writer.orbit(hits, from, size);
      }
    }
    byte[][] packed = new byte[shards][];
    for (int shard = 0; shard < shards; shard++) {
      packed[shard] = (writers[shard] == null ? new Writer(0) : writers[shard]).take();
    }
    return packed;
  }

  /** Number of hits in what {@link #pack} wrote. */
  public static int size(byte[] packed) {
    return new Cursor(packed).hitsLeft;
  }

  /**
   * A number by which the content of what {@link #pack} wrote is known from that of other such
   * bytes: 0 of no hits, else taken from how many bytes they are and the first of these.
   */
  public static long mark(byte[] packed) {
    if (size(packed) == 0) {
      return 0;
    }
    long mark = packed.length;
    for (int i = 0; i < Math.min(packed.length, MARKED); i++) {
      mark = (mark ^ packed[i]) * 0x9E3779B97F4A7C15L;
      mark ^= mark >>> 32;
    }
    return mark;
  }

  /** Writes the runs of one shard. */
  private static final class Writer {
    private byte[] bytes;
    private int length;
    private int size;
    private long previous;

    Writer(int capacity) {
      bytes = new byte[64 + capacity];
      // The number of hits takes this much at the most, and is known at the end only.
      length = MAX_VARIABLE;
    }

    /**
     * Writes the hits of one orbit, from this one on; gives the index of the next orbit's first.
     */
    int orbit(long[] hits, int from, int size) {
      long orbit = PackedHit.orbit(hits[from]);
      int to = from + 1;
      while (to < size && PackedHit.orbit(hits[to]) == orbit) {
        to++;
      }
      int more = MAX_VARIABLE + (to - from) * Integer.BYTES;
      if (bytes.length - length < more) {
        bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + bytes.length / 2));
      }
      long difference = orbit - previous;
      int above = (int) Math.min(difference, ALL_SET) << PackedHit.ORBIT_SHIFT;
      LITTLE_ENDIAN_INT.set(bytes, length, above | ((int) hits[from] & BELOW_ORBIT));
      length += Integer.BYTES;
      if (difference >= ALL_SET) {
        length = Varint.put(difference - ALL_SET, bytes, length);
      }
      for (int i = from + 1; i < to; i++) {
        LITTLE_ENDIAN_INT.set(bytes, length, (int) hits[i] & BELOW_ORBIT);
        length += Integer.BYTES;
      }
      previous = orbit;
      this.size += to - from;
      return to;
    }

    byte[] take() {
      byte[] head = new byte[MAX_VARIABLE];
      int headLength = Varint.put(size, head, 0);
      System.arraycopy(head, 0, bytes, MAX_VARIABLE - headLength, headLength);
      return Arrays.copyOfRange(bytes, MAX_VARIABLE - headLength, length);
    }
  }

  /** Stands at the first hit of one orbit after the other. */
  static final class Cursor {
    private final byte[] bytes;
    private int position;
    private int hitsLeft;
    private long orbit;
    private int hit;

    /** Stands at the first orbit, if there is one. */
    Cursor(byte[] packed) {
      bytes = packed;
      hitsLeft = (int) variable();
      if (hitsLeft > 0) {
        orbit = advance();
      }
    }

    boolean atEnd() {
      return hitsLeft == 0;
    }

    /** The present orbit. */
    long orbit() {
      return orbit;
    }

    /** Gives away the hits of the present orbit, cell and time of each, and goes to the next. */
    void moveTo(OrbitMerge hits) {
      long difference = 0;
      while (difference == 0) {
        hits.add(hit);
        if (--hitsLeft == 0) {
          return;
        }
        difference = advance();
      }
      orbit += difference;
    }

    /** Goes to the next hit; gives the difference of its orbit to the present one. */
    private long advance() {
      int next = (int) LITTLE_ENDIAN_INT.get(bytes, position);
      position += Integer.BYTES;
      hit = next & BELOW_ORBIT;
      int difference = next >>> PackedHit.ORBIT_SHIFT;
      return difference < ALL_SET ? difference : ALL_SET + variable();
    }

    private long variable() {
      long number = Varint.get(bytes, position);
      position = Varint.end(bytes, position);
      return number;
    }
  }
}
