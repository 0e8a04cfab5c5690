package org.driftwatch.emulator.faults;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.HitWord;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.RowBatch;

/** Rows whose orbit counter is set to a small number now and then, and counts on from there. */
final class FaultyRows implements RecordSource {
  private static final int FIRST_ORBITS = 1_000_000;

  private final RecordSource source;
  private final List<FaultInjection.Plan> plans;
  private final Random random;
  private final InjectionLog log;
  private RowBatch read = new RowBatch(0);
  private long row;
  private long shift;

  FaultyRows(
      RecordSource source, List<FaultInjection.Plan> plans, Random random, InjectionLog log) {
    this.source = source;
    this.plans = plans;
    this.random = random;
    this.log = log;
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    if (read.room() != batch.room()) {
      read = new RowBatch(batch.room());
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
    if (read.isWide(i)) {
      DaqRecord wide = read.row(i);
      batch.add(
          new DaqRecord(
              wide.head(),
              wide.fpga(),
              wide.channel(),
              shifted(wide.orbit()),
              wide.bx(),
              wide.tdc()));
      return;
    }
    long word = read.word(i);
    if (read.isHit(i)) {
      for (FaultInjection.Plan plan : plans) {
        if (plan.isDue(row)) {
          reset(plan.injection.label(), HitWord.orbit(word));
        }
      }
    }
    batch.add(
        HitWord.of(
            HitWord.head(word),
            HitWord.fpga(word),
            HitWord.channel(word),
            shifted(HitWord.orbit(word)),
            HitWord.bx(word),
            HitWord.tdc(word)));
  }

  private void reset(String label, long orbit) {
    shift = random.nextInt(FIRST_ORBITS) - orbit;
    log.count(label);
    log.line(
        label,
        row,
        ",\"orbit\":" + orbit + ",\"sent_as\":" + shifted(orbit) + ",\"shift\":" + shift);
  }

  private long shifted(long orbit) {
    return shift == 0 || orbit < 0 || orbit > HitWord.MAX_ORBIT
        ? orbit
        : (orbit + shift) & HitWord.MAX_ORBIT;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
