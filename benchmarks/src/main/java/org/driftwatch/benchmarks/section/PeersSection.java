package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.util.List;
import org.driftwatch.benchmarks.process.Contestant;
import org.driftwatch.benchmarks.stream.StreamShape;

/**
 * Ours and the peers on one stream: a JSON hit per record, two partitions, so that those who work
 * partition by partition have two cores' worth.
 */
final class PeersSection {
  private static final int ROWS_PER_SECOND = 400_000;
  private static final int WINDOWS = 32;
  private static final int PARTITIONS = 2;

  private PeersSection() {}

  static void run(Bench bench) throws IOException, InterruptedException {
    int rows = bench.scale().seconds() * ROWS_PER_SECOND / WINDOWS;
    Sustained.measure(
        bench,
        Section.PEERS,
        StreamShape.json(WINDOWS, rows, PARTITIONS),
        List.of(Contestant.values()));
  }
}
