package org.driftwatch.benchmarks.quality;

import java.io.IOException;
import java.util.List;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.emulator.pace.Pace;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.RowBatch;

/**
 * Plays rows to several lanes, faster than time. The first lane takes all rows as they are; the
 * others begin as copies of it, and go their own way from some second on. Not safe for use by
 * several threads.
 */
final class VirtualRun {
  private static final int BATCH_ROWS = 4096;

  private final RecordSource source;
  private final Pace pace;
  private final Lane trunk;
  private final List<Lane> branches;
  private final RowBatch batch;
  private long rows;

  /**
   * A run yet to be played.
   *
   * @param pace when rows are due, by the detector's time or so many a second
   */
  VirtualRun(
      DetectorDescription detector,
      RecordSource source,
      Pace pace,
      Lane trunk,
      List<Lane> branches) {
    this.source = source;
    this.trunk = trunk;
    this.branches = branches;
    this.pace = pace;
    batch = new RowBatch(new RecordPacking(detector), BATCH_ROWS);
  }

  /** Plays rows until all lanes have ended, or the source has. */
  void play() throws IOException {
    while (!trunk.isOver() || branches.stream().anyMatch(lane -> !lane.isOver())) {
      batch.clear();
      if (!source.read(batch)) {
        trunk.flush();
        branches.forEach(Lane::flush);
        tell();
        return;
      }
      for (int i = 0; i < batch.size(); i++) {
        long due = pace.due(batch, i);
        trunk.row(batch, i, due);
        for (Lane branch : branches) {
          branch.row(batch, i, due);
        }
        pace.sent();
      }
      rows += batch.size();
      tell();
    }
  }

  /**
   * Tells of the seconds that are complete: those of the trunk first, which branches go on from.
   */
  private void tell() {
    for (Second second : trunk.take()) {
      trunk.second(second);
      branches.forEach(branch -> branch.secondOfTrunk(second));
    }
    for (Lane branch : branches) {
      branch.take().forEach(branch::second);
    }
  }

  /** Rows played. */
  long rows() {
    return rows;
  }
}
