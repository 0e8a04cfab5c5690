package org.driftwatch.emulator.source;

import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.HitWord;

/**
 * Rows of the readout on their way from a source to the sender, in order. A row that fits the
 * widths of a DAQ word, as every sound hit does, is a {@code long} here; only the others, trigger
 * words with a fraction above all, are objects. Not safe for use by several threads.
 */
public final class RowBatch {
  private final long[] words;
  private final DaqRecord[] wide;
  private int size;

  /**
   * An empty batch.
   *
   * @param capacity rows it takes
   */
  public RowBatch(int capacity) {
    words = new long[capacity];
    wide = new DaqRecord[capacity];
  }

  /** Forgets all rows. */
  public void clear() {
    size = 0;
  }

  /** Rows held. */
  public int size() {
    return size;
  }

  /** Rows that can still be added. */
  public int room() {
    return words.length - size;
  }

  /** Adds a row that is a DAQ word. */
  public void add(long word) {
    words[size] = word;
    wide[size++] = null;
  }

  /** Adds a row, as a word if it fits one. */
  public void add(DaqRecord row) {
    add(row.head(), row.fpga(), row.channel(), row.orbit(), row.bx(), row.tdc());
  }

  /** Adds a row given by its columns, as a word if it fits one. */
  public void add(int head, int fpga, int channel, long orbit, int bx, double tdc) {
    if (within(head, HitWord.MAX_HEAD)
        && within(fpga, HitWord.MAX_FPGA)
        && within(channel, HitWord.MAX_CHANNEL)
        && within(orbit, HitWord.MAX_ORBIT)
        && within(bx, HitWord.MAX_BX)
        && tdc >= 0
        && tdc <= HitWord.MAX_TDC
        && tdc == (int) tdc) {
      add(HitWord.of(head, fpga, channel, orbit, bx, (int) tdc));
    } else {
      wide[size++] = new DaqRecord(head, fpga, channel, orbit, bx, tdc);
    }
  }

  /** True if row i does not fit a DAQ word; it has no {@link #word}. */
  public boolean isWide(int i) {
    return wide[i] != null;
  }

  /** Row i as a DAQ word. */
  public long word(int i) {
    return words[i];
  }

  /** Row i column by column. */
  public DaqRecord row(int i) {
    DaqRecord row = wide[i];
    return row != null ? row : DaqRecord.ofWord(words[i]);
  }

  /** True if row i has HEAD 2. */
  public boolean isHit(int i) {
    DaqRecord row = wide[i];
    return row != null ? row.isHit() : HitWord.head(words[i]) == HitWord.HEAD_HIT;
  }

  private static boolean within(long value, long limit) {
    return value >= 0 && value <= limit;
  }
}
