package org.driftwatch.viewer.model;

import java.util.Arrays;

/**
 * A row of counts packed small: most bins of a short window are 0 or below 128. Each count is a
 * variable-length number of seven bits a byte, lowest first; a run of zeros is a 0 byte and the
 * run's length less one. A day of one-second windows fits into some tens of megabytes. Immutable.
 */
final class PackedCounts {
  private final int length;
  private final byte[] bytes;

  private PackedCounts(int length, byte[] bytes) {
    this.length = length;
    this.bytes = bytes;
  }

  /**
   * Packs a row.
   *
   * @param row counts, none below 0
   */
  static PackedCounts pack(long[] row) {
    byte[] buffer = new byte[row.length * 9 + 9];
    int at = 0;
    for (int i = 0; i < row.length; ) {
      if (row[i] < 0) {
        throw new IllegalArgumentException("count " + i + " is " + row[i] + ", expected 0 or more");
      }
      if (row[i] == 0) {
        int end = i;
        while (end < row.length && row[end] == 0) {
          end++;
        }
        buffer[at++] = 0;
        at = put(buffer, at, end - i - 1L);
        i = end;
      } else {
        at = put(buffer, at, row[i++]);
      }
    }
    return new PackedCounts(row.length, Arrays.copyOf(buffer, at));
  }

  private static int put(byte[] buffer, int at, long value) {
    long rest = value;
    int next = at;
    while (rest >= 0x80) {
      buffer[next++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    buffer[next++] = (byte) rest;
    return next;
  }

  /** The row, in a new array. */
  long[] unpack() {
    long[] row = new long[length];
    int at = 0;
    for (int i = 0; i < length; ) {
      if (bytes[at] == 0) {
        at++;
        long run = 0;
        int shift = 0;
        while (bytes[at] < 0) {
          run |= (bytes[at++] & 0x7fL) << shift;
          shift += 7;
        }
        run |= (long) bytes[at++] << shift;
        i += (int) run + 1;
      } else {
        long value = 0;
        int shift = 0;
        while (bytes[at] < 0) {
          value |= (bytes[at++] & 0x7fL) << shift;
          shift += 7;
        }
        value |= (long) bytes[at++] << shift;
        row[i++] = value;
      }
    }
    return row;
  }

  /** Bytes held. */
  int size() {
    return bytes.length;
  }
}
