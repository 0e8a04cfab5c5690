package org.driftwatch.detector;

/**
 * The fixed dimensions of the telescope and its clock: what no run configuration changes. Source:
 * course document "MAPD data processing 2023", sections 4 and 5.2.4.
 */
public final class Telescope {
  /** Drift-tube chambers. */
  public static final int CHAMBERS = 4;

  /** Cells, that is TDC channels, of a chamber. */
  public static final int CELLS = 64;

  /** Layers of a chamber; layer 4 is the top. */
  public static final int LAYERS = 4;

  /** Wires of a layer. */
  public static final int WIRES = 16;

  /** Bunch crossings of an orbit. */
  public static final int CROSSINGS_PER_ORBIT = 3564;

  /** Fine-time units of a crossing. */
  public static final int TICKS_PER_CROSSING = 30;

  /** Length of a crossing, ns. */
  public static final int CROSSING_NS = 25;

  /** Length of an orbit, ns: 89.1 us. */
  public static final int ORBIT_NS = CROSSINGS_PER_ORBIT * CROSSING_NS;

  private static final int[] LAYER_OF = {4, 2, 3, 1};

  private Telescope() {}

  /**
   * Time of a hit within its orbit in ticks of 25/30 ns.
   *
   * @param bx bunch crossing
   * @param tdc fine time, 1/30 of a crossing
   */
  public static int ticks(int bx, int tdc) {
    return bx * TICKS_PER_CROSSING + tdc;
  }

  /**
   * Layer of a cell, 1 (bottom) to 4 (top).
   *
   * @param cell TDC_CHANNEL mod 64
   */
  public static int layer(int cell) {
    return LAYER_OF[cell & 3];
  }

  /**
   * Wire of a cell within its layer, 1 to 16.
   *
   * @param cell TDC_CHANNEL mod 64
   */
  public static int wire(int cell) {
    return (cell >> 2) + 1;
  }
}
