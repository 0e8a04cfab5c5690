package org.driftwatch.detector;

/**
 * The DAQ's 64-bit word: one record of the readout, packed as the boards write it.
 *
 * <p>From the least significant bit: TDC_MEAS 5 bits, BX_COUNTER 12, ORBIT_CNT 32 (unsigned),
 * TDC_CHANNEL 9, FPGA 3, HEAD 3. Throughout Driftwatch a hit is such a {@code long}: no object per
 * hit. The layout is that of the raw {@code .dat} files, which hold these words in little-endian
 * order.
 */
public final class HitWord {
  /** Bytes of a word in a file or a block. */
  public static final int BYTES = 8;

  /** The value of HEAD that marks a hit; 0, 1 and 3 to 7 are trigger words. */
  public static final int HEAD_HIT = 2;

  /** Largest value of HEAD, 3 bits. */
  public static final int MAX_HEAD = 7;

  /** Largest value of FPGA, 3 bits. */
  public static final int MAX_FPGA = 7;

  /** Largest value of TDC_CHANNEL, 9 bits. */
  public static final int MAX_CHANNEL = 511;

  /** Largest value of ORBIT_CNT, 32 bits unsigned. */
  public static final long MAX_ORBIT = 0xFFFF_FFFFL;

  /** Largest value of BX_COUNTER that fits its 12 bits (an orbit has 3564 crossings). */
  public static final int MAX_BX = 4095;

  /** Largest value of TDC_MEAS, 5 bits. */
  public static final int MAX_TDC = 31;

  private static final int BX_SHIFT = 5;
  private static final int ORBIT_SHIFT = 17;
  private static final int CHANNEL_SHIFT = 49;
  private static final int FPGA_SHIFT = 58;
  private static final int HEAD_SHIFT = 61;

  private HitWord() {}

  /** Packs a record; the fields must be within their widths. */
  public static long of(int head, int fpga, int channel, long orbit, int bx, int tdc) {
    return (long) head << HEAD_SHIFT
        | (long) fpga << FPGA_SHIFT
        | (long) channel << CHANNEL_SHIFT
        | orbit << ORBIT_SHIFT
        | (long) bx << BX_SHIFT
        | tdc;
  }

  /** Packs a hit, HEAD 2; the fields must be within their widths. */
  public static long hit(int fpga, int channel, long orbit, int bx, int tdc) {
    return of(HEAD_HIT, fpga, channel, orbit, bx, tdc);
  }

  /** Kind of word, 0 to 7. */
  public static int head(long word) {
    return (int) (word >>> HEAD_SHIFT);
  }

  /** Board, 0 to 7. */
  public static int fpga(long word) {
    return (int) (word >>> FPGA_SHIFT) & MAX_FPGA;
  }

  /** Channel of the board, 0 to 511. */
  public static int channel(long word) {
    return (int) (word >>> CHANNEL_SHIFT) & MAX_CHANNEL;
  }

  /** Board and channel in one number, {@code fpga * 512 + channel}, 0 to 4095. */
  public static int boardChannel(long word) {
    return (int) (word >>> CHANNEL_SHIFT) & 0xFFF;
  }

  /** Orbit counter, 0 to 4294967295. */
  public static long orbit(long word) {
    return word >>> ORBIT_SHIFT & MAX_ORBIT;
  }

  /** Bunch crossing within the orbit, 0 to 4095. */
  public static int bx(long word) {
    return (int) (word >>> BX_SHIFT) & MAX_BX;
  }

  /** Fine time within the crossing in units of 25/30 ns, 0 to 31. */
  public static int tdc(long word) {
    return (int) word & MAX_TDC;
  }

  /** BX_COUNTER and TDC_MEAS as they stand in the word, 17 bits: {@code bx * 32 + tdc}. */
  public static int bxAndTdc(long word) {
    return (int) word & 0x1FFFF;
  }
}
