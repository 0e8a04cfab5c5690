package org.driftwatch.emulator.simulator;

import java.util.Arrays;

/**
 * What a hall and its gas do to a healthy detector over hours: the noise rises and falls with the
 * day, a little differently in each chamber, and so does the time of a drift. Changed once a
 * minute. Not safe for use by several threads.
 */
final class Conditions {
  private static final double STEP_S = 60;
  private static final double SHORTEST_DAY_S = 6 * 3600;
  private static final double LONGEST_DAY_S = 24 * 3600;

  /** The noise rises by 3 to 6 % from its lowest to its highest. */
  private static final double LEAST_NOISE_SWING = 0.015;

  private static final double MOST_NOISE_SWING = 0.03;

  /** The drift velocity stays within a percent, so that a drift of 390 ns varies by 4 ns. */
  private static final double LEAST_GAS_SWING = 0.004;

  private static final double MOST_GAS_SWING = 0.008;
  private static final double MOST_GAS = 0.01;

  /** A random walk that comes back to zero: how far it is from there, and after how long. */
  private static final double NOISE_WALK = 0.005;

  private static final double GAS_WALK = 0.001;
  private static final double MEMORY_S = 3600;

  private final RandomStream random;
  private final Wave noiseWave;
  private final Wave gasWave;
  private final double[] noiseWalks;
  private double gasWalk;
  private double time;
  private double until;

  /** A swing of the day. */
  private record Wave(double swing, double seconds, double phase) {
    static Wave draw(double least, double most, RandomStream random) {
      return new Wave(
          least + (most - least) * random.uniform(),
          SHORTEST_DAY_S + (LONGEST_DAY_S - SHORTEST_DAY_S) * random.uniform(),
          2 * Math.PI * random.uniform());
    }

    double at(double second) {
      return swing * StrictMath.sin(2 * Math.PI * second / seconds + phase);
    }
  }

  /**
   * Conditions at the beginning of a run.
   *
   * @param random how they change
   */
  Conditions(int chambers, RandomStream random) {
    this.random = random;
    noiseWave = Wave.draw(LEAST_NOISE_SWING, MOST_NOISE_SWING, random);
    gasWave = Wave.draw(LEAST_GAS_SWING, MOST_GAS_SWING, random);
    noiseWalks = new double[chambers];
    Arrays.setAll(noiseWalks, i -> NOISE_WALK * random.normal());
    gasWalk = GAS_WALK * random.normal();
    until = STEP_S;
  }

  /**
   * Lets time run to this second.
   *
   * @return true if something has changed
   */
  boolean advance(double second) {
    boolean changed = false;
    while (second >= until) {
      time = until;
      until += STEP_S;
      for (int i = 0; i < noiseWalks.length; i++) {
        noiseWalks[i] = walked(noiseWalks[i], NOISE_WALK);
      }
      gasWalk = walked(gasWalk, GAS_WALK);
      changed = true;
    }
    return changed;
  }

  private double walked(double walk, double distance) {
    double kept = 1 - STEP_S / MEMORY_S;
    return kept * walk + distance * Math.sqrt(1 - kept * kept) * random.normal();
  }

  /** The second of the next change. */
  double next() {
    return until;
  }

  /** By how much the noise of a chamber is more or less than usual: a factor. */
  double noise(int chamber) {
    return 1 + noiseWave.at(time) + noiseWalks[chamber];
  }

  /** By how much the drift velocity is more or less than usual: a factor. */
  double driftVelocity() {
    return 1 + Math.max(-MOST_GAS, Math.min(MOST_GAS, gasWave.at(time) + gasWalk));
  }
}
