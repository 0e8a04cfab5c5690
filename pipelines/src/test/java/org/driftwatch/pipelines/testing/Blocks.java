package org.driftwatch.pipelines.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.reference.StreamRecord;

/** Blocks of records as a reader hands them on. */
public final class Blocks {
  private static final String TOPIC = "stream";

  private Blocks() {}

  /** One block; offsets count from {@code firstOffset}. */
  public static RecordBlock of(List<StreamRecord> records, long firstOffset, long watermark) {
    RecordBlock.Builder block = new RecordBlock.Builder(TOPIC, records.size());
    for (int i = 0; i < records.size(); i++) {
      StreamRecord r = records.get(i);
      block.add(0, firstOffset + i, r.timestamp(), null, r.value(), r.format());
    }
    return block.build(watermark);
  }

  /** One block of records that came in time. */
  public static RecordBlock of(List<StreamRecord> records) {
    return of(records, 0, Long.MIN_VALUE);
  }

  /** The records in blocks of any size. */
  public static List<RecordBlock> split(List<StreamRecord> records, Random random) {
    List<RecordBlock> blocks = new ArrayList<>();
    int from = 0;
    while (from < records.size()) {
      int to =
          Math.min(records.size(), from + 1 + random.nextInt(1 + random.nextInt(records.size())));
      blocks.add(of(records.subList(from, to), from, Long.MIN_VALUE));
      from = to;
    }
    return blocks;
  }

  /** The earliest timestamp of a block: its element's own. */
  public static org.joda.time.Instant earliest(RecordBlock block) {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < block.size(); i++) {
      earliest = Math.min(earliest, block.timestamp(i));
    }
    return org.joda.time.Instant.ofEpochMilli(earliest);
  }
}
