package org.driftwatch.detector;

import org.driftwatch.detector.DetectorDescription.Format;
import org.driftwatch.detector.DetectorDescription.Role;

/**
 * Between records with the numbers that a detector writes and the words of {@link HitLayout}, which
 * count boards, channels, layers and wires from 0. Immutable and safe to share.
 */
public final class RecordPacking {
  private final HitLayout layout;
  private final int lastHead;
  private final int lastBoard;
  private final int lastChannel;
  private final int lastCrossing;
  private final int lastTick;
  private final long lastOrbit;
  private final boolean hasHead;
  private final Part[] renamed;

  /** A part of a word whose first is not called 0. */
  private record Part(int shift, long mask, int first) {}

  /** The packing of a detector's records. */
  public RecordPacking(DetectorDescription detector) {
    Format format = detector.format();
    layout = new HitLayout(detector);
    hasHead = format.field(Role.HEAD).isPresent();
    lastHead = last(format, Role.HEAD);
    lastBoard = last(format, Role.BOARD);
    lastChannel =
        format.isByLayerAndWire()
            ? layout.channel(last(format, Role.LAYER), last(format, Role.WIRE))
            : last(format, Role.CHANNEL);
    lastCrossing = last(format, Role.CROSSING);
    lastTick = last(format, Role.TICK);
    lastOrbit = detector.clock().lastOrbit();
    renamed =
        format.fields().stream()
            .filter(field -> field.first() != 0 && field.role() != Role.TICK)
            .map(
                field ->
                    new Part(layout.shift(field.role()), (1L << field.bits()) - 1, field.first()))
            .toArray(Part[]::new);
  }

  private static int last(Format format, Role role) {
    return format.field(role).map(field -> (1 << field.bits()) - 1).orElse(0);
  }

  /** The layout of the words. */
  public HitLayout layout() {
    return layout;
  }

  /** True for a hit, sound or not. */
  public boolean isHit(DaqRecord record) {
    return !hasHead
        || (record.head() >= 0 && record.head() <= lastHead && layout.isHitHead(record.head()));
  }

  /** True for what the orbit counter can be. */
  public boolean isOrbit(long orbit) {
    return (orbit & ~lastOrbit) == 0;
  }

  /** True where a record of these columns, see {@link DaqRecord}, fits a word. */
  public boolean fits(int head, int board, int channel, long orbit, int crossing, double tick) {
    return isWithin(head, lastHead)
        && isWithin(board, lastBoard)
        && isWithin(channel, lastChannel)
        && isOrbit(orbit)
        && isWithin(crossing, lastCrossing)
        && tick >= 0
        && tick <= lastTick
        && tick == (int) tick;
  }

  private static boolean isWithin(int value, int last) {
    return value >= 0 && value <= last;
  }

  /** The word of a record that {@link #fits}; of its orbit the lower bits. */
  public long word(int head, int board, int channel, long orbit, int crossing, int tick) {
    return renamed(layout.word(head, board, channel, orbit, crossing, tick), -1);
  }

  /**
   * The word of a record; of its orbit the lower bits.
   *
   * @throws IllegalArgumentException where a field does not fit its width, as in trigger words that
   *     carry a fraction
   */
  public long word(DaqRecord r) {
    if (!fits(r.head(), r.board(), r.channel(), r.orbit(), r.crossing(), r.tick())) {
      throw new IllegalArgumentException(r + " does not fit the widths of a DAQ word");
    }
    return word(r.head(), r.board(), r.channel(), r.orbit(), r.crossing(), (int) r.tick());
  }

  /**
   * The record of a word.
   *
   * @param orbitAbove the bits of its orbit above those in the word
   */
  public DaqRecord record(long word, long orbitAbove) {
    long written = renamed(word, 1);
    return new DaqRecord(
        layout.head(word),
        layout.board(written),
        layout.channel(written),
        layout.orbit(word, orbitAbove),
        layout.crossing(word),
        layout.tick(word));
  }

  private long renamed(long word, int sign) {
    long result = word;
    for (Part part : renamed) {
      long value = ((word >>> part.shift) + (long) sign * part.first) & part.mask;
      result = (result & ~(part.mask << part.shift)) | value << part.shift;
    }
    return result;
  }
}
