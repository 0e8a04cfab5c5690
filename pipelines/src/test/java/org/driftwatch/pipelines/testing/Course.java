package org.driftwatch.pipelines.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.HitPacking;
import org.driftwatch.pipelines.orbits.OrbitTurns;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.summarise.HistogramCombiner;

/** Hits of the course's detector, as the steps of the pipeline and the reference take them. */
public final class Course {
  /** The course's detector, as the pipeline and as the reference take it. */
  public static final Detector BOTH = Detector.shipped("course");

  /** Its description. */
  public static final DetectorDescription DETECTOR = BOTH.description();

  /** The text of its description. */
  public static final String JSON = BOTH.json();

  /** Its counter lasts for days. */
  public static final OrbitTurns TURNS = OrbitTurns.inFiles(DETECTOR);

  /** Its hits as they are combined. */
  public static final HitPacking PACKING = HitPacking.of(DETECTOR, TURNS);

  /** HEAD of its hits. */
  public static final int HIT = 2;

  private static final HitLayout LAYOUT = new HitLayout(DETECTOR);
  private static final ChannelMap CELLS = new ChannelMap(DETECTOR);

  private Course() {}

  /** The aggregation of its hits. */
  public static HistogramCombiner combiner() {
    return new HistogramCombiner(DETECTOR, TURNS, true, true);
  }

  /** A hit as it is parsed, which is the DAQ's word, too. */
  public static long hit(int board, int channel, long orbit, int crossing, int tick) {
    return word(HIT, board, channel, orbit, crossing, tick);
  }

  /** A record as the DAQ's word. */
  public static long word(int head, int board, int channel, long orbit, int crossing, int tick) {
    return LAYOUT.word(head, board, channel, orbit, crossing, tick);
  }

  /** A hit as it is packed, of this cell whatever its channel. */
  public static long packed(long hit, int cell) {
    return PACKING.pack(hit, cell);
  }

  /** These hits as the combiner takes them. */
  public static WordBlock packed(List<Long> hits) {
    return packed(hits, CELLS);
  }

  /** These hits as the combiner takes them, in the cells of other chambers. */
  public static WordBlock packed(List<Long> hits, ChannelMap cells) {
    return new WordBlock(
        hits.size(), 0, hits.stream().mapToLong(hit -> packed(hit, cells.cell(hit))).toArray());
  }

  /** These words as a value of the stream. */
  public static byte[] words(long... words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  /** These words as a record of the stream. */
  public static StreamRecord record(List<Long> words) {
    return new StreamRecord(words(words.stream().mapToLong(w -> w).toArray()), true, 0);
  }
}
