package org.driftwatch.pipelines.tracks;

import java.util.Arrays;
import java.util.Comparator;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An orbit in which a muon left a segment, with all its hits. Those that are shown come first in
 * the order: orbits with segments in several chambers, and of these the ones that a lot picks,
 * which their number alone decides. So the sample of a window is the same however its orbits were
 * divided. Immutable.
 */
public final class MuonOrbit implements Comparable<MuonOrbit> {
  private static final Comparator<MuonOrbit> ORDER =
      Comparator.comparing((MuonOrbit o) -> !o.isTrack)
          .thenComparingLong(o -> o.lot)
          .thenComparingLong(o -> o.orbit)
          .thenComparing(o -> o.hits, Arrays::compare);

  private final long orbit;
  private final boolean isTrack;
  private final long lot;
  private final long[] hits;

  /**
   * An orbit.
   *
   * @param orbit its number
   * @param isTrack true where several chambers have a segment
   * @param hits cell and time of its hits, see {@link org.driftwatch.pipelines.orbits.HitPacking},
   *     in any order
   */
  public MuonOrbit(long orbit, boolean isTrack, long[] hits) {
    this.orbit = orbit;
    this.isTrack = isTrack;
    this.hits = hits.clone();
    Arrays.sort(this.hits);
    lot = lot(orbit);
  }

  /** Spreads numbers that follow each other evenly: the finalizer of MurmurHash3. */
  private static long lot(long orbit) {
    long mixed = (orbit ^ orbit >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }

  /** True where an orbit of this number comes behind this one, whatever its hits. */
  boolean isBefore(long number, boolean isTrackThere) {
    if (isTrack != isTrackThere) {
      return isTrack;
    }
    return lot < lot(number);
  }

  /** Its number. */
  public long orbit() {
    return orbit;
  }

  /** True where several chambers have a segment. */
  public boolean isTrack() {
    return isTrack;
  }

  /** Cell and time of its hits, sorted; not to be changed. */
  public long[] hits() {
    return hits;
  }

  @Override
  public int compareTo(MuonOrbit other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof MuonOrbit other && ORDER.compare(this, other) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(lot);
  }

  @Override
  public String toString() {
    return "MuonOrbit{" + orbit + ", " + hits.length + " hits}";
  }
}
