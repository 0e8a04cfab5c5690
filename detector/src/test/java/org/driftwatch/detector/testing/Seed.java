package org.driftwatch.detector.testing;

import java.util.Random;

/**
 * Seeds of property tests: the same in every run, so that a change is what makes a test fail, and
 * another with {@code -Ddriftwatch.seed=N}, to try what was not tried yet.
 */
public final class Seed {
  private Seed() {}

  /** A generator for this test, and a line with its seed. */
  public static Random random(String test) {
    long seed = value();
    System.out.println(test + ": repeat with -Ddriftwatch.seed=" + seed);
    return new Random(seed);
  }

  /** The seed of this run. */
  static long value() {
    return Long.getLong("driftwatch.seed", 20);
  }
}
