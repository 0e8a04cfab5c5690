package org.driftwatch.emulator.send;

import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.emulator.source.RowBatch;

/**
 * Rows in blocks of 64-bit words, one stamp a block. Rows that do not fit a word, as trigger words
 * with a fraction, go beside them as JSON objects, several to a record.
 *
 * <p>Hits of an orbit carry one stamp, and rows of many orbits the same: see {@link StampSlots}. A
 * few blocks are open at a time, one for each stamp, since hits of an earlier orbit still come when
 * a new stamp has begun. A block leaves when it is full, when too many are open, or by its age.
 */
public final class BlockEncoder implements RowEncoder {
  private static final int OPEN_BLOCKS = 4;
  private static final int LONGEST_OPEN_MS = 2 * StampSlots.LONGEST_MS;

  private final RecordSender sender;
  private final byte[] key;
  private final int size;
  private final StampSlots slots;
  private final OrbitStamps orbits;
  private final Block[] blocks = new Block[OPEN_BLOCKS];
  private Block last;

  /** One open block and the JSON objects that go with it. */
  private static final class Block {
    final RecordWriter words = new RecordWriter();
    final RecordWriter wide = new RecordWriter();
    long stamp;
    long opened;
    int wordRows;
    int wordHits;
    int wideRows;
    int wideHits;
    boolean open;
  }

  /**
   * Blocks of this size, without a key.
   *
   * @param size rows of a full block, above 0
   */
  public BlockEncoder(RecordSender sender, int size) {
    this(sender, null, size, new StampSlots(size), new OrbitStamps());
  }

  /** Blocks of one key; encoders of several keys share what gives an orbit its one stamp. */
  BlockEncoder(RecordSender sender, byte[] key, int size, StampSlots slots, OrbitStamps orbits) {
    this.sender = sender;
    this.key = key;
    this.size = size;
    this.slots = slots;
    this.orbits = orbits;
    for (int i = 0; i < OPEN_BLOCKS; i++) {
      blocks[i] = new Block();
    }
    last = blocks[0];
  }

  @Override
  public void row(RowBatch batch, int i, long due) {
    long slot = slots.stamp(due);
    if (batch.isWide(i)) {
      wideRow(batch.row(i), slot, due);
      return;
    }
    long word = batch.word(i);
    boolean hit = HitWord.head(word) == HitWord.HEAD_HIT;
    Block block = block(hit ? orbits.stamp(HitWord.orbit(word), slot) : slot, due);
    block.words.word(word);
    block.wordHits += hit ? 1 : 0;
    if (++block.wordRows == size) {
      sendWords(block);
    }
  }

  private void wideRow(DaqRecord row, long slot, long due) {
    boolean hasOrbit = row.isHit() && row.orbit() >= 0 && row.orbit() <= HitWord.MAX_ORBIT;
    Block block = block(hasOrbit ? orbits.stamp(row.orbit(), slot) : slot, due);
    if (block.wideRows > 0) {
      block.wide.newLine();
    }
    block.wide.json(row);
    block.wideHits += row.isHit() ? 1 : 0;
    if (++block.wideRows == size) {
      sendWide(block);
    }
  }

  private Block block(long stamp, long due) {
    if (last.open && last.stamp == stamp) {
      return last;
    }
    Block oldest = blocks[0];
    for (Block block : blocks) {
      if (block.open && block.stamp == stamp) {
        last = block;
        return block;
      }
      if (!block.open || (oldest.open && block.stamp < oldest.stamp)) {
        oldest = block;
      }
    }
    send(oldest);
    oldest.open = true;
    oldest.stamp = stamp;
    oldest.opened = due;
    last = oldest;
    return oldest;
  }

  @Override
  public long deadline() {
    long first = NO_DEADLINE;
    for (Block block : blocks) {
      if (block.open) {
        first = Math.min(first, block.opened + LONGEST_OPEN_MS);
      }
    }
    return first;
  }

  @Override
  public void release(long now) {
    for (Block block : blocks) {
      if (block.open && now - block.opened >= LONGEST_OPEN_MS) {
        send(block);
      }
    }
  }

  @Override
  public void flush() {
    for (Block block : blocks) {
      send(block);
    }
  }

  private void send(Block block) {
    sendWords(block);
    sendWide(block);
    block.open = false;
  }

  private void sendWords(Block block) {
    if (block.wordRows > 0) {
      int rows = block.wordRows;
      int hits = block.wordHits;
      block.wordRows = 0;
      block.wordHits = 0;
      sender.send(new Message(key, block.words.take(), true, rows, hits, block.stamp));
    }
  }

  private void sendWide(Block block) {
    if (block.wideRows > 0) {
      int rows = block.wideRows;
      int hits = block.wideHits;
      block.wideRows = 0;
      block.wideHits = 0;
      sender.send(new Message(key, block.wide.take(), false, rows, hits, block.stamp));
    }
  }
}
