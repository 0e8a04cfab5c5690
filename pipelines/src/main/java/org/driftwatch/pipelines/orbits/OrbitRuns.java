package org.driftwatch.pipelines.orbits;

import java.util.Arrays;
import org.driftwatch.detector.LittleEndian;
import org.driftwatch.detector.Varint;
import org.driftwatch.pipelines.block.HitGroup;

/**
 * Packed hits of one group as bytes, little more than four a hit, in the order of their orbits. A
 * hit is a little-endian integer of four bytes, of more where a detector's cells and times need
 * them: below, cell and time as in {@link HitPacking}; in the bits above, the orbit's difference to
 * that of the hit before. Where these do not hold it they are all set, and the rest of it follows
 * as a variable-length number. In front stand the width of cell and time, the number of hits and
 * their group.
 */
public final class OrbitRuns {
  /** Bits of an orbit's difference that there is always room for. */
  private static final int LEAST_ABOVE = 2;

  private static final int MAX_VARIABLE = 5;
  private static final int MAX_LONG_VARIABLE = 10;
  private static final int MAX_HEAD = 1 + MAX_VARIABLE + 3 * MAX_LONG_VARIABLE;
  private static final int MARKED = 64;

  /** Bits of 4,096 orbits, a third of a second. */
  static final int STRETCH_BITS = 12;

  private static final int FEW_SHARDS = 4;
  private static final int MAX_BYTES = 600_000_000;

  private OrbitRuns() {}

  /** Bytes of a hit, an orbit's further difference aside. */
  private static int width(int orbitShift) {
    return Math.max(Integer.BYTES, (orbitShift + LEAST_ABOVE + Byte.SIZE - 1) / Byte.SIZE);
  }

  /** Writes the first {@code size} hits, which are in the order of their orbits. */
  static byte[] pack(HitPacking packing, HitGroup group, long[] hits, int size) {
    return pack(packing, group, hits, size, 1, STRETCH_BITS)[0];
  }

  /**
   * Writes the first {@code size} hits, which are in the order of their orbits, each orbit to its
   * shard. Stretches of orbits take turns on the shards: so the hits of a moment lie in few of
   * them, and late ones have only these counted again.
   *
   * @param stretchBits bits of the orbits of a stretch
   * @throws IllegalArgumentException where the bytes of a shard might not fit into an array
   */
  static byte[][] pack(
      HitPacking packing, HitGroup group, long[] hits, int size, int shards, int stretchBits) {
    int shift = packing.orbitShift();
    int most = MAX_BYTES / width(shift);
    if (size > most) {
      throw new IllegalArgumentException(
          size + " hits to be packed at a time, expected " + most + " or fewer");
    }
    // An orbit is one whatever its step in time, and goes to one shard.
    int stretchShift = shift + Math.max(stretchBits, packing.stepBits());
    Writer[] writers = new Writer[shards];
    int from = 0;
    while (from < size) {
      long stretch = hits[from] >>> stretchShift;
      int shard = (int) (stretch % shards);
      Writer writer = writers[shard];
      if (writer == null) {
        int capacity = (width(shift) + 1) * (size - from) / Math.min(shards, FEW_SHARDS);
        writer = new Writer(shift, group, capacity);
        writers[shard] = writer;
      }
      while (from < size && hits[from] >>> stretchShift == stretch) {
        from = writer.orbit(hits, from, size);
      }
    }
    byte[][] packed = new byte[shards][];
    for (int shard = 0; shard < shards; shard++) {
      Writer writer = writers[shard] == null ? new Writer(shift, group, 0) : writers[shard];
      packed[shard] = writer.take();
    }
    return packed;
  }

