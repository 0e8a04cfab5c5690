package org.driftwatch.emulator.faults;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.RowBatch;

/** Rows whose orbit counter is set to a small number now and then, and counts on from there. */
final class FaultyRows implements RecordSource {
  private static final int FIRST_ORBITS = 1_000_000;

  private final RecordSource source;
  private final List<FaultInjection.Plan> plans;
  private final Random random;
  private final InjectionLog log;
  private final RecordPacking packing;
  private final long counterMask;
  private RowBatch read;
  private long row;
  private long shift;

  FaultyRows(
      DetectorDescription detector,
      RecordSource source,
      List<FaultInjection.Plan> plans,
      Random random,
      InjectionLog log) {
    packing = new RecordPacking(detector);
    counterMask = detector.clock().lastOrbit();
    read = new RowBatch(packing, 0);
    this.source = source;
    this.plans = plans;
    this.random = random;
    this.log = log;
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    if (read.room() != batch.room()) {
      read = new RowBatch(packing, batch.room());
    }
    boolean more;
    try {
      more = source.read(read);
    } finally {
      for (int i = 0; i < read.size(); i++, row++) {
        add(i, batch);
      }
      read.clear();
    }
    return more;
  }

  private void add(int i, RowBatch batch) {
    batch.setRun(read.run(i));
    if (read.isWide(i)) {
      DaqRecord r = read.row(i);
      batch.add(r.head(), r.board(), r.channel(), shifted(r.orbit()), r.crossing(), r.tick());
      return;
    }
    if (read.isHit(i)) {
      for (FaultInjection.Plan plan : plans) {
        if (plan.isDue(row)) {
          reset(plan.injection.label(), read.orbit(i));
        }
      }
    }
    long orbit = shifted(read.orbit(i));
    batch.add(packing.layout().withOrbit(read.word(i), orbit), packing.layout().orbitAbove(orbit));
  }

  private void reset(String label, long orbit) {
    shift = random.nextInt(FIRST_ORBITS) - orbit;
    log.count(label);
    log.line(
        label,
        row,
        ",\"orbit\":"
            + Long.toUnsignedString(orbit)
            + ",\"sent_as\":"
            + Long.toUnsignedString(shifted(orbit))
            + ",\"shift\":"
            + shift);
  }

  private long shifted(long orbit) {
    return shift == 0 || !packing.isOrbit(orbit) ? orbit : (orbit + shift) & counterMask;
  }

  @Override
  public void ended(int rows) {
    source.ended(rows);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
