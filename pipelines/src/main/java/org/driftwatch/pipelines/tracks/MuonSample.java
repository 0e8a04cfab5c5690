package org.driftwatch.pipelines.tracks;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** The first orbits of a window in the order of {@link MuonOrbit}. */
public final class MuonSample {
  /** Most orbits of a window. */
  public static final int MOST = 8;

  /** Most hits of an orbit that is shown: one with more is a burst of noise. */
  private static final int MOST_HITS = 1000;

  private final TreeSet<MuonOrbit> orbits = new TreeSet<>();

  /** The sample of several samples that share no orbit. */
  public static List<MuonOrbit> join(List<MuonOrbit> samples) {
    return samples.stream().sorted().limit(MOST).toList();
  }

  /**
   * Takes an orbit if it is among the first.
   *
   * @param hits its hits, the first {@code count} of these
   * @param muons in how many chambers there is a segment, at least 1
   */
  public void offer(long orbit, long[] hits, int count, int muons) {
    boolean isTrack = muons > 1;
    if (count > MOST_HITS || (orbits.size() == MOST && orbits.last().isBefore(orbit, isTrack))) {
      return;
    }
    orbits.add(new MuonOrbit(orbit, isTrack, Arrays.copyOf(hits, count)));
    if (orbits.size() > MOST) {
      orbits.pollLast();
    }
  }

  /** The orbits, in their order. */
  public List<MuonOrbit> orbits() {
    return List.copyOf(orbits);
  }
}
