package org.driftwatch.pipelines.orbits;

import org.driftwatch.detector.HitWord;

/**
 * A hit as the summary needs it, in one long: from the least significant bit BX_COUNTER and
 * TDC_MEAS as in the DAQ word (17 bits), the cell (9 bits: chamber * 64 + cell, or {@link
 * org.driftwatch.detector.ChannelMap#SCINTILLATOR} or OTHER), ORBIT_CNT (32 bits). Hits of one
 * orbit are neighbours in the order of these numbers.
 */
public final class PackedHit {
  /** Bits below the orbit. */
  static final int ORBIT_SHIFT = 26;

  private static final int CELL_SHIFT = 17;
  private static final int CELL_MASK = 0x1FF;

  private PackedHit() {}

  /**
   * Packs a hit.
   *
   * @param word the DAQ word
   * @param cell the cell it is mapped to
   */
  public static long of(long word, int cell) {
    return HitWord.orbit(word) << ORBIT_SHIFT | (long) cell << CELL_SHIFT | HitWord.bxAndTdc(word);
  }

  public static long orbit(long hit) {
    return hit >>> ORBIT_SHIFT;
  }

  public static int cell(long hit) {
    return (int) (hit >>> CELL_SHIFT) & CELL_MASK;
  }

  public static int bx(long hit) {
    return HitWord.bx(hit);
  }

  public static int tdc(long hit) {
    return HitWord.tdc(hit);
  }
}
