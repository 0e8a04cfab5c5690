package org.driftwatch.pipelines.clock;

/** Cheap random numbers, the same in each run: a linear congruential generator (Knuth's MMIX). */
final class Dice {
  private long state = 0x9E3779B97F4A7C15L;

  /** A number from 0, below {@code bound}, which is above 0. */
  int below(int bound) {
    state = state * 6364136223846793005L + 1442695040888963407L;
    return (int) (((state >>> 33) * bound) >>> 31);
  }
}
