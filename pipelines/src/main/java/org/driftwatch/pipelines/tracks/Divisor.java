package org.driftwatch.pipelines.tracks;

/**
 * Divides by one number again and again, exactly: the quotient of floating-point numbers is right
 * but for one, which the remainder tells. A division of whole numbers takes the processor ten times
 * as long. Immutable.
 */
final class Divisor {
  private final long divisor;
  private final double reciprocal;

  /** Divides by this number, 1 or more. */
  Divisor(long divisor) {
    this.divisor = divisor;
    reciprocal = 1.0 / divisor;
  }

  /** The same as {@link Math#floorDiv(long, long)} of numbers below 2 to the power of 52. */
  long floor(long number) {
    long quotient = (long) Math.floor(number * reciprocal);
    long rest = number - quotient * divisor;
    if (rest < 0) {
      return quotient - 1;
    }
    return rest >= divisor ? quotient + 1 : quotient;
  }
}
