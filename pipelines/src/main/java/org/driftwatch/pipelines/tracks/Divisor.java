package org.driftwatch.pipelines.tracks;

/**
 * Divides by one number again and again, exactly: the quotient of floating-point numbers is right
 * but for one, which the remainder tells. A division of whole numbers takes the processor ten times
 * as long. Immutable.
 */
public final class Divisor {
  /** Numbers are smaller than this, and larger than its negative. */
  public static final long LIMIT = 1L << 52;

  private final long divisor;
  private final double reciprocal;

  /** Divides by this number, 1 or more. */
  public Divisor(long divisor) {
    this.divisor = divisor;
    reciprocal = 1.0 / divisor;
  }

  /** The same as {@link Math#floorDiv(long, long)} of numbers below {@link #LIMIT}. */
  public long floor(long number) {
    long quotient = (long) Math.floor(number * reciprocal);
    long rest = number - quotient * divisor;
    if (rest < 0) {
      return quotient - 1;
    }
    return rest >= divisor ? quotient + 1 : quotient;
  }
}
