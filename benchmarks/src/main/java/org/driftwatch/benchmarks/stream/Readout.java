package org.driftwatch.benchmarks.stream;

import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.RowBatch;

/** Hits of the simulated detector, in the order of the readout: what the inner parts work on. */
public final class Readout {
  private static final long SEED = 20232;

  private Readout() {}

  /** So many hits as DAQ words. */
  public static long[] hits(int count) {
    Simulator simulator = new Simulator(RunConfiguration.course(), SEED);
    RowBatch batch = new RowBatch(4096);
    long[] words = new long[count];
    int size = 0;
    while (size < count) {
      batch.clear();
      simulator.read(batch);
      for (int i = 0; i < batch.size() && size < count; i++) {
        if (batch.isHit(i) && !batch.isWide(i)) {
          words[size++] = batch.word(i);
        }
      }
    }
    return words;
  }

  /** The same hits as records. */
  public static DaqRecord[] records(int count) {
    long[] words = hits(count);
    DaqRecord[] records = new DaqRecord[count];
    for (int i = 0; i < count; i++) {
      records[i] = DaqRecord.ofWord(words[i]);
    }
    return records;
  }

  /** The same hits as a block of little-endian words. */
  public static byte[] block(int count) {
    RecordWriter writer = new RecordWriter();
    for (long word : hits(count)) {
      writer.word(word);
    }
    byte[] block = writer.take();
    if (block.length != count * HitWord.BYTES) {
      throw new IllegalStateException(block.length + " bytes of " + count + " words");
    }
    return block;
  }
}
