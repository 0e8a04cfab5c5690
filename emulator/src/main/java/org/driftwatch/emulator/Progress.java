package org.driftwatch.emulator;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.driftwatch.emulator.send.Tally;

/**
 * Shows how the stream goes: a bar if it has the terminal to itself, else a line now and then. The
 * counters are read by a thread of its own.
 */
final class Progress implements AutoCloseable {
  private static final int MILLIS_PER_LINE = 10_000;
  private static final int MILLIS_PER_STEP = 500;

  private final Emulation emulation;
  private final Tally tally;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private final Consumer<String> lines;
  private ProgressBar bar;
  private long lastRows;
  private long lastNanos = System.nanoTime();

  /**
   * Shows nothing yet.
   *
   * @param lines takes a line now and then
   */
  Progress(Emulation emulation, Tally tally, Consumer<String> lines) {
    this.emulation = emulation;
    this.tally = tally;
    this.lines = lines;
  }

  /**
   * Starts to show it.
   *
   * @param expectedRows how many there will be, if known
   * @param terminal true if the output is a terminal that shows a bar
   */
  void show(OptionalLong expectedRows, boolean terminal) {
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("emulator")
              .setInitialMax(expectedRows.orElse(-1))
              .setStyle(ProgressBarStyle.ASCII)
              .setUnit(" records", 1)
              .showSpeed()
              .setUpdateIntervalMillis(MILLIS_PER_STEP)
              .build();
      every(MILLIS_PER_STEP, () -> bar.stepTo(tally.acknowledged()));
    } else {
      every(MILLIS_PER_LINE, () -> lines.accept(line()));
    }
  }

  private void every(long millis, Runnable step) {
    var unused = timer.scheduleAtFixedRate(step, millis, millis, TimeUnit.MILLISECONDS);
  }

  private String line() {
    long rows = tally.rows();
    long nanos = System.nanoTime();
    double rate = (rows - lastRows) * 1e9 / (nanos - lastNanos);
    lastRows = rows;
    lastNanos = nanos;
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%d records sent, %.0f/s, %d acknowledged",
                rows,
                rate,
                tally.acknowledged()));
    double behind = emulation.behindNs() / 1e9;
    if (behind >= 1) {
      line.append(String.format(Locale.ROOT, ", %.1f s behind", behind));
    }
    if (tally.failed() > 0) {
      line.append(", ").append(tally.failed()).append(" failed: ").append(tally.reason());
    }
    return line.toString();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    if (bar != null) {
      bar.stepTo(tally.acknowledged());
      bar.close();
    }
  }
}
