package org.driftwatch.detector;

/**
 * Variable-length numbers: seven bits a byte, lowest first, the eighth bit set if more follow. A
 * negative number takes {@value #MAX_BYTES} bytes; {@link #zigZag} keeps small ones short.
 */
public final class Varint {
  /** Bytes of the longest number. */
  public static final int MAX_BYTES = 10;

  private Varint() {}

  /**
   * Writes a number from this position on, and returns the position behind it.
   *
   * @throws IndexOutOfBoundsException if the array is too short
   */
  public static int put(long number, byte[] out, int at) {
    int next = at;
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      out[next++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[next++] = (byte) rest;
    return next;
  }

  /**
   * Reads the number at this position.
   *
   * @throws IndexOutOfBoundsException if the array ends within the number
   * @throws IllegalArgumentException if the number is longer than {@value #MAX_BYTES} bytes
   */
  public static long get(byte[] bytes, int at) {
    long number = 0;
    for (int i = 0; i < MAX_BYTES; i++) {
      byte b = bytes[at + i];
      number |= (b & 0x7FL) << (7 * i);
      if (b >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number of more than " + MAX_BYTES + " bytes");
  }

  /** The position behind the number at this position, which {@link #get} has read. */
  public static int end(byte[] bytes, int at) {
    int last = at;
    while (bytes[last] < 0) {
      last++;
    }
    return last + 1;
  }

  /** Maps numbers near 0 of either sign to small ones of none: 0, -1, 1, -2 to 0, 1, 2, 3. */
  public static long zigZag(long number) {
    return number << 1 ^ number >> 63;
  }

  /** Undoes {@link #zigZag}. */
  public static long unZigZag(long number) {
    return number >>> 1 ^ -(number & 1);
  }
}
