package org.driftwatch.detector;

import java.util.Arrays;

/**
 * From board and channel to the chamber's cell: a table of all 8 boards x 512 channels, one load
 * per hit. Immutable and safe to share.
 */
public final class ChannelMap {
  /** What {@link #cell} gives for the scintillator; cells are 0 to 255. */
  public static final int SCINTILLATOR = Telescope.CHAMBERS * Telescope.CELLS;

  /** What {@link #cell} gives for a channel of no chamber. */
  public static final int OTHER = SCINTILLATOR + 1;

  private final short[] cells = new short[(HitWord.MAX_FPGA + 1) * (HitWord.MAX_CHANNEL + 1)];

  /** The map of a run configuration. */
  public ChannelMap(RunConfiguration run) {
    Arrays.fill(cells, (short) OTHER);
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      RunConfiguration.Chamber c = run.chambers().get(chamber);
      for (int cell = 0; cell < Telescope.CELLS; cell++) {
        cells[index(c.fpga(), c.firstChannel() + cell)] =
            (short) (chamber * Telescope.CELLS + cell);
      }
    }
    cells[index(run.scintillator().fpga(), run.scintillator().channel())] = SCINTILLATOR;
  }

  /**
   * The cell of a hit: {@code chamber * 64 + cell}, 0 to 255, or {@link #SCINTILLATOR} or {@link
   * #OTHER}.
   */
  public int cell(long word) {
    return cells[HitWord.boardChannel(word)];
  }

  private static int index(int fpga, int channel) {
    return fpga * (HitWord.MAX_CHANNEL + 1) + channel;
  }
}
