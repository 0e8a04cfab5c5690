package org.driftwatch.pipelines.orbits;

import java.io.Serializable;
import org.driftwatch.detector.DetectorDescription;

/**
 * What a change of the orbit counter means, from one hit of a file to the next: it ran on, with or
 * without a pause of the detector, or it was set anew. The same as the emulator takes it for when
 * it plays a file at the detector's pace.
 *
 * @param near orbits by which hits may be out of order: those of a second
 * @param longestPause a longer leap is a counter set anew: orbits of an hour
 */
public record CounterRule(long near, long longestPause) implements Serializable {
  private static final long serialVersionUID = 1;
  private static final long PAUSE_SECONDS = 3600;

  /** Hits in a row that a counter set anew shows; fewer are stray hits. */
  public static final int LEAST_HITS = 32;

  /** The rule of a detector. */
  public static CounterRule of(DetectorDescription detector) {
    long perSecond = Math.max(1, (long) (1e9 / detector.clock().orbitNs()));
    return new CounterRule(perSecond, PAUSE_SECONDS * perSecond);
  }

  /** True where the counter may have run on to this orbit from the largest before. */
  public boolean runsOn(long largest, long orbit) {
    return orbit >= largest - near && orbit - largest <= longestPause;
  }
}
