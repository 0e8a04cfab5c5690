package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VarintTest {
  private static final BigInteger BASE = BigInteger.valueOf(128);
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  /** The number's digits to the base of 128, by division. */
  private static byte[] reference(long number) {
    BigInteger rest = BigInteger.valueOf(number).mod(TWO_TO_64);
    List<Integer> digits = new ArrayList<>();
    do {
      digits.add(rest.mod(BASE).intValue());
      rest = rest.divide(BASE);
    } while (rest.signum() > 0);
    byte[] bytes = new byte[digits.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (digits.get(i) + (i < bytes.length - 1 ? 128 : 0));
    }
    return bytes;
  }

  private static byte[] written(long number) {
    byte[] room = new byte[Varint.MAX_BYTES];
    return Arrays.copyOf(room, Varint.put(number, room, 0));
  }

  private static void assertRoundTrip(long number) {
    byte[] bytes = written(number);
    assertThat("bytes of " + number, bytes, is(reference(number)));
    assertThat(Varint.get(bytes, 0), is(number));
    assertThat(Varint.end(bytes, 0), is(bytes.length));
    assertThat(Varint.unZigZag(Varint.zigZag(number)), is(number));
  }

  @Test
  void numbersAroundEachPowerOfTwoAreTheirDigits() {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      for (long near = -2; near <= 2; near++) {
        assertRoundTrip((1L << bit) + near);
        assertRoundTrip(-(1L << bit) + near);
      }
    }
  }

  @Test
  void randomNumbersOfAnyLengthAreTheirDigits() {
    long seed = System.nanoTime();
    System.out.println("VarintTest: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      assertRoundTrip(random.nextLong() >>> random.nextInt(Long.SIZE));
    }
  }

  @Test
  void numbersFollowEachOther() {
    long[] numbers = {0, 127, 128, -1, Long.MAX_VALUE, 1};
    byte[] bytes = new byte[3 + numbers.length * Varint.MAX_BYTES];
    int end = 3;
    for (long number : numbers) {
      end = Varint.put(number, bytes, end);
    }
    int at = 3;
    for (long number : numbers) {
      assertThat(Varint.get(bytes, at), is(number));
      at = Varint.end(bytes, at);
    }
    assertThat(at, is(end));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 128, 1L << 40, -1})
  void cutNumbersAreOutOfBounds(long number) {
    byte[] whole = written(number);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertThrows(IndexOutOfBoundsException.class, () -> Varint.get(cut, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> Varint.end(cut, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> Varint.put(number, cut, 0));
  }

  @Test
  void overlongNumbersAreRefused() {
    byte[] bytes = new byte[Varint.MAX_BYTES + 1];
    Arrays.fill(bytes, 0, Varint.MAX_BYTES, (byte) 0x80);
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Varint.get(bytes, 0));
    assertThat(failure.getMessage(), is("a number of more than 10 bytes"));
    assertThat("ten bytes are not too long", Varint.get(bytes, 1), is(0L));
  }

  @Test
  void zigZagCountsOutwardsFromZero() {
    long[] outwards = {0, -1, 1, -2, 2, -3};
    for (int i = 0; i < outwards.length; i++) {
      assertThat(Varint.zigZag(outwards[i]), is((long) i));
    }
    assertThat(Varint.zigZag(Long.MIN_VALUE), is(-1L));
  }
}