  /**
   * A number by which the content of what {@link #pack} wrote is known from that of other such
   * bytes: 0 of no hits, else taken from how many bytes they are and the first of these.
   */
  static long mark(byte[] packed) {
    if (new Cursor(packed).atEnd()) {
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
    private final int shift;
    private final long below;
    private final int width;
    private final long allSet;
    private final HitGroup group;
    private byte[] bytes;
    private int length;
    private int size;
    private long previous;

    Writer(int shift, HitGroup group, int capacity) {
      this.shift = shift;
      this.group = group;
      below = (1L << shift) - 1;
      width = width(shift);
      allSet = (1L << (width * Byte.SIZE - shift)) - 1;
      bytes = new byte[64 + capacity];
      // The head takes this much at the most, and the number of hits is known at the end only.
      length = MAX_HEAD;
    }

    /**
     * Writes the hits of one orbit, from this one on; gives the index of the next orbit's first.
     */
    int orbit(long[] hits, int from, int size) {
      long orbit = hits[from] >>> shift;
      int to = from + 1;
      while (to < size && hits[to] >>> shift == orbit) {
        to++;
      }
      int more = MAX_VARIABLE + (to - from) * width + Long.BYTES;
      if (bytes.length - length < more) {
        bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + bytes.length / 2));
      }
      long difference = orbit - previous;
      put(Math.min(difference, allSet) << shift | (hits[from] & below));
      if (difference >= allSet) {
        length = Varint.put(difference - allSet, bytes, length);
      }
      for (int i = from + 1; i < to; i++) {
        put(hits[i] & below);
      }
      previous = orbit;
      this.size += to - from;
      return to;
    }

    private void put(long hit) {
      if (width == Integer.BYTES) {
        LittleEndian.putInt(bytes, length, (int) hit);
      } else {
        LittleEndian.putLong(bytes, length, hit);
      }
      length += width;
    }

    byte[] take() {
      byte[] head = new byte[MAX_HEAD];
      head[0] = (byte) shift;
      int headLength = Varint.put(size, head, 1);
      headLength = Varint.put(group.run() + 1, head, headLength);
      headLength = Varint.put(group.origin(), head, headLength);
      headLength = Varint.put(group.above(), head, headLength);
      int from = MAX_HEAD - headLength;
      System.arraycopy(head, 0, bytes, from, headLength);
      // Wider hits are read eight bytes at a time, the last of them too.
      int behind = width == Integer.BYTES ? 0 : Long.BYTES - width;
      return Arrays.copyOfRange(bytes, from, length + behind);
    }
  }

  /** Stands at the first hit of one orbit after the other. */
  static final class Cursor {
    private final byte[] bytes;
    private final int shift;
    private final long below;
    private final int width;
    private final long allSet;
    private final HitGroup group;
    private int position;
    private int hitsLeft;
    private long orbit;
    private long hit;

    /** Stands at the first orbit, if there is one. */
    Cursor(byte[] packed) {
      bytes = packed;
      shift = bytes[position++];
      below = (1L << shift) - 1;
      width = width(shift);
      allSet = (1L << (width * Byte.SIZE - shift)) - 1;
      hitsLeft = (int) variable();
      group = new HitGroup(variable() - 1, variable(), variable());
      if (hitsLeft > 0) {
        orbit = advance();
      }
    }

    boolean atEnd() {
      return hitsLeft == 0;
    }

    /** Number of hits from here on. */
    int hitsLeft() {
      return hitsLeft;
    }

    /** Bits of cell and time. */
    int shift() {
      return shift;
    }

    /** The group of the hits. */
    HitGroup group() {
      return group;
    }

    /** The present orbit. */
    long orbit() {
      return orbit;
    }

    /** Gives away the hits of the present orbit, cell and time of each, and goes to the next. */
    void moveTo(OrbitMerge merge) {
      int size = merge.size();
      long[] hits = merge.hits();
      int left = hitsLeft;
      long next = hit;
      long difference = 0;
      while (true) {
        if (size == hits.length) {
          hits = merge.withRoom(size + 1);
        }
        hits[size++] = next;
        if (--left == 0) {
          break;
        }
        long packed = packed();
        next = packed & below;
        difference = packed >>> shift & allSet;
        if (difference != 0) {
          difference += difference == allSet ? variable() : 0;
          break;
        }
      }
      merge.size(size);
      hitsLeft = left;
      hit = next;
      orbit += difference;
    }

    /** Goes to the next hit; gives the difference of its orbit to the present one. */
    private long advance() {
      long packed = packed();
      hit = packed & below;
      long difference = packed >>> shift & allSet;
      return difference < allSet ? difference : allSet + variable();
    }

    private long packed() {
      long packed =
          width == Integer.BYTES
              ? LittleEndian.getInt(bytes, position) & 0xFFFF_FFFFL
              : LittleEndian.getLong(bytes, position);
      position += width;
      return packed;
    }

    private long variable() {
      long number = Varint.get(bytes, position);
      position = Varint.end(bytes, position);
      return number;
    }
  }
}
