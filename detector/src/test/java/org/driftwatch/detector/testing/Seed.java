package org.driftwatch.detector.testing;

import java.util.Random;

/**
 * Seeds of property tests: another with {@code -Ddriftwatch.seed=N}. {@code make test} draws one
 * for each run, to try what was not tried yet; a test that is run alone has the same each time, so
 * that a change is what makes it fail.
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
