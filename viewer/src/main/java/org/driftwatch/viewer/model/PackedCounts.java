package org.driftwatch.viewer.model;

import java.util.Arrays;
import org.driftwatch.detector.Varint;

/**
 * Rows of counts as bytes: most bins of a short window are 0 or below 128. Each count is a
 * variable-length number of seven bits a byte, lowest first; a run of zeros is a 0 byte and the
 * run's length less one. Sums may be below 0, which takes ten bytes.
 */
final class PackedCounts {
  private PackedCounts() {}

  /**
   * Packs a row.
   *
   * @param row counts
   */
  static byte[] pack(long[] row) {
    return pack(row, new byte[bufferFor(row.length)]);
  }

  /** Bytes that a row of this length takes at most while it is packed. */
  static int bufferFor(int length) {
    return (length + 1) * Varint.MAX_BYTES;
  }

  /**
   * Packs a row without making garbage.
   *
   * @param buffer of {@link #bufferFor} the row's length, overwritten
   */
  static byte[] pack(long[] row, byte[] buffer) {
    int at = 0;
    for (int i = 0; i < row.length; ) {
      if (row[i] == 0) {
        int end = i;
        while (end < row.length && row[end] == 0) {
          end++;
        }
        buffer[at++] = 0;
        at = Varint.put(end - i - 1L, buffer, at);
        i = end;
      } else {
        at = Varint.put(row[i++], buffer, at);
      }
    }
    return Arrays.copyOf(buffer, at);
  }

  /** Adds a row to a sum of its length. */
  static void add(byte[] packed, long[] sum) {
    int i = 0;
    for (int at = 0; at < packed.length; ) {
      boolean zeros = packed[at] == 0;
      if (zeros) {
        at++;
      }
      long value = Varint.get(packed, at);
      at = Varint.end(packed, at);
      if (zeros) {
        i += (int) value + 1;
      } else {
        sum[i++] += value;
      }
    }
  }

  /** One count of a row; quick for the first of them. */
  static long get(byte[] packed, int index) {
    int i = 0;
    for (int at = 0; at < packed.length; ) {
      byte head = packed[at];
      if (head == 0) {
        i += (int) Varint.get(packed, at + 1) + 1;
        if (i > index) {
          return 0;
        }
        at = Varint.end(packed, at + 1);
      } else {
        if (i == index) {
          return head > 0 ? head : Varint.get(packed, at);
        }
        i++;
        at = head > 0 ? at + 1 : Varint.end(packed, at);
      }
    }
    throw new IndexOutOfBoundsException("count " + index + " of " + i);
  }

  /** Overwrites {@code first} with the first counts of a row, as many as it takes. */
  static void first(byte[] packed, long[] first) {
    Arrays.fill(first, 0);
    int i = 0;
    for (int at = 0; i < first.length; ) {
      boolean zeros = packed[at] == 0;
      if (zeros) {
        at++;
      }
      long value = Varint.get(packed, at);
      at = Varint.end(packed, at);
      if (zeros) {
        i += (int) value + 1;
      } else {
        first[i++] = value;
      }
    }
  }
}
