package org.driftwatch.pipelines.tracks;

import java.math.BigInteger;

/**
 * Divides by one number again and again, exactly, by a multiplication: a division takes the
 * processor five times as long. Source: Granlund and Montgomery, "Division by invariant integers
 * using multiplication", 1994. Immutable.
 */
public final class Divisor {
  /** Numbers are smaller than this, and larger than its negative. */
  public static final long LIMIT = 1L << 60;

  /** Its reciprocal as a fraction of a power of 2, of 62 bits, rounded up. */
  private final long reciprocal;

  private final int shift;

  /** Divides by this number, 1 or more. */
  public Divisor(long divisor) {
    shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(divisor);
    BigInteger by = BigInteger.valueOf(divisor);
    reciprocal =
        BigInteger.ONE
            .shiftLeft(62 + shift)
            .add(by)
            .subtract(BigInteger.ONE)
            .divide(by)
            .longValueExact();
  }

  /** The same as {@link Math#floorDiv(long, long)} of numbers within {@link #LIMIT}. */
  public long floor(long number) {
    return floor(number, reciprocal, shift);
  }

  /** What stands for the divisor in {@link #floor(long, long, long)}, with {@link #shift}. */
  long reciprocal() {
    return reciprocal;
  }

  int shift() {
    return shift;
  }

  /** The same with a divisor that is kept elsewhere. */
  static long floor(long number, long reciprocal, long shift) {
    // Below 0 it would be rounded the other way: the floor of ~number is ~floor.
    long sign = number >> (Long.SIZE - 1);
    return (Math.multiplyHigh((number ^ sign) << 2, reciprocal) >> shift) ^ sign;
  }
}
