package org.driftwatch.emulator.pace;

/** A clock that moves only when waited on, or when told. */
public final class FakeClock implements StreamClock {
  private long now;
  private int waits;
  private Runnable onWait = () -> {};

  @Override
  public long now() {
    return now;
  }

  @Override
  public long epochMillis(long nanos) {
    return nanos / 1_000_000;
  }

  @Override
  public void waitUntil(long nanos) {
    waits++;
    now = Math.max(now, nanos);
    onWait.run();
  }

  @Override
  public void wake() {}

  /** Lets time pass. */
  public void pass(long nanos) {
    now += nanos;
  }

  /** Does this at the end of each wait. */
  public void onWait(Runnable action) {
    onWait = action;
  }

  /** Waits so far. */
  public int waits() {
    return waits;
  }
}
