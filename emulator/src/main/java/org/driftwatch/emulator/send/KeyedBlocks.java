package org.driftwatch.emulator.send;

import java.util.Arrays;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.source.RowBatch;

/**
 * Blocks of words of which each holds rows of one key only: one {@link BlockEncoder} per key. For
 * keys of which there are few, and which are the same array each time.
 */
public final class KeyedBlocks implements RowEncoder {
  private final DetectorDescription detector;
  private final RecordSender sender;
  private final KeyRule keys;
  private final RunNumbers runs;
  private final int size;
  private final StampSlots slots;
  private final OrbitStamps orbits;
  private byte[][] known = new byte[0][];
  private BlockEncoder[] encoders = new BlockEncoder[0];

  /**
   * Blocks of this size.
   *
   * @param size rows of a full block, above 0
   */
  public KeyedBlocks(
      DetectorDescription detector, RecordSender sender, KeyRule keys, RunNumbers runs, int size) {
    this.detector = detector;
    this.sender = sender;
    this.keys = keys;
    this.runs = runs;
    orbits = new OrbitStamps(detector.clock());
    this.size = size;
    slots = new StampSlots(size);
  }

  @Override
  public void row(RowBatch batch, int i, long due) {
    encoder(keys.key(batch, i)).row(batch, i, due);
  }

  @Override
  public void skip(RowBatch batch, int i, long due) {
    encoder(keys.key(batch, i)).skip(batch, i, due);
  }

  @Override
  public void beside(RowBatch batch, int i, long due) {
    encoder(keys.key(batch, i)).beside(batch, i, due);
  }

  private BlockEncoder encoder(byte[] key) {
    for (int i = 0; i < known.length; i++) {
      if (known[i] == key) {
        return encoders[i];
      }
    }
    int count = known.length;
    known = Arrays.copyOf(known, count + 1);
    encoders = Arrays.copyOf(encoders, count + 1);
    known[count] = key;
    encoders[count] = new BlockEncoder(detector, sender, key, runs, size, slots, orbits);
    return encoders[count];
  }

  @Override
  public long deadline() {
    long first = NO_DEADLINE;
    for (BlockEncoder encoder : encoders) {
      first = Math.min(first, encoder.deadline());
    }
    return first;
  }

  @Override
  public void release(long now) {
    for (BlockEncoder encoder : encoders) {
      encoder.release(now);
    }
  }

  @Override
  public void flush() {
    for (BlockEncoder encoder : encoders) {
      encoder.flush();
    }
  }
}
