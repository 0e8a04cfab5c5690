package org.driftwatch.detector;

import org.driftwatch.detector.DetectorDescription.Arrival;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Role;

/**
 * From the orbit counter of a record to the orbit of its hit, and from there into a word of {@link
 * HitLayout} and the bits above. Immutable.
 */
public final class OrbitRule {
  /** How long after a hit a board sends it, crossings. */
  private static final int DELAY = 60;

  private final HitLayout layout;
  private final long counterMask;
  private final int crossingsPerOrbit;
  private final int arrivalMask;
  private final int arrivalBelow;
  private final int crossingAbove;

  /** The rule of a detector. */
  public OrbitRule(DetectorDescription detector, HitLayout layout) {
    this.layout = layout;
    counterMask = detector.clock().lastOrbit();
    crossingsPerOrbit = detector.clock().crossingsPerOrbit();
    arrivalMask = (1 << detector.format().field(Role.ARRIVAL).map(Field::bits).orElse(0)) - 1;
    Arrival arrival =
        detector.format().arrival().stream().findFirst().orElse(new Arrival(0, Integer.MAX_VALUE));
    arrivalBelow = arrival.arrivalBelow();
    crossingAbove = arrival.crossingAbove();
  }

  /** The orbit of a hit that arrived in this orbit and crossing. */
  public long ofHit(long arrivalOrbit, long arrivalCrossing, long crossing) {
    return isOfOrbitBefore(arrivalCrossing, crossing)
        ? arrivalOrbit - 1 & counterMask
        : arrivalOrbit;
  }

  private boolean isOfOrbitBefore(long arrivalCrossing, long crossing) {
    return arrivalCrossing < arrivalBelow && crossing > crossingAbove;
  }

  /** The crossing in which the board may have sent a hit of this crossing. */
  int arrivalCrossing(int crossing) {
    return (crossing + DELAY) % crossingsPerOrbit & arrivalMask;
  }

  /** The orbit counter at the arrival of a hit: what {@link #ofHit} makes its orbit of. */
  long arrivalOrbit(long orbit, int crossing) {
    return isOfOrbitBefore(arrivalCrossing(crossing), crossing) ? orbit + 1 & counterMask : orbit;
  }

  /** A word without an orbit, with the lower bits of this one. */
  long place(long word, long orbit) {
    return layout.withOrbit(word, orbit);
  }

  /** The bits of an orbit above those in a word. */
  long above(long orbit) {
    return layout.orbitAbove(orbit);
  }
}
