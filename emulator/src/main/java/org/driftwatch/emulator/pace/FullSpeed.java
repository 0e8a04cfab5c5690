package org.driftwatch.emulator.pace;

import org.driftwatch.emulator.source.RowBatch;

/** Every row is due now. */
public final class FullSpeed implements Pace {
  private static final int ROWS_PER_LOOK = 64;

  private final StreamClock clock;
  private final long startNs;
  private long now;
  private int sinceLook = ROWS_PER_LOOK;

  /** As fast as the sender takes them. */
  public FullSpeed(StreamClock clock) {
    this(clock, 0);
  }

  /**
   * As fast as the sender takes them, from some moment on.
   *
   * @param startNs the moment that due times count from, by the clock
   */
  public FullSpeed(StreamClock clock, long startNs) {
    this.clock = clock;
    this.startNs = startNs;
  }

  @Override
  public long due(RowBatch batch, int i) {
    if (sinceLook >= ROWS_PER_LOOK || i == 0) {
      now = clock.now() - startNs;
      sinceLook = 0;
    }
    return now;
  }

  @Override
  public void sent() {
    sinceLook++;
  }
}
