package org.driftwatch.emulator.source;

import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordSink;

/**
 * Rows of the readout on their way from a source to the sender, in order. A row that fits the
 * widths of its fields, as every sound hit does, is two {@code long}s here, see {@link HitLayout};
 * only the others, trigger words with a fraction above all, are objects. Not safe for use by
 * several threads.
 */
public final class RowBatch {
  private final RecordPacking packing;
  private final HitLayout layout;
  private final long[] words;
  private final long[] orbitsAbove;
  private final long[] runs;
  private final DaqRecord[] wide;
  private long run = RecordSink.NO_RUN;
  private int size;

  /**
   * An empty batch.
   *
   * @param capacity rows it takes
   */
  public RowBatch(RecordPacking packing, int capacity) {
    this.packing = packing;
    layout = packing.layout();
    words = new long[capacity];
    orbitsAbove = new long[capacity];
    runs = new long[capacity];
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

  /**
   * Sets the run of the rows that are added from now on.
   *
   * @param number number of the run; {@link RecordSink#NO_RUN} where the source does not say it
   */
  public void setRun(long number) {
    run = number;
  }

  /**
   * Adds a row that is a word.
   *
   * @param word the row, see {@link HitLayout}
   * @param orbitAbove the bits of its orbit above those in the word
   */
  public void add(long word, long orbitAbove) {
    words[size] = word;
    orbitsAbove[size] = orbitAbove;
    runs[size] = run;
    wide[size++] = null;
  }

  /** Adds a row, as a word if it fits one. */
  public void add(DaqRecord row) {
    add(row.head(), row.board(), row.channel(), row.orbit(), row.crossing(), row.tick());
  }

  /** Adds a row given by the columns of a {@link DaqRecord}, as a word if it fits one. */
  public void add(int head, int board, int channel, long orbit, int crossing, double tick) {
    if (packing.fits(head, board, channel, orbit, crossing, tick)) {
      add(
          packing.word(head, board, channel, orbit, crossing, (int) tick),
          layout.orbitAbove(orbit));
    } else {
      runs[size] = run;
      wide[size++] = new DaqRecord(head, board, channel, orbit, crossing, tick);
    }
  }

  /** True if row i does not fit a word; it has no {@link #word}. */
  public boolean isWide(int i) {
    return wide[i] != null;
  }

  /** Row i as a word, see {@link HitLayout}. */
  public long word(int i) {
    return words[i];
  }

  /** The bits of the orbit of row i above those in its word. */
  public long orbitAbove(int i) {
    return orbitsAbove[i];
  }

  /** The orbit of row i. */
  public long orbit(int i) {
    DaqRecord row = wide[i];
    return row != null ? row.orbit() : layout.orbit(words[i], orbitsAbove[i]);
  }

  /** The run of row i; {@link RecordSink#NO_RUN} where its source does not say it. */
  public long run(int i) {
    return runs[i];
  }

  /** Row i field by field. */
  public DaqRecord row(int i) {
    DaqRecord row = wide[i];
    return row != null ? row : packing.record(words[i], orbitsAbove[i]);
  }

  /** True if row i is a hit, sound or not. */
  public boolean isHit(int i) {
    DaqRecord row = wide[i];
    return row != null ? packing.isHit(row) : layout.isHit(words[i]);
  }

  /** True if row i is a hit with an orbit that the counter can have. */
  public boolean isHitWithOrbit(int i) {
    return isHit(i) && (wide[i] == null || packing.isOrbit(wide[i].orbit()));
  }
}
