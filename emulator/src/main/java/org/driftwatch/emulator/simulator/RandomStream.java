package org.driftwatch.emulator.simulator;

/**
 * Random numbers of the simulator: the same seed gives the same numbers on every machine. The
 * generator is SplitMix64 (Steele, Lea and Flood, 2014). Not safe for use by several threads.
 */
final class RandomStream {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double DOUBLE_UNIT = 0x1p-53;
  private static final int QUANTILES = 1 << 14;
  private static final double[] EXPONENTIAL = new double[QUANTILES];

  static {
    double sum = 0;
    for (int i = 0; i < QUANTILES; i++) {
      EXPONENTIAL[i] = -StrictMath.log((i + 0.5) / QUANTILES);
      sum += EXPONENTIAL[i];
    }
    for (int i = 0; i < QUANTILES; i++) {
      EXPONENTIAL[i] *= QUANTILES / sum;
    }
  }

  private long state;

  RandomStream(long seed) {
    state = mix(seed + GOLDEN);
  }

  /** 64 random bits. */
  long bits() {
    state += GOLDEN;
    return mix(state);
  }

  /** 0 to bound - 1. */
  int below(int bound) {
    return (int) (((bits() >>> 32) * bound) >>> 32);
  }

  /** 0 up to a small bound, which is excluded: {@link #below} of it is its whole part. */
  double upTo(int bound) {
    return (bits() >>> 32) * bound * 0x1p-32;
  }

  /** 0 up to 1, 1 excluded. */
  double uniform() {
    return (bits() >>> 11) * DOUBLE_UNIT;
  }

  /** Exponentially distributed with mean 1: the time to the next of events that come at random. */
  double exponential() {
    return EXPONENTIAL[(int) (bits() >>> 50)];
  }

  /** About normally distributed, mean 0, standard deviation 1: a sum of four uniform numbers. */
  double normal() {
    long b = bits();
    int sum = (int) (b & 0xFFFF) + (int) ((b >>> 16) & 0xFFFF) + (int) ((b >>> 32) & 0xFFFF);
    sum += (int) (b >>> 48);
    // Four numbers below 65536: variance 4 * 65536^2 / 12.
    return (sum - 131070) * (1.0 / 37837.2);
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
