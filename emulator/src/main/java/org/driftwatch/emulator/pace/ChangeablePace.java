package org.driftwatch.emulator.pace;

import java.util.concurrent.atomic.AtomicReference;
import org.driftwatch.emulator.source.RowBatch;

/**
 * A pace that can be exchanged for another while the stream runs, from any thread. The new one
 * begins at once, with the row that is next: neither does it wait for what the old one would have
 * waited for, nor make up for what that was behind.
 */
public final class ChangeablePace implements Pace {
  /** Makes paces of what is chosen while the stream runs. */
  @FunctionalInterface
  public interface Maker {
    /**
     * A pace.
     *
     * @param startNs when it begins, ns since the start of the stream; its due times count from
     *     there
     */
    Pace make(PaceChoice choice, long startNs);
  }

  private final StreamClock clock;
  private final Maker maker;
  private final AtomicReference<PaceChoice> wanted = new AtomicReference<>();

  private Pace pace;
  private long start;
  private long due;
  private volatile PaceChoice inForce;

  /**
   * Begins with one pace.
   *
   * @param maker makes what is chosen later
   */
  public ChangeablePace(Pace first, StreamClock clock, Maker maker) {
    pace = first;
    this.clock = clock;
    this.maker = maker;
  }

  /** Exchanges the pace; from any thread. */
  public void change(PaceChoice choice) {
    wanted.set(choice);
    inForce = choice;
    clock.wake();
  }

  /** What was chosen last; null while the first pace is in force. From any thread. */
  public PaceChoice chosen() {
    return inForce;
  }

  @Override
  public long due(RowBatch batch, int i) {
    if (wanted.get() != null) {
      start = clock.now();
      pace = maker.make(wanted.getAndSet(null), start);
    }
    due = start + pace.due(batch, i);
    return due;
  }

  /**
   * When the row asked for last is due, ns since the start of the stream. In the sending thread.
   */
  public long lastDue() {
    return due;
  }

  @Override
  public void sent() {
    pace.sent();
  }
}
