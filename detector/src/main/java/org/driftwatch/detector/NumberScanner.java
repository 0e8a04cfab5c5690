package org.driftwatch.detector;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Reads one decimal number from bytes, without garbage for plain whole numbers. Tells a whole
 * number (a zero fraction or an exponent may be there: {@code 3387315431.0}, {@code 1e3}) from one
 * with a fraction. Not safe for use by several threads.
 */
final class NumberScanner {
  /** Longest number read, characters. */
  static final int MAX_LENGTH = 1000;

  private static final int MAX_PLAIN_DIGITS = 18;

  /** Digits of 2^64 - 1. */
  private static final int MAX_DIGITS = 20;

  /** What {@link #kind} gives for a whole number that a {@code long} holds. */
  static final byte WHOLE = 1;

  /** For a whole number of 2^63 to 2^64 - 1: {@link #value} has its 64 bits. */
  static final byte UNSIGNED = 2;

  /** For a whole number beyond these. */
  static final byte BEYOND = 3;

  /** For a number with a fraction other than zero. */
  static final byte FRACTION = 4;

  private byte kind;
  private long value;

  /** What the number last read is. */
  byte kind() {
    return kind;
  }

  /**
   * The whole number last read; beyond 64 bits it is {@code Long.MAX_VALUE} or {@code MIN_VALUE}.
   */
  long value() {
    return value;
  }

  /**
   * The number that these bytes are, where they are digits and no more than a {@code long} holds
   * for certain; else -1. Short, for the many numbers that are nothing else.
   */
  static long digits(byte[] b, int from, int to) {
    if (from == to || to - from > MAX_PLAIN_DIGITS) {
      return -1;
    }
    long v = 0;
    for (int p = from; p < to; p++) {
      int digit = b[p] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      v = v * 10 + digit;
    }
    return v;
  }

  /**
   * Reads the number at {@code pos}.
   *
   * @param strict JSON's grammar; otherwise a leading {@code +}, leading zeros and a bare point
   *     ({@code 5.} or {@code .5}) are taken too
   * @return the position after it, or -1 where there is no number of at most {@link #MAX_LENGTH}
   *     characters
   */
  int scan(byte[] b, int pos, int end, boolean strict) {
    int start = pos;
    boolean negative = false;
    if (pos < end && (b[pos] == '-' || (b[pos] == '+' && !strict))) {
      negative = b[pos] == '-';
      pos++;
    }
    int firstDigit = pos;
    long v = 0;
    while (pos < end) {
      int digit = b[pos] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      v = v * 10 + digit;
      pos++;
    }
    int digits = pos - firstDigit;
    if (strict && (digits == 0 || (digits > 1 && b[firstDigit] == '0'))) {
      return -1;
    }
    boolean slow = digits > MAX_PLAIN_DIGITS;
    kind = WHOLE;
    if (pos < end && b[pos] == '.') {
      int firstFraction = ++pos;
      while (pos < end && b[pos] >= '0' && b[pos] <= '9') {
        if (b[pos] != '0') {
          kind = FRACTION;
        }
        pos++;
      }
      int fraction = pos - firstFraction;
      if (fraction == 0 && (strict || digits == 0)) {
        return -1;
      }
      digits += fraction;
    }
    if (digits == 0) {
      return -1;
    }
    if (pos < end && (b[pos] == 'e' || b[pos] == 'E')) {
      pos++;
      if (pos < end && (b[pos] == '-' || b[pos] == '+')) {
        pos++;
      }
      int firstExponent = pos;
      while (pos < end && b[pos] >= '0' && b[pos] <= '9') {
        pos++;
      }
      if (pos == firstExponent) {
        return -1;
      }
      slow = true;
    }
    if (pos - start > MAX_LENGTH) {
      return -1;
    }
    if (slow) {
      evaluate(new String(b, start, pos - start, StandardCharsets.US_ASCII));
    } else {
      value = negative ? -v : v;
    }
    return pos;
  }

  private void evaluate(String text) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      // The grammar held, so only the exponent is beyond what BigDecimal takes.
      boolean zero = text.split("[eE]", 2)[0].chars().noneMatch(c -> c >= '1' && c <= '9');
      boolean fraction = text.contains("e-") || text.contains("E-");
      kind = zero ? WHOLE : fraction ? FRACTION : BEYOND;
      value = zero ? 0 : text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
      return;
    }
    long integerDigits = (long) number.precision() - number.scale();
    if (number.signum() == 0) {
      kind = WHOLE;
      value = 0;
    } else if (integerDigits <= 0
        || (number.scale() > 0 && number.stripTrailingZeros().scale() > 0)) {
      kind = FRACTION;
    } else {
      wholeValue(number, integerDigits);
    }
  }

  private void wholeValue(BigDecimal number, long integerDigits) {
    kind = BEYOND;
    value = number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    if (integerDigits <= MAX_DIGITS) {
      BigInteger exact = number.toBigIntegerExact();
      if (exact.bitLength() < Long.SIZE) {
        kind = WHOLE;
        value = exact.longValue();
      } else if (exact.signum() > 0 && exact.bitLength() == Long.SIZE) {
        kind = UNSIGNED;
        value = exact.longValue();
      }
    }
  }
}
