package org.driftwatch.emulator;

import java.io.IOException;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.emulator.pace.Pace;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.RowBatch;

/** The way of a row of the readout: source, pace, encoder. */
final class RowFeed implements Feed {
  private static final int BATCH_ROWS = 4096;

  private final RecordSource source;
  private final Pace pace;
  private final RowEncoder encoder;
  private final RowBatch batch;
  private int next;

  RowFeed(DetectorDescription detector, RecordSource source, Pace pace, RowEncoder encoder) {
    batch = new RowBatch(new RecordPacking(detector), BATCH_ROWS);
    this.source = source;
    this.pace = pace;
    this.encoder = encoder;
  }

  @Override
  public boolean next() throws IOException {
    while (next == batch.size()) {
      batch.clear();
      next = 0;
      if (!source.read(batch)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long due() {
    return pace.due(batch, next);
  }

  @Override
  public void send(long due) {
    encoder.row(batch, next++, due);
    pace.sent();
  }

  @Override
  public long deadline() {
    return encoder.deadline();
  }

  @Override
  public void release(long now) {
    encoder.release(now);
  }

  @Override
  public void flush() {
    source.ended(next);
    encoder.flush();
  }
}
