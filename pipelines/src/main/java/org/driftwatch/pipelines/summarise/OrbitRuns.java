package org.driftwatch.pipelines.summarise;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Packed hits as bytes, about four a hit: runs of one orbit each, in the order of the orbits. A run
 * is the orbit's difference to the one before and the number of its hits, both as variable-length
 * numbers, then four little-endian bytes a hit with its cell and time. Before the first run stands
 * the number of hits in all.
 */
final class OrbitRuns {
  private static final VarHandle LITTLE_ENDIAN_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BELOW_ORBIT = (1 << PackedHit.ORBIT_SHIFT) - 1;
  private static final int MAX_VARIABLE = 5;

  private OrbitRuns() {}

  /** Writes the first {@code size} hits, which are in the order of their orbits. */
  static byte[] pack(long[] hits, int size) {
    return pack(hits, size, 1)[0];
  }

  /**
   * Writes the first {@code size} hits, which are in the order of their orbits, each orbit to its
   * shard.
   */
  static byte[][] pack(long[] hits, int size, int shards) {
    Writer[] writers = new Writer[shards];
    for (int shard = 0; shard < shards; shard++) {
      writers[shard] = new Writer(Math.addExact(64, Math.multiplyExact(size, 5) / shards));
    }
    int from = 0;
    while (from < size) {
      long orbit = PackedHit.orbit(hits[from]);
      int to = from + 1;
      while (to < size && PackedHit.orbit(hits[to]) == orbit) {
        to++;
      }
      writers[shards == 1 ? 0 : shard(orbit, shards)].run(orbit, hits, from, to);
      from = to;
    }
    byte[][] packed = new byte[shards][];
    for (int shard = 0; shard < shards; shard++) {
      packed[shard] = writers[shard].take();
    }
    return packed;
  }

  private static int shard(long orbit, int shards) {
    int mixed = (int) orbit * 0x9E3779B1;
    return Math.floorMod(mixed ^ mixed >>> 16, shards);
  }

  /** Number of hits in what {@link #pack} wrote. */
  static int size(byte[] packed) {
    return new Cursor(packed).hitsLeft;
  }

  /** Writes the runs of one shard. */
  private static final class Writer {
    private byte[] bytes;
    private int length;
    private int size;
    private long previous;

    Writer(int capacity) {
      bytes = new byte[capacity];
      // The number of hits takes this much at the most, and is known at the end only.
      length = MAX_VARIABLE;
    }

    void run(long orbit, long[] hits, int from, int to) {
      int more = 2 * MAX_VARIABLE + (to - from) * Integer.BYTES;
      if (bytes.length - length < more) {
        bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + bytes.length / 2));
      }
      length = variable(orbit - previous, bytes, length);
      length = variable(to - from, bytes, length);
      for (int i = from; i < to; i++) {
        LITTLE_ENDIAN_INT.set(bytes, length, (int) hits[i] & BELOW_ORBIT);
        length += Integer.BYTES;
      }
      previous = orbit;
      size += to - from;
    }

    byte[] take() {
      byte[] head = new byte[MAX_VARIABLE];
      int headLength = variable(size, head, 0);
      System.arraycopy(head, 0, bytes, MAX_VARIABLE - headLength, headLength);
      return Arrays.copyOfRange(bytes, MAX_VARIABLE - headLength, length);
    }

    private static int variable(long number, byte[] bytes, int index) {
      int at = index;
      long rest = number;
      while (rest > 0x7F) {
        bytes[at++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[at++] = (byte) rest;
      return at;
    }
  }

  /** Stands at one run after the other. */
  static final class Cursor {
    private final byte[] bytes;
    private int position;
    private int hitsLeft;
    private long orbit;
    private int run;

    /** Stands before the first run. */
    Cursor(byte[] packed) {
      bytes = packed;
      hitsLeft = (int) variable();
    }

    /** Goes to the next run; false at the end. */
    boolean next() {
      if (hitsLeft == 0) {
        return false;
      }
      orbit += variable();
      run = (int) variable();
      hitsLeft -= run;
      return true;
    }

    /** The run's orbit. */
    long orbit() {
      return orbit;
    }

    /** Number of hits of the run. */
    int run() {
      return run;
    }

    /** Reads cell and time of the run's hits, once, into an array that has room for them. */
    void read(int[] hits, int index) {
      int end = index + run;
      int at = position;
      for (int i = index; i < end; i++) {
        hits[i] = (int) LITTLE_ENDIAN_INT.get(bytes, at);
        at += Integer.BYTES;
      }
      position = at;
    }

    private long variable() {
      byte first = bytes[position++];
      if (first >= 0) {
        return first;
      }
      long number = first & 0x7F;
      int shift = 7;
      byte next;
      do {
        next = bytes[position++];
        number |= (long) (next & 0x7F) << shift;
        shift += 7;
      } while (next < 0);
      return number;
    }
  }
}
