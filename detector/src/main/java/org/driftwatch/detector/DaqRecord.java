package org.driftwatch.detector;

/**
 * One record of the readout, column by column, as in the CSV files: what a source of records yields
 * and the writers take. A hit (HEAD 2) has whole numbers within the word's widths; a trigger word
 * reuses the columns for other things, TDC_MEAS with a fraction among them.
 *
 * @param head kind of word, 0 to 7
 * @param fpga board
 * @param channel TDC_CHANNEL
 * @param orbit ORBIT_CNT, unsigned 32 bit in a hit
 * @param bx BX_COUNTER
 * @param tdc TDC_MEAS; 25/30 ns in a hit
 */
public record DaqRecord(int head, int fpga, int channel, long orbit, int bx, double tdc) {
  /** Unpacks a DAQ word. */
  public static DaqRecord ofWord(long word) {
    return new DaqRecord(
        HitWord.head(word),
        HitWord.fpga(word),
        HitWord.channel(word),
        HitWord.orbit(word),
        HitWord.bx(word),
        HitWord.tdc(word));
  }

  /** True for HEAD 2. */
  public boolean isHit() {
    return head == HitWord.HEAD_HIT;
  }

  /**
   * The DAQ word of this record.
   *
   * @throws IllegalArgumentException where a field does not fit its width, as in trigger words that
   *     carry a fraction
   */
  public long word() {
    if (head < 0
        || head > HitWord.MAX_HEAD
        || fpga < 0
        || fpga > HitWord.MAX_FPGA
        || channel < 0
        || channel > HitWord.MAX_CHANNEL
        || orbit < 0
        || orbit > HitWord.MAX_ORBIT
        || bx < 0
        || bx > HitWord.MAX_BX
        || tdc < 0
        || tdc > HitWord.MAX_TDC
        || tdc != (int) tdc) {
      throw new IllegalArgumentException(this + " does not fit the widths of a DAQ word");
    }
    return HitWord.of(head, fpga, channel, orbit, bx, (int) tdc);
  }
}
