package org.driftwatch.pipelines.orbits;

import java.io.Serializable;
import java.math.BigInteger;
import org.driftwatch.detector.DetectorDescription;

/**
 * How orbits of the same number are told apart where the orbit counter has wrapped between them. A
 * counter that lasts a day or longer is taken as it is. Of a shorter one a stream's hits carry,
 * below their orbit, when their record was stamped: in steps of an eighth of a turn from the
 * window's start. Hits of one number are of one turn as long as each is stamped less than half a
 * turn, {@value #JOINED_STEPS} steps, after the one before. So the records of a window alone
 * decide, whatever their order and partitions.
 *
 * <p>Files have no timestamps. There the turns are counted along the file: each hit is of the turn
 * that takes it nearest to the hit before, and above its orbit stands the number of the turn.
 *
 * @param kind how they are told apart
 * @param counterBits bits of the orbit counter
 * @param stepBits bits of the step in time below the orbit
 * @param stepFs length of a step, femtoseconds
 */
public record OrbitTurns(Kind kind, int counterBits, int stepBits, BigInteger stepFs)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Steps in time between two hits of one turn, at the most. */
  public static final int JOINED_STEPS = 4;

  private static final int STEPS_PER_TURN = 8;
  private static final BigInteger FS_PER_MS = BigInteger.TEN.pow(12);
  private static final BigInteger FS_PER_DAY = FS_PER_MS.multiply(BigInteger.valueOf(86_400_000));

  /** How the turns of a counter are told apart. */
  public enum Kind {
    /** Not at all: there is one in a window. */
    ONE,
    /** By the time at which records were stamped. */
    STAMPED,
    /** By their order in a file. */
    COUNTED
  }

  /** The turns within windows of this length, ms. */
  public static OrbitTurns inWindows(DetectorDescription detector, long windowMillis) {
    BigInteger turn = turnFs(detector);
    BigInteger window = FS_PER_MS.multiply(BigInteger.valueOf(windowMillis));
    if (turn.compareTo(FS_PER_DAY) >= 0 || window.shiftLeft(1).compareTo(turn) <= 0) {
      return one(detector);
    }
    BigInteger step = turn.divide(BigInteger.valueOf(STEPS_PER_TURN));
    int bits = window.divide(step).bitLength();
    return new OrbitTurns(Kind.STAMPED, detector.clock().orbitBits(), bits, step);
  }

  /** The turns within files. */
  public static OrbitTurns inFiles(DetectorDescription detector) {
    return turnFs(detector).compareTo(FS_PER_DAY) >= 0
        ? one(detector)
        : new OrbitTurns(Kind.COUNTED, detector.clock().orbitBits(), 0, BigInteger.ONE);
  }

  private static OrbitTurns one(DetectorDescription detector) {
    return new OrbitTurns(Kind.ONE, detector.clock().orbitBits(), 0, BigInteger.ONE);
  }

  private static BigInteger turnFs(DetectorDescription detector) {
    return BigInteger.valueOf(detector.clock().crossingFs())
        .multiply(BigInteger.valueOf(detector.clock().crossingsPerOrbit()))
        .shiftLeft(detector.clock().orbitBits());
  }

  /** The step in time of a record stamped so long after its window's start, ms. */
  public long step(long millis) {
    return FS_PER_MS.multiply(BigInteger.valueOf(millis)).divide(stepFs).longValueExact();
  }

  /** An orbit with its step in time below. */
  public long withStep(long orbit, long step) {
    return orbit << stepBits | step;
  }

  /**
   * The orbit nearest to another, counted on over the turns.
   *
   * @param orbit the counter
   * @param near the other, counted on over the turns
   */
  public long nearest(long orbit, long near) {
    int unused = Long.SIZE - counterBits;
    return near + ((orbit - near) << unused >> unused);
  }
}
