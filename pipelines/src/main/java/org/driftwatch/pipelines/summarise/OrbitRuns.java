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
    Buffer out = new Buffer(Math.addExact(16, Math.multiplyExact(size, 5)));
    out.variable(size);
    long previous = 0;
    int from = 0;
    while (from < size) {
      long orbit = PackedHit.orbit(hits[from]);
      int to = from + 1;
      while (to < size && PackedHit.orbit(hits[to]) == orbit) {
        to++;
      }
      out.ensure(2 * MAX_VARIABLE + (to - from) * Integer.BYTES);
      out.variable(orbit - previous);
      out.variable(to - from);
      for (int i = from; i < to; i++) {
        LITTLE_ENDIAN_INT.set(out.bytes, out.length, (int) hits[i] & BELOW_ORBIT);
        out.length += Integer.BYTES;
      }
      previous = orbit;
      from = to;
    }
    return Arrays.copyOf(out.bytes, out.length);
  }

  /** Number of hits in what {@link #pack} wrote. */
  static int size(byte[] packed) {
    return (int) new Cursor(packed).variable();
  }

  /** Reads all hits into an array that has room for them, from an index on. */
  static void unpack(byte[] packed, long[] hits, int index) {
    Cursor in = new Cursor(packed);
    int end = index + (int) in.variable();
    int at = index;
    long orbit = 0;
    while (at < end) {
      orbit += in.variable();
      int run = (int) in.variable();
      long high = orbit << PackedHit.ORBIT_SHIFT;
      for (int i = 0; i < run; i++) {
        hits[at++] = high | (int) LITTLE_ENDIAN_INT.get(packed, in.position);
        in.position += Integer.BYTES;
      }
    }
  }

  private static final class Buffer {
    private byte[] bytes;
    private int length;

    Buffer(int capacity) {
      bytes = new byte[capacity];
    }

    void ensure(int more) {
      if (bytes.length - length < more) {
        bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + bytes.length / 2));
      }
    }

    void variable(long number) {
      long rest = number;
      while (rest > 0x7F) {
        bytes[length++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[length++] = (byte) rest;
    }
  }

  private static final class Cursor {
    private final byte[] bytes;
    private int position;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    long variable() {
      long number = 0;
      int shift = 0;
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
