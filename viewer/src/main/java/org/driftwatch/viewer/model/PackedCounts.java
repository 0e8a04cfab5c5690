package org.driftwatch.viewer.model;

import java.util.Arrays;
import org.driftwatch.detector.LittleEndian;
import org.driftwatch.detector.Varint;

/**
 * Rows of counts as bytes: most bins of a short window are 0, and most others below 128. Of each
 * eight counts a byte tells which are not 0, the first by its lowest bit; these follow as
 * variable-length numbers of seven bits a byte, lowest first. Eights of zeros in a row are a 0 byte
 * and their number less one. Sums may be below 0, which takes ten bytes.
 */
final class PackedCounts {
  private static final int GROUP = 8;

  /** Place of the lowest bit of each byte. */
  private static final byte[] LOWEST = new byte[1 << GROUP];

  static {
    for (int i = 1; i < LOWEST.length; i++) {
      LOWEST[i] = (byte) Integer.numberOfTrailingZeros(i);
    }
  }

  private PackedCounts() {}

  /**
   * Packs a row.
   *
   * @param row counts
   */
  static byte[] pack(long[] row) {
    Packer packer = new Packer(row.length);
    packer.put(row);
    return packer.take();
  }

  /** Packs counts as they come, row after row. */
  static final class Packer {
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Brings the lowest bits of eight bytes together in the highest byte. */
    private static final long TOGETHER = 0x0102040810204080L;

    /** Stands for a count of more than seven bits. */
    private static final byte LARGE = (byte) 0x80;

    /** The row's counts, or what stands for large ones; behind them zeros for a whole group. */
    private final byte[] small;

    private final long[] large;
    private int size;
    private int larges;
    private final byte[] buffer;

    /**
     * A packer of rows that are not longer than this; each is to be taken before the next begins.
     */
    Packer(int longest) {
      int groups = (longest + GROUP - 1) / GROUP;
      small = new byte[groups * GROUP];
      large = new long[longest];
      // Of each group a byte and its counts, and behind the last what the next would overwrite.
      buffer = new byte[groups * (1 + GROUP * Varint.MAX_BYTES) + GROUP];
    }

    /** Begins a row anew, whatever was put. */
    void clear() {
      size = 0;
      larges = 0;
    }

    /** Adds counts to the row. */
    void put(long[] counts) {
      for (long count : counts) {
        put(count);
      }
    }

    /** Adds a count to the row. */
    void put(long count) {
      if ((count & ~0x7FL) == 0) {
        small[size++] = (byte) count;
      } else {
        small[size++] = LARGE;
        large[larges++] = count;
      }
    }

    /**
     * Adds four counts to the row.
     *
     * @param four counts below 128, a byte each, the first lowest
     */
    void four(int four) {
      LittleEndian.putInt(small, size, four);
      size += 4;
    }

    /** Adds so many zeros to the row. */
    void zeros(int zeros) {
      Arrays.fill(small, size, size + zeros, (byte) 0);
      size += zeros;
    }

    /** The row, whole; the next one begins. */
    byte[] take() {
      int full = (size + GROUP - 1) / GROUP * GROUP;
      zeros(full - size);
      byte[] b = buffer;
      int at = 0;
      int next = 0;
      for (int i = 0; i < full; i += GROUP) {
        long group = LittleEndian.getLong(small, i);
        if (group == 0) {
          int from = i;
          while (i + GROUP < full && LittleEndian.getLong(small, i + GROUP) == 0) {
            i += GROUP;
          }
          b[at++] = 0;
          at = Varint.put((i - from) / GROUP, b, at);
          continue;
        }
        long some = ((((group & LOW_BITS) + LOW_BITS) | group) & HIGH_BITS) >>> 7;
        b[at++] = (byte) ((some * TOGETHER) >>> 56);
        if ((group & HIGH_BITS) != 0) {
          for (int k = i; k < i + GROUP; k++) {
            if (small[k] == LARGE) {
              at = Varint.put(large[next++], b, at);
            } else if (small[k] > 0) {
              b[at++] = small[k];
            }
          }
          continue;
        }
        // Each is written, and the next one over it if it is 0: faster than to ask.
        for (int k = 0; k < GROUP; k++) {
          b[at] = (byte) group;
          at += (int) some & 1;
          group >>>= Byte.SIZE;
          some >>>= Byte.SIZE;
        }
      }
      clear();
      return Arrays.copyOf(b, at);
    }
  }

  /** Adds a row to a sum of its length. */
  static void add(byte[] packed, long[] sum) {
    int i = 0;
    for (int at = 0; at < packed.length; ) {
      int some = packed[at++] & 0xFF;
      if (some == 0) {
        i += GROUP * (int) (Varint.get(packed, at) + 1);
        at = Varint.end(packed, at);
        continue;
      }
      for (; some != 0; some &= some - 1) {
        byte head = packed[at];
        if (head > 0) {
          sum[i + LOWEST[some]] += head;
          at++;
        } else {
          sum[i + LOWEST[some]] += Varint.get(packed, at);
          at = Varint.end(packed, at);
        }
      }
      i += GROUP;
    }
  }

  /** One count of a row; quick for the first of them. */
  static long get(byte[] packed, int index) {
    int i = 0;
    for (int at = 0; at < packed.length; ) {
      int some = packed[at++] & 0xFF;
      if (some == 0) {
        i += GROUP * (int) (Varint.get(packed, at) + 1);
        at = Varint.end(packed, at);
        if (index < i) {
          return 0;
        }
        continue;
      }
      boolean isHere = index < i + GROUP;
      if (isHere && (some >> (index - i) & 1) == 0) {
        return 0;
      }
      for (; some != 0; some &= some - 1) {
        if (isHere && i + LOWEST[some] == index) {
          return Varint.get(packed, at);
        }
        at = Varint.end(packed, at);
      }
      i += GROUP;
    }
    throw new IndexOutOfBoundsException("count " + index + " of " + i);
  }

  /** Overwrites {@code first} with the first counts of a row, as many as it takes. */
  static void first(byte[] packed, long[] first) {
    Arrays.fill(first, 0);
    int i = 0;
    for (int at = 0; i < first.length; ) {
      int some = packed[at++] & 0xFF;
      if (some == 0) {
        i += GROUP * (int) (Varint.get(packed, at) + 1);
        at = Varint.end(packed, at);
        continue;
      }
      for (; some != 0 && i + LOWEST[some] < first.length; some &= some - 1) {
        first[i + LOWEST[some]] = Varint.get(packed, at);
        at = Varint.end(packed, at);
      }
      i += GROUP;
    }
  }
}
