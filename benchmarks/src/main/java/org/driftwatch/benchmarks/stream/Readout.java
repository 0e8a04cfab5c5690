package org.driftwatch.benchmarks.stream;

import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.WordFormat;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.RowBatch;
import org.driftwatch.pipelines.orbits.HitPacking;
import org.driftwatch.pipelines.orbits.OrbitTurns;
import org.driftwatch.pipelines.summarise.HistogramCombiner;

/** Hits of the simulated detector, in the order of the readout: what the inner parts work on. */
public final class Readout {
  private static final long SEED = 20232;
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final RecordPacking PACKING = new RecordPacking(COURSE);
  private static final ChannelMap CELLS = new ChannelMap(COURSE);
  private static final OrbitTurns TURNS = OrbitTurns.inFiles(COURSE);
  private static final HitPacking PACKED = HitPacking.of(COURSE, TURNS);

  private Readout() {}

  /** So many hits as DAQ words. */
  public static long[] hits(int count) {
    Simulator simulator = new Simulator(COURSE, SEED);
    RowBatch batch = new RowBatch(PACKING, 4096);
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

  /** These hits as they are packed to be combined. */
  public static long[] pack(long[] words) {
    long[] hits = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      hits[i] = PACKED.pack(words[i], CELLS.cell(words[i]));
    }
    return hits;
  }

  /**
   * What combines them.
   *
   * @param hasTracks true where muon segments are counted, too
   */
  public static HistogramCombiner combiner(boolean hasTracks) {
    return new HistogramCombiner(COURSE, TURNS, hasTracks, hasTracks);
  }

  /** The same hits as records. */
  public static DaqRecord[] records(int count) {
    long[] words = hits(count);
    DaqRecord[] records = new DaqRecord[count];
    for (int i = 0; i < count; i++) {
      records[i] = PACKING.record(words[i], 0);
    }
    return records;
  }

  /** The same hits as a block of little-endian words. */
  public static byte[] block(int count) {
    RecordWriter writer = new RecordWriter(COURSE);
    for (long word : hits(count)) {
      writer.word(word, 0);
    }
    byte[] block = writer.take();
    if (block.length != count * WordFormat.BYTES) {
      throw new IllegalStateException(block.length + " bytes of " + count + " words");
    }
    return block;
  }
}
