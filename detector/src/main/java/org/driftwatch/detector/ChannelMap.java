package org.driftwatch.detector;

import java.util.Arrays;

/**
 * From board and channel to the chamber's cell: a table of all boards and channels that a record
 * can name, one load per hit. Cells are numbered through all chambers, from 0; behind the last come
 * {@link #scintillator} and {@link #other}, and then, for records that have no cell, {@link #noHit}
 * and {@link #malformed}. Immutable and safe to share.
 */
public final class ChannelMap {
  private final HitLayout layout;
  private final short[] cells;
  private final int scintillator;

  /** The map of a detector. */
  public ChannelMap(DetectorDescription detector) {
    layout = new HitLayout(detector);
    cells = new short[1 << layout.addressBits()];
    scintillator = other(detector) - 1;
    Arrays.fill(cells, (short) (scintillator + 1));
    int cell = 0;
    for (DetectorDescription.Chamber chamber : detector.chambers()) {
      for (DetectorDescription.Channel channel : chamber.channels()) {
        cells[layout.address(channel)] = (short) cell++;
      }
    }
    for (DetectorDescription.Channel channel : detector.scintillators()) {
      cells[layout.address(channel)] = (short) scintillator;
    }
  }

  /** The largest number that {@link #cell} gives. */
  static int other(DetectorDescription detector) {
    return detector.chambers().stream().mapToInt(DetectorDescription.Chamber::size).sum() + 1;
  }

  /** What {@link #cell} gives for a scintillator; the cells of chambers are below. */
  public int scintillator() {
    return scintillator;
  }

  /** What {@link #cell} gives for a channel of no chamber. */
  public int other() {
    return scintillator + 1;
  }

  /** What stands for a record that is no hit. */
  public int noHit() {
    return scintillator + 2;
  }

  /** What stands for a malformed record: the largest number of all. */
  public int malformed() {
    return scintillator + 3;
  }

  static int malformed(DetectorDescription detector) {
    return other(detector) + 2;
  }

  /** The cell of a hit, numbered through all chambers. */
  public int cell(long word) {
    return cells[layout.address(word)];
  }
}
