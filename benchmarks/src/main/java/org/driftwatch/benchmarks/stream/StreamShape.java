package org.driftwatch.benchmarks.stream;

/**
 * What a recorded stream is made of. Every window holds the same number of rows, and every
 * partition the same share of it, so that a number of records is a number of whole windows.
 *
 * @param words true for blocks of {@value #BLOCK} words, false for a JSON object per row
 * @param windows windows, the last {@value #TAIL} of which only carry the watermark over the end of
 *     those before
 * @param rowsPerWindow rows of a window, trigger words included; a multiple of {@value #BLOCK} and
 *     the partitions
 * @param rowsPerOrbit rows that share an orbit; divides {@value #BLOCK} or is a multiple of it
 * @param partitions partitions of the topic
 * @param windowMillis length of a window, ms
 */
public record StreamShape(
    boolean words,
    int windows,
    int rowsPerWindow,
    int rowsPerOrbit,
    int partitions,
    int windowMillis) {
  /** Words of a block, as the DAQ writes them. */
  public static final int BLOCK = 128;

  /** Windows at the end that are not measured. */
  public static final int TAIL = 2;

  /** Rows of an orbit of a chamber's muons and noise, about. */
  public static final int USUAL_ORBIT = 8;

  /** Checks that rows divide evenly. */
  public StreamShape {
    if (windows <= TAIL) {
      throw new IllegalArgumentException(windows + " windows, expected more than " + TAIL);
    }
    if (rowsPerOrbit < 1
        || (BLOCK % rowsPerOrbit != 0 && rowsPerOrbit % BLOCK != 0)
        || rowsPerWindow % (Math.max(BLOCK, rowsPerOrbit) * partitions) != 0) {
      throw new IllegalArgumentException(
          rowsPerWindow
              + " rows per window in orbits of "
              + rowsPerOrbit
              + " over "
              + partitions
              + " partitions do not divide evenly into blocks of "
              + BLOCK);
    }
  }

  /** A JSON object per row, windows of 5 s. */
  public static StreamShape json(int windows, int rowsPerWindow, int partitions) {
    return new StreamShape(
        false, windows + TAIL, even(rowsPerWindow, partitions), USUAL_ORBIT, partitions, 5000);
  }

  /** Blocks of words, windows of 5 s. */
  public static StreamShape words(int windows, int rowsPerWindow, int partitions) {
    return new StreamShape(
        true, windows + TAIL, even(rowsPerWindow, partitions), USUAL_ORBIT, partitions, 5000);
  }

  /** The next number up that divides into blocks and partitions. */
  public static int even(int rows, int partitions) {
    int unit = BLOCK * partitions;
    return Math.max(1, (rows + unit - 1) / unit) * unit;
  }

  /** Windows that are measured. */
  public int measuredWindows() {
    return windows - TAIL;
  }

  /** Rows in all. */
  public long rows() {
    return (long) windows * rowsPerWindow;
  }
}
