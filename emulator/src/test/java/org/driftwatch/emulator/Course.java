package org.driftwatch.emulator;

import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.emulator.source.RowBatch;

/** The course's detector, with which most tests play. */
public final class Course {
  /** Its description. */
  public static final DetectorDescription DETECTOR = DetectorDescription.course();

  /** HEAD of its hits. */
  public static final int HIT = 2;

  /** Its orbit counter's largest value. */
  public static final long LAST_ORBIT = DETECTOR.clock().lastOrbit();

  private static final RecordPacking PACKING = new RecordPacking(DETECTOR);
  private static final HitLayout LAYOUT = PACKING.layout();

  private Course() {}

  /** A hit as a word. */
  public static long hit(int board, int channel, long orbit, int crossing, int tick) {
    return LAYOUT.word(HIT, board, channel, orbit, crossing, tick);
  }

  /** The orbit of a word. */
  public static long orbit(long word) {
    return LAYOUT.orbit(word);
  }

  /** True for a word of a hit. */
  public static boolean isHit(long word) {
    return LAYOUT.isHit(word);
  }

  /** True for a record of a hit. */
  public static boolean isHit(DaqRecord record) {
    return record.head() == HIT;
  }

  /** The word of a record. */
  public static long word(DaqRecord record) {
    return PACKING.word(record);
  }

  /** The record of a word. */
  public static DaqRecord record(long word) {
    return PACKING.record(word, 0);
  }

  /** An empty batch of this many rows. */
  public static RowBatch batch(int capacity) {
    return new RowBatch(PACKING, capacity);
  }

  /** A writer of its records. */
  public static RecordWriter writer() {
    return new RecordWriter(DETECTOR);
  }
}
