package org.driftwatch.emulator.pace;

import org.driftwatch.emulator.source.RowBatch;

/** Every row is due now. */
public final class FullSpeed implements Pace {
  private static final int ROWS_PER_LOOK = 64;

  private final StreamClock clock;
  private long now;
  private int sinceLook = ROWS_PER_LOOK;

  /** As fast as the sender takes them. */
  public FullSpeed(StreamClock clock) {
    this.clock = clock;
  }

  @Override
  public long due(RowBatch batch, int i) {
    if (sinceLook >= ROWS_PER_LOOK || i == 0) {
      now = clock.now();
      sinceLook = 0;
    }
    return now;
  }

  @Override
  public void sent() {
    sinceLook++;
  }
}
