package org.driftwatch.viewer.window;

import java.awt.Dimension;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.SwingUtilities;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.verdict.Thresholds;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Theme;
import org.driftwatch.viewer.view.ViewState;

/**
 * Opens the window, feeds it far faster than it may draw, and meanwhile asks the event thread again
 * and again how long it takes to answer. Prints: answers, frames, seconds, median, 99th percentile
 * and longest answer in microseconds.
 */
final class EventThreadProbe {
  private static final int WARM_UP_SECONDS = 4;
  private static final int SECONDS = 6;

  /** A day of seconds. */
  private static final int WINDOWS = 86_400;

  private static final CountDownLatch FED = new CountDownLatch(1);

  private EventThreadProbe() {}

  public static void main(String[] args) throws Exception {
    ViewerWindow[] window = new ViewerWindow[1];
    AtomicInteger frames = new AtomicInteger();
    ViewState state = new ViewState(Page.OVERVIEW, Accumulation.sinceStart(), false, Theme.DARK);
    SwingUtilities.invokeAndWait(
        () -> {
          LookAndFeel.install(state.theme());
          window[0] =
              new ViewerWindow(
                  new DashboardModel(
                      Summaries.COURSE,
                      Thresholds.standard(),
                      Snapshot.empty(new Connection(Connection.State.LIVE, "probe")),
                      state,
                      Clock.systemUTC()),
                  new Dimension(1600, 1000),
                  Path.of(""),
                  rate -> {},
                  () -> {});
          window[0].open();
        });
    FramePacer pacer =
        new FramePacer(
            20,
            snapshot -> {
              frames.incrementAndGet();
              window[0].show(snapshot);
            });
    Thread feeder = new Thread(() -> feed(pacer), "feeder");
    feeder.setDaemon(true);
    feeder.start();
    FED.await();
    ask(WARM_UP_SECONDS);
    frames.set(0);
    long[] micros = ask(SECONDS);
    Arrays.sort(micros);
    System.out.println(
        micros.length
            + " "
            + frames.get()
            + " "
            + SECONDS
            + " "
            + micros[micros.length / 2]
            + " "
            + micros[micros.length * 99 / 100]
            + " "
            + micros[micros.length - 1]);
    System.exit(0);
  }

  private static void feed(FramePacer pacer) {
    Random random = new Random(9);
    SnapshotFeed feed =
        new SnapshotFeed(new Connection(Connection.State.LIVE, "probe"), pacer::offer);
    for (int n = 0; n < WINDOWS; n++) {
      feed.window(Summaries.window(n, 0, random), Summaries.start(n));
    }
    FED.countDown();
    for (int n = WINDOWS; ; n++) {
      feed.window(Summaries.window(n, 0, random), Summaries.start(n));
      feed.batchEnded();
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static long[] ask(int seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long[] micros = new long[1_000_000];
    int n = 0;
    while (System.nanoTime() < end && n < micros.length) {
      long asked = System.nanoTime();
      SwingUtilities.invokeAndWait(() -> {});
      micros[n++] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - asked);
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    return Arrays.copyOf(micros, n);
  }
}
