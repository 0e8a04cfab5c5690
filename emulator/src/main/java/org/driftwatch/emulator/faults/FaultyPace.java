package org.driftwatch.emulator.faults;

import org.driftwatch.emulator.pace.Pace;
import org.driftwatch.emulator.source.RowBatch;

/** A pace with silences and bursts in it. */
final class FaultyPace implements Pace {
  private final Pace pace;
  private final boolean asFastAsPossible;
  private final FaultInjection faults;

  private boolean begun;
  private long shift;
  private long until = Long.MIN_VALUE;
  private long burstLeft;
  private long burstAt;

  /**
   * Disturbs a pace.
   *
   * @param asFastAsPossible true if its due times follow the clock by themselves
   */
  FaultyPace(Pace pace, boolean asFastAsPossible, FaultInjection faults) {
    this.pace = pace;
    this.asFastAsPossible = asFastAsPossible;
    this.faults = faults;
  }

  @Override
  public long due(RowBatch batch, int i) {
    long due = pace.due(batch, i) + shift;
    if (!begun) {
      begun = true;
      long silence = faults.silenceMillis();
      if (silence > 0) {
        until = due + silence * 1_000_000;
      }
      long burst = faults.burstRows();
      if (burst > 0 && burstLeft == 0) {
        burstLeft = burst;
        burstAt = Math.max(due, until);
      }
    }
    long last = Math.max(burstLeft > 0 ? burstAt : due, until);
    if (!asFastAsPossible) {
      shift += last - due;
    }
    return last;
  }

  @Override
  public void sent() {
    begun = false;
    burstLeft = Math.max(0, burstLeft - 1);
    faults.rowPaced();
    pace.sent();
  }
}
