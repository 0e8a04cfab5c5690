package org.driftwatch.emulator.send;

import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.emulator.source.RowBatch;

/**
 * Rows in blocks of 64-bit words, one stamp and one run a block, behind the words that the
 * detector's description puts in front. Rows that do not fit a word, as trigger words with a
 * fraction, go beside them as JSON objects, several to a record.
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
  private final RunNumbers runs;
  private final boolean marked;
  private final int size;
  private final StampSlots slots;
  private final OrbitStamps orbits;
  private final Block[] blocks = new Block[OPEN_BLOCKS];
  private Block last;

  /** One open block and the JSON objects that go with it. */
  private static final class Block {
    final RecordWriter words;
    final RecordWriter wide;
    long stamp;
    long run;
    long opened;
    int wordRows;
    int wordHits;
    int wideRows;
    int wideHits;
    boolean open;

    Block(DetectorDescription detector) {
      words = new RecordWriter(detector);
      wide = new RecordWriter(detector);
    }
  }

  /**
   * Blocks of this size, without a key.
   *
   * @param size rows of a full block, above 0
   */
  public BlockEncoder(
      DetectorDescription detector, RecordSender sender, RunNumbers runs, int size) {
    this(
        detector,
        sender,
        null,
        runs,
        size,
        new StampSlots(size),
        new OrbitStamps(detector.clock()));
  }

  /** Blocks of one key; encoders of several keys share what gives an orbit its one stamp. */
  BlockEncoder(
      DetectorDescription detector,
      RecordSender sender,
      byte[] key,
      RunNumbers runs,
      int size,
      StampSlots slots,
      OrbitStamps orbits) {
    this.sender = sender;
    this.key = key;
    this.runs = runs;
    // Where the description says that values are words, no header need say so.
    marked = !detector.format().valuesAreWords();
    this.size = size;
    this.slots = slots;
    this.orbits = orbits;
    for (int i = 0; i < OPEN_BLOCKS; i++) {
      blocks[i] = new Block(detector);
    }
    last = blocks[0];
  }

  @Override
  public void row(RowBatch batch, int i, long due) {
    row(batch, i, due, slots.stamp(due));
  }

  @Override
  public void skip(RowBatch batch, int i, long due) {
    runs.of(batch, i, due);
    stamp(batch, i, slots.stamp(due));
  }

  @Override
  public void beside(RowBatch batch, int i, long due) {
    row(batch, i, due, slots.last());
  }

  private long stamp(RowBatch batch, int i, long slot) {
    return batch.isHitWithOrbit(i) ? orbits.stamp(batch.orbit(i), slot) : slot;
  }

  private void row(RowBatch batch, int i, long due, long slot) {
    boolean hit = batch.isHit(i);
    long stamp = stamp(batch, i, slot);
    Block block = block(stamp, runs.of(batch, i, due), due);
    if (batch.isWide(i)) {
      wideRow(block, batch, i, hit);
      return;
    }
    if (block.wordRows == 0) {
      block.words.run(block.run).blockHeader();
    }
    block.words.word(batch.word(i), batch.orbitAbove(i));
    block.wordHits += hit ? 1 : 0;
    if (++block.wordRows == size) {
      sendWords(block);
    }
  }

  private void wideRow(Block block, RowBatch batch, int i, boolean hit) {
    if (block.wideRows > 0) {
      block.wide.newLine();
    }
    block.wide.run(block.run).json(batch.row(i));
    block.wideHits += hit ? 1 : 0;
    if (++block.wideRows == size) {
      sendWide(block);
    }
  }

  private Block block(long stamp, long run, long due) {
    if (last.open && last.stamp == stamp && last.run == run) {
      return last;
    }
    Block oldest = blocks[0];
    for (Block block : blocks) {
      if (block.open && block.stamp == stamp && block.run == run) {
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
    oldest.run = run;
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
      sender.send(new Message(key, block.words.take(), marked, rows, hits, block.stamp));
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
