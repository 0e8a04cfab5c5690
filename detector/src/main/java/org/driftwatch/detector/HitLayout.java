package org.driftwatch.detector;

import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Format;
import org.driftwatch.detector.DetectorDescription.Role;

/**
 * How the pipeline holds a record of a detector in one {@code long}: no object per hit. From the
 * least significant bit: tick, crossing, the lower bits of the orbit, channel (or wire and layer),
 * board, head, each as wide as the description says. For the course's detector this is the very
 * word of its DAQ. Channels, layers, wires and boards count from 0 here, whatever the records call
 * the first of them.
 *
 * <p>The orbit's upper bits, where there are any, are the same for many hits in a row and travel
 * beside the words, see {@link RecordSink#hit}. Immutable and safe to share.
 */
public final class HitLayout {
  /** Most bits of the orbit that a word holds. */
  private static final int MOST_ORBIT_BITS = 32;

  private final int ticksPerCrossing;
  private final int tickBits;
  private final int timeBits;
  private final int orbitBits;
  private final int wireBits;
  private final int channelBits;
  private final int addressBits;
  private final int cellBits;
  private final int addressShift;
  private final int headShift;
  private final long orbitMask;
  private final long timeMask;
  private final int addressMask;
  private final boolean hasHead;
  private final boolean[] isHit;
  private final int hitHead;

  /** The layout of a detector's hits. */
  public HitLayout(DetectorDescription detector) {
    Format format = detector.format();
    ticksPerCrossing = detector.clock().ticksPerCrossing();
    tickBits = bits(format, Role.TICK);
    timeBits = tickBits + bits(format, Role.CROSSING);
    wireBits = bits(format, Role.WIRE);
    channelBits = bits(format, Role.CHANNEL) + bits(format, Role.LAYER) + wireBits;
    addressBits = channelBits + bits(format, Role.BOARD);
    int headBits = bits(format, Role.HEAD);
    cellBits = Integer.SIZE - Integer.numberOfLeadingZeros(ChannelMap.malformed(detector));
    // A packed hit has a cell in place of board, channel and head, and is never negative.
    orbitBits =
        Math.min(
            MOST_ORBIT_BITS, Long.SIZE - timeBits - Math.max(cellBits + 1, addressBits + headBits));
    addressShift = timeBits + orbitBits;
    headShift = addressShift + addressBits;
    orbitMask = (1L << orbitBits) - 1;
    timeMask = (1L << timeBits) - 1;
    addressMask = (1 << addressBits) - 1;
    hasHead = headBits > 0;
    isHit = new boolean[1 << headBits];
    isHit[0] = !hasHead;
    format.hitHeads().forEach(head -> isHit[head] = true);
    hitHead = hasHead ? format.hitHeads().get(0) : 0;
  }

  private static int bits(Format format, Role role) {
    return format.field(role).map(Field::bits).orElse(0);
  }

  /** Bits of crossing and tick together. */
  public int timeBits() {
    return timeBits;
  }

  /** Bits of the numbers that {@link ChannelMap} has for a detector's records. */
  public int cellBits() {
    return cellBits;
  }

  /** How many values HEAD can have; 1 where records have none. */
  public int heads() {
    return isHit.length;
  }

  /** Lower bits of the orbit that a word holds. */
  public int orbitBits() {
    return orbitBits;
  }

  /** Bits of board and channel together. */
  public int addressBits() {
    return addressBits;
  }

  /** Where a field stands in a word, from the least significant bit; -1 where it does not. */
  int shift(Role role) {
    return switch (role) {
      case TICK -> 0;
      case CROSSING -> tickBits;
      case ORBIT -> timeBits;
      case CHANNEL, WIRE -> addressShift;
      case LAYER -> addressShift + wireBits;
      case BOARD -> addressShift + channelBits;
      case HEAD -> headShift;
      case ARRIVAL, RUN, OTHER -> -1;
    };
  }

  /**
   * Packs a record.
   *
   * @param head HEAD, 0 where records have none
   * @param board board or station, from 0
   * @param channel channel from 0, see {@link #channel} where records name layer and wire
   * @param orbit orbit, of which the lower bits are taken
   */
  public long word(int head, int board, int channel, long orbit, int crossing, int tick) {
    return (hasHead ? (long) head << headShift : 0)
        | (long) (board << channelBits | channel) << addressShift
        | (orbit & orbitMask) << timeBits
        | (long) crossing << tickBits
        | tick;
  }

  /**
   * Packs a hit.
   *
   * @param address board and channel, see {@link #address(long)}
   * @param orbit orbit, of which the lower bits are taken
   */
  public long hit(int address, long orbit, int crossing, int tick) {
    return word(hitHead, 0, address, orbit, crossing, tick);
  }

  /** A record that is no hit: its kind is all that is kept of it. */
  public long triggerWord(int head) {
    return (long) head << headShift;
  }

  /** The channel of a layer and wire, both from 0. */
  public int channel(int layer, int wire) {
    return layer << wireBits | wire;
  }

  /** True for a hit. */
  public boolean isHit(long word) {
    return !hasHead || isHit[(int) (word >>> headShift)];
  }

  /** True where this HEAD marks a hit. */
  public boolean isHitHead(int head) {
    return isHit[head];
  }

  /** HEAD of a record; 0 where records have none. */
  public int head(long word) {
    return hasHead ? (int) (word >>> headShift) : 0;
  }

  /** Board or station of a record, from 0. */
  public int board(long word) {
    return address(word) >>> channelBits;
  }

  /** Channel of a record from 0; where records name layer and wire, {@link #channel} of them. */
  public int channel(long word) {
    return address(word) & (1 << channelBits) - 1;
  }

  /** Bunch crossing of a record. */
  public int crossing(long word) {
    return (int) time(word) >>> tickBits;
  }

  /** Fine time of a record as it is written, see {@link DetectorDescription.Field#first}. */
  public int tick(long word) {
    return (int) word & (1 << tickBits) - 1;
  }

  /** Board and channel in one number, from 0, below {@code 2^addressBits}. */
  public int address(long word) {
    return (int) (word >>> addressShift) & addressMask;
  }

  /** Board and channel in one number, as {@link #address(long)} gives it. */
  public int address(DetectorDescription.Channel channel) {
    return channel.board() << channelBits | channel.channel();
  }

  /** The lower bits of the orbit. */
  public long orbit(long word) {
    return word >>> timeBits & orbitMask;
  }

  /** The whole orbit. */
  public long orbit(long word, long orbitAbove) {
    return orbitAbove << orbitBits | orbit(word);
  }

  /** The bits of an orbit above those in a word. */
  public long orbitAbove(long orbit) {
    return orbit >>> orbitBits;
  }

  /** The same word with other lower bits of the orbit. */
  public long withOrbit(long word, long orbit) {
    return (word & ~(orbitMask << timeBits)) | (orbit & orbitMask) << timeBits;
  }

  /** Crossing and tick as they stand in the word. */
  public long time(long word) {
    return word & timeMask;
  }

  /** Time of a hit within its orbit in ticks, of what {@link #time} gives. */
  public int ticks(long time) {
    return (int) (time >>> tickBits) * ticksPerCrossing + ((int) time & (1 << tickBits) - 1);
  }
}
