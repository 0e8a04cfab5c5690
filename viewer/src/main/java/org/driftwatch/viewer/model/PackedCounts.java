package org.driftwatch.viewer.model;

import java.util.Arrays;
import org.driftwatch.detector.Varint;

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
    return pack(row, new byte[bufferFor(row.length)]);
  }

  /** Bytes that a row of this length takes at most while it is packed. */
  static int bufferFor(int length) {
    return length * 9 + 9;
  }

  /**
   * Packs a row without making garbage.
   *
   * @param buffer of {@link #bufferFor} the row's length, overwritten
   */
  static PackedCounts pack(long[] row, byte[] buffer) {
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
        at = Varint.put(end - i - 1L, buffer, at);
        i = end;
      } else {
        at = Varint.put(row[i++], buffer, at);
      }
    }
    return new PackedCounts(row.length, Arrays.copyOf(buffer, at));
  }

  /** The row, in a new array. */
  long[] unpack() {
    long[] row = new long[length];
    add(row, 1);
    return row;
  }

  /** Adds the row, times {@code factor}, to a sum of its length. */
  void add(long[] sum, int factor) {
    int at = 0;
    for (int i = 0; i < length; ) {
      boolean zeros = bytes[at] == 0;
      if (zeros) {
        at++;
      }
      long value = Varint.get(bytes, at);
      at = Varint.end(bytes, at);
      if (zeros) {
        i += (int) value + 1;
      } else {
        sum[i++] += factor * value;
      }
    }
  }

  /** Bytes held. */
  int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PackedCounts c && length == c.length && Arrays.equals(bytes, c.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
