package org.driftwatch.emulator.faults;

import java.util.Arrays;
import java.util.Random;

/**
 * At which rows of the stream something is done: with a probability each, or a given number of
 * times, anywhere in a stream of known length, else a thousand rows apart on the average. Rows
 * count from 0. The same seed gives the same rows. Not safe for use by several threads.
 */
final class Schedule {
  /** What {@link #next} returns if nothing more is due. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int MEAN_GAP = 1000;

  private final Random random;
  private final double logOfNot;
  private final long[] rows;
  private int used;
  private long next;

  /**
   * When an injection is to be done.
   *
   * @param expectedRows how many rows there will be, 0 if unknown
   */
  Schedule(Injection injection, Random random, long expectedRows) {
    this.random = random;
    logOfNot = injection.probability() < 1 ? Math.log1p(-injection.probability()) : 0;
    rows = injection.probability() > 0 ? null : places(injection.count(), expectedRows);
    next = -1;
    advance();
    if (injection.probability() == 0 && injection.count() == 0) {
      next = NEVER;
    }
  }

  private long[] places(long count, long expectedRows) {
    long[] places = new long[(int) count];
    long last = -1;
    for (int i = 0; i < places.length; i++) {
      last += 1 + random.nextInt(2 * MEAN_GAP - 1);
      places[i] = expectedRows > 0 ? (long) (random.nextDouble() * expectedRows) : last;
    }
    Arrays.sort(places);
    return places;
  }

  /** The next row at which it is done. */
  long next() {
    return next;
  }

  /** That one is done. */
  void advance() {
    if (rows != null) {
      next = used < rows.length ? rows[used++] : NEVER;
    } else if (logOfNot == 0) {
      next++;
    } else {
      // Rows to the next success of trials with equal probability: geometrically distributed.
      next += 1 + (long) (Math.log(1 - random.nextDouble()) / logOfNot);
    }
  }
}
