package org.driftwatch.pipelines.orbits;

import java.util.List;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.reference.StreamRecord;

/** Hits of tests, both as the combiner and as the reference take them. */
public final class PackedHits {
  private PackedHits() {}

  /** A block of these hits, DAQ words. */
  public static WordBlock block(RunConfiguration run, List<Long> words) {
    ChannelMap map = new ChannelMap(run);
    return new WordBlock(
        words.size(), 0, words.stream().mapToLong(w -> PackedHit.of(w, map.cell(w))).toArray());
  }

  /** The same hits as a record of the stream. */
  public static StreamRecord record(List<Long> words) {
    RecordWriter block = new RecordWriter();
    words.forEach(block::word);
    return new StreamRecord(block.take(), true, 0);
  }
}
