package org.driftwatch.viewer.window;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.driftwatch.viewer.model.Snapshot;

/**
 * Hands snapshots to the event thread, no more often than it can draw: of those that come in
 * between, only the newest is shown. {@link #offer} may be called from any thread and never waits.
 */
public final class FramePacer {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long intervalNanos;
  private final Consumer<Snapshot> screen;
  private final AtomicReference<Snapshot> pending = new AtomicReference<>();
  private final AtomicLong frames = new AtomicLong();
  private long shownAt;

  /**
   * A pacer.
   *
   * @param framesPerSecond at most this many snapshots are shown a second
   * @param screen shows one; called on the event thread
   */
  public FramePacer(int framesPerSecond, Consumer<Snapshot> screen) {
    this.intervalNanos = 1_000_000_000L / framesPerSecond;
    this.screen = screen;
    this.shownAt = System.nanoTime() - intervalNanos;
  }

  /** Shows this snapshot soon, unless a newer one comes before its turn. */
  public void offer(Snapshot snapshot) {
    if (pending.getAndSet(snapshot) == null) {
      SwingUtilities.invokeLater(this::schedule);
    }
  }

  private void schedule() {
    long wait = shownAt + intervalNanos - System.nanoTime();
    if (wait <= 0) {
      show();
    } else {
      Timer timer = new Timer((int) (wait / NANOS_PER_MILLI) + 1, event -> show());
      timer.setRepeats(false);
      timer.start();
    }
  }

  private void show() {
    shownAt = System.nanoTime();
    frames.incrementAndGet();
    screen.accept(pending.getAndSet(null));
  }

  /** How many snapshots were shown. From any thread. */
  public long frames() {
    return frames.get();
  }
}
