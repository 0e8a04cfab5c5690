package org.driftwatch.emulator.pace;

import org.driftwatch.detector.DetectorDescription.Clock;
import org.driftwatch.emulator.source.RowBatch;

/**
 * The detector's own time: a row is due when the orbit counter, K times as fast as the real one,
 * has reached the largest orbit among the hits so far. So hits that the readout brings late go with
 * those around them, and so do trigger words, whose orbits say nothing.
 *
 * <p>A leap of the counter by up to an hour, or half a turn of a short counter, is a pause of the
 * detector. A fall, or a longer leap, is a counter set anew: the stream goes on without a pause. A
 * single hit far from those before and after it moves nothing, nor do the hits that one board still
 * brings of the time before a leap.
 */
public final class DetectorPace implements Pace {
  /** The {@code longestPauseNs} that keeps pauses as they are. */
  public static final long NO_LIMIT = Long.MAX_VALUE;

  /** Hits after a leap within which a board may still bring what was before it. */
  private static final int HITS_OF_SLOW_BOARD = 256;

  private static final int HITS_LOOKED_AHEAD = 32;

  /** Bits of the counter that are followed: differences stay positive. */
  private static final int MOST_BITS = Long.SIZE - 1;

  private final double nanosPerOrbit;
  private final long counterMask;

  /** Hits farther from the largest orbit than this are looked at twice. */
  private final long near;

  private final long longestPause;
  private final long longestPauseNs;

  private boolean started;
  private boolean looked;
  private long largest;
  private long beforeLeap;
  private int hitsSinceLeap = HITS_OF_SLOW_BOARD;
  private long orbits;
  private double cutNs;
  private long due;

  /**
   * The detector's time.
   *
   * @param speed how many times as fast as the real detector, above 0
   * @param longestPauseNs pauses of the replay are cut to this, ns; {@link #NO_LIMIT} for none
   */
  public DetectorPace(Clock clock, double speed, long longestPauseNs) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed " + speed + ", expected above 0");
    }
    nanosPerOrbit = clock.orbitNs() / speed;
    int bits = Math.min(clock.orbitBits(), MOST_BITS);
    counterMask = (1L << bits) - 1;
    long orbitsPerSecond = Math.max(1, (long) (1e9 / clock.orbitNs()));
    near = Math.min(orbitsPerSecond, 1L << (bits - 2));
    longestPause = Math.min(3600 * orbitsPerSecond, 1L << (bits - 1));
    this.longestPauseNs = longestPauseNs;
  }

  @Override
  public long due(RowBatch batch, int i) {
    if (!looked) {
      looked = true;
      if (batch.isHit(i) && !batch.isWide(i)) {
        hit(batch, i);
      }
    }
    return due;
  }

  @Override
  public void sent() {
    looked = false;
  }

  private void hit(RowBatch batch, int i) {
    long orbit = batch.orbit(i);
    if (!started) {
      started = true;
      largest = orbit;
      return;
    }
    hitsSinceLeap++;
    if (ahead(orbit, largest) <= near) {
      advance(ahead(orbit, largest));
      largest = orbit;
    } else if (!isNear(orbit, largest) && !isOfSlowBoard(orbit) && !isStray(batch, i, orbit)) {
      if (ahead(orbit, largest) <= longestPause) {
        advance(ahead(orbit, largest));
      }
      beforeLeap = largest;
      hitsSinceLeap = 0;
      largest = orbit;
    }
  }

  private void advance(long by) {
    orbits += by;
    cutNs += Math.max(0, by * nanosPerOrbit - longestPauseNs);
    due = (long) (orbits * nanosPerOrbit - cutNs);
  }

  private boolean isOfSlowBoard(long orbit) {
    return hitsSinceLeap < HITS_OF_SLOW_BOARD && isNear(orbit, beforeLeap);
  }

  private boolean isStray(RowBatch batch, int i, long orbit) {
    boolean othersStayed = false;
    int seen = 0;
    for (int k = i + 1; k < batch.size() && seen < HITS_LOOKED_AHEAD; k++) {
      if (batch.isHit(k) && !batch.isWide(k)) {
        seen++;
        long other = batch.orbit(k);
        if (isNear(/* orbit= */ other, /* other= */ orbit)) {
          return false;
        }
        othersStayed |= isNear(other, largest);
      }
    }
    return othersStayed;
  }

  private boolean isNear(long orbit, long other) {
    return ahead(orbit, other) <= near || ahead(other, orbit) <= near;
  }

  /** By how much the counter runs from one orbit to the other, through its overflow if need be. */
  private long ahead(long orbit, long from) {
    return (orbit - from) & counterMask;
  }
}
