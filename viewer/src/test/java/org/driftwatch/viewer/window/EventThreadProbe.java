package org.driftwatch.viewer.window;

import java.awt.Dimension;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.swing.SwingUtilities;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Judging;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Theme;
import org.driftwatch.viewer.view.ViewState;

/**
 * Opens the window, feeds it far faster than it may draw, and meanwhile asks the event thread again
 * and again how long it takes to answer. Prints: answers, frames, seconds, median, 99th percentile
 * and longest answer in microseconds; the event thread's CPU time of a frame, microseconds; the
 * rows of the history and the bytes that they take.
 *
 * <p>The argument is how many windows of a second are there before; a day of them by default.
 */
final class EventThreadProbe {
  private static final int WARM_UP_SECONDS = 4;
  private static final int SECONDS = 6;

  private static final int DAY = 86_400;
  private static final int KINDS = 64;

  private static final CountDownLatch FED = new CountDownLatch(1);

  private static final AtomicReference<Snapshot> LAST = new AtomicReference<>();

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
                      Clocks.system(),
                      new Judging(ForkJoinPool.commonPool(), SwingUtilities::invokeLater)),
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
    int windows = args.length == 0 ? DAY : Integer.parseInt(args[0]);
    Thread feeder = new Thread(() -> feed(pacer, windows), "feeder");
    feeder.setDaemon(true);
    feeder.start();
    FED.await();
    ask(WARM_UP_SECONDS);
    frames.set(0);
    long before = eventThreadNanos();
    long[] micros = ask(SECONDS);
    long used = TimeUnit.NANOSECONDS.toMicros(eventThreadNanos() - before);
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
            + micros[micros.length - 1]
            + " "
            + used / Math.max(1, frames.get())
            + " "
            + LAST.get().series().size()
            + " "
            + LAST.get().series().bytes());
    System.exit(0);
  }

  private static void feed(FramePacer pacer, int windows) {
    Random random = new Random(9);
    SnapshotFeed feed =
        new SnapshotFeed(
            new Connection(Connection.State.LIVE, "probe"),
            Clocks.system(),
            snapshot -> {
              LAST.set(snapshot);
              pacer.offer(snapshot);
            });
    WindowSummary[] kinds = new WindowSummary[KINDS];
    Arrays.setAll(kinds, i -> Summaries.window(0, 0, random));
    for (int n = 0; ; n++) {
      Instant start = Summaries.START.plusSeconds(n);
      feed.window(Summaries.at(start, start.plusSeconds(1), kinds[n % KINDS]), start);
      if (n >= windows) {
        FED.countDown();
        feed.batchEnded();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }

  private static long eventThreadNanos() throws Exception {
    long[] nanos = new long[1];
    SwingUtilities.invokeAndWait(
        () -> nanos[0] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    return nanos[0];
  }

  private static long[] ask(int seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long[] micros = new long[1_000_000];
    int n = 0;
    while (System.nanoTime() < end && n < micros.length) {
      long asked = System.nanoTime();
      SwingUtilities.invokeAndWait(() -> {});
      micros[n++] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - asked);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    return Arrays.copyOf(micros, n);
  }
}
