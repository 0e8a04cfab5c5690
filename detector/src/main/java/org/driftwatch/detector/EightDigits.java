package org.driftwatch.detector;

/** Text of numbers, eight bytes at a time. The first byte is the lowest. */
final class EightDigits {
  /** One more than eight digits make at most. */
  static final long BEYOND = 100_000_000;

  /** Eight digits 0. */
  private static final long ZEROS = 0x3030_3030_3030_3030L;

  private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

  /** Carries a byte of more than 9 into its highest bit. */
  private static final long TO_HIGHEST_BIT = 0x7676_7676_7676_7676L;

  /** Times this, the lowest bits of eight bytes stand side by side in the highest byte. */
  private static final long GATHER = 0x0102_0408_1020_4080L;

  private EightDigits() {}

  /** Eight bytes from a place on, each less the digit 0. */
  static long at(byte[] b, int pos) {
    return LittleEndian.getLong(b, pos) ^ ZEROS;
  }

  /** The same near the end of the array, and beyond; what is not there is no digit. */
  static long atEnd(byte[] b, int pos) {
    int missing = pos + Long.BYTES - b.length;
    return missing < Long.BYTES && b.length >= Long.BYTES
        ? (LittleEndian.getLong(b, b.length - Long.BYTES) >>> (Byte.SIZE * missing)) ^ ZEROS
        : ZEROS;
  }

  /** The highest bit of each byte that is no digit. Behind one of these, others may be wrong. */
  private static long highestBits(long bytes) {
    return ((bytes + TO_HIGHEST_BIT) | bytes) & HIGHEST_BITS;
  }

  /** How many digits there are before the first byte that is none. */
  static int count(long bytes) {
    return Long.numberOfTrailingZeros(highestBits(bytes)) >>> 3;
  }

  /** Which of 32 bytes are no digits, a bit each. Behind one beyond ASCII, one may be wrong. */
  static long noDigits(byte[] b, int pos) {
    return noDigits(at(b, pos))
        | noDigits(at(b, pos + 8)) << 8
        | noDigits(at(b, pos + 16)) << 16
        | noDigits(at(b, pos + 24)) << 24;
  }

  /** The same of eight bytes, each less the digit 0: the multiplication gathers their bits. */
  private static long noDigits(long bytes) {
    return ((highestBits(bytes) >>> 7) * GATHER) >>> (Long.SIZE - Byte.SIZE);
  }

  /**
   * The number that digits make: two, four and eight of them are joined at a time.
   *
   * @param bytes each less the digit 0
   * @param count 1 to 8 of them, from the lowest on
   */
  static long number(long bytes, int count) {
    long digits = bytes << (Long.SIZE - Byte.SIZE * count);
    long pairs = digits * 10 + (digits >>> 8);
    return ((pairs & 0x0000_00FF_0000_00FFL) * (100L + (1_000_000L << 32))
            + (pairs >>> 16 & 0x0000_00FF_0000_00FFL) * (1L + (10_000L << 32)))
        >>> 32;
  }
}
