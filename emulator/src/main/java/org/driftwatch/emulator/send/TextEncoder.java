package org.driftwatch.emulator.send;

import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.emulator.source.RowBatch;

/** One row a record, as JSON or CSV. Nothing is held back. */
public final class TextEncoder implements RowEncoder {
  private final RecordSender sender;
  private final boolean json;
  private final KeyRule keys;
  private final RunNumbers runs;
  private final OrbitStamps orbits;
  private final RecordWriter writer;

  private TextEncoder(
      DetectorDescription detector,
      RecordSender sender,
      KeyRule keys,
      RunNumbers runs,
      boolean json) {
    this.sender = sender;
    this.keys = keys;
    this.runs = runs;
    this.json = json;
    orbits = new OrbitStamps(detector.clock());
    writer = new RecordWriter(detector);
  }

  /** A JSON object per row. */
  public static TextEncoder json(
      DetectorDescription detector, RecordSender sender, KeyRule keys, RunNumbers runs) {
    return new TextEncoder(detector, sender, keys, runs, true);
  }

  /** A CSV line per row. */
  public static TextEncoder csv(
      DetectorDescription detector, RecordSender sender, KeyRule keys, RunNumbers runs) {
    return new TextEncoder(detector, sender, keys, runs, false);
  }

  @Override
  public void row(RowBatch batch, int i, long due) {
    long stamp = stamp(batch, i, due);
    writer.run(runs.of(batch, i, due));
    byte[] key = keys.key(batch, i);
    int hits = batch.isHit(i) ? 1 : 0;
    sender.send(new Message(key, value(batch, i), false, 1, hits, stamp));
  }

  private long stamp(RowBatch batch, int i, long due) {
    return batch.isHitWithOrbit(i) ? orbits.stamp(batch.orbit(i), due) : due;
  }

  @Override
  public void skip(RowBatch batch, int i, long due) {
    runs.of(batch, i, due);
    stamp(batch, i, due);
  }

  @Override
  public void beside(RowBatch batch, int i, long due) {
    row(batch, i, due);
  }

  private byte[] value(RowBatch batch, int i) {
    if (batch.isWide(i)) {
      return (json ? writer.json(batch.row(i)) : writer.csv(batch.row(i))).take();
    }
    long word = batch.word(i);
    long above = batch.orbitAbove(i);
    return (json ? writer.json(word, above) : writer.csv(word, above)).take();
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
