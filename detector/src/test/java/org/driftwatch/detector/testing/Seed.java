package org.driftwatch.detector.testing;

import java.util.Random;

/**
 * Seeds of property tests: a new one each run, printed, so that a failure can be had again with
 * {@code -Ddriftwatch.seed=N}.
 */
public final class Seed {
  private Seed() {}

  /** A generator for this test, and a line with its seed. */
  public static Random random(String test) {
    long seed = Long.getLong("driftwatch.seed", System.nanoTime() & 0xFFFF_FFFFL);
    System.out.println(test + ": repeat with -Ddriftwatch.seed=" + seed);
    return new Random(seed);
  }
}
