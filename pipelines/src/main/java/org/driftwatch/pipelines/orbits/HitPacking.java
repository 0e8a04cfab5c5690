package org.driftwatch.pipelines.orbits;

import java.io.Serializable;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;

/**
 * A hit as the summary needs it, in one long: from the least significant bit crossing and tick as
 * in the word of {@link HitLayout}, the cell by {@link org.driftwatch.detector.ChannelMap}, and the
 * orbit as the word has it. Hits of one orbit are neighbours in the order of these numbers. For the
 * course's detector these are 17, 9 and 32 bits.
 *
 * @param timeBits bits of crossing and tick
 * @param cellBits bits of the cell
 * @param orbitBits bits of the orbit
 * @param stepBits lower bits of the orbit that are a step in time, see {@link OrbitTurns}; 0 where
 *     it is the orbit alone
 */
public record HitPacking(int timeBits, int cellBits, int orbitBits, int stepBits)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * The packing of a detector's hits.
   *
   * @param turns how the orbits of a counter's turns are told apart
   */
  public static HitPacking of(DetectorDescription detector, OrbitTurns turns) {
    HitLayout layout = new HitLayout(detector);
    return new HitPacking(
        layout.timeBits(), layout.cellBits(), layout.orbitBits(), turns.stepBits());
  }

  /** Bits below the orbit. */
  public int orbitShift() {
    return timeBits + cellBits;
  }

  /**
   * Packs a hit.
   *
   * @param word the hit as it is parsed
   * @param cell the cell that takes the place of its board and channel
   */
  public long pack(long word, int cell) {
    long time = word & (1L << timeBits) - 1;
    long orbit = word & ((1L << orbitBits) - 1) << timeBits;
    return orbit << cellBits | (long) cell << timeBits | time;
  }

  /**
   * A record that has no cell, in the orbit of a hit.
   *
   * @param word the hit as it is parsed
   * @param kind number that {@link org.driftwatch.detector.ChannelMap} has for such records
   */
  public long other(long word, int kind) {
    return pack(word, kind) >>> timeBits << timeBits;
  }

  /** The orbit of a packed hit. */
  public long orbit(long hit) {
    return hit >>> orbitShift();
  }
}
