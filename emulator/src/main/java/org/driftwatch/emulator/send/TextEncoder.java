package org.driftwatch.emulator.send;

import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.emulator.source.RowBatch;

/** One row a record, as JSON or CSV. Nothing is held back. */
public final class TextEncoder implements RowEncoder {
  private final RecordSender sender;
  private final boolean json;
  private final KeyRule keys;
  private final OrbitStamps orbits = new OrbitStamps();
  private final RecordWriter writer = new RecordWriter();

  private TextEncoder(RecordSender sender, KeyRule keys, boolean json) {
    this.sender = sender;
    this.keys = keys;
    this.json = json;
  }

  /** A JSON object per row. */
  public static TextEncoder json(RecordSender sender, KeyRule keys) {
    return new TextEncoder(sender, keys, true);
  }

  /** A CSV line per row. */
  public static TextEncoder csv(RecordSender sender, KeyRule keys) {
    return new TextEncoder(sender, keys, false);
  }

  @Override
  public void row(RowBatch batch, int i, long due) {
    DaqRecord row = batch.row(i);
    boolean hit = row.isHit();
    boolean hasOrbit = hit && row.orbit() >= 0 && row.orbit() <= HitWord.MAX_ORBIT;
    long stamp = hasOrbit ? orbits.stamp(row.orbit(), due) : due;
    byte[] value = (json ? writer.json(row) : writer.csv(row)).take();
    sender.send(new Message(keys.key(batch, i), value, false, 1, hit ? 1 : 0, stamp));
  }

  @Override
  public long deadline() {
    return NO_DEADLINE;
  }

  @Override
  public void release(long now) {}

  @Override
  public void flush() {}
}
