package org.driftwatch.emulator;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.function.LongSupplier;
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

  private final LongSupplier rows;
  private final LongSupplier done;
  private final DoubleFunction<String> line;
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
   * Shows nothing yet. What it asks is asked in a thread of its own.
   *
   * @param rows rows so far
   * @param done those of them that are settled, which the bar shows
   * @param line the line at a rate in rows per second
   * @param lines takes a line now and then
   */
  Progress(
      LongSupplier rows, LongSupplier done, DoubleFunction<String> line, Consumer<String> lines) {
    this.rows = rows;
    this.done = done;
    this.line = line;
    this.lines = lines;
  }

  /** Shows how a stream to a topic goes. */
  static Progress ofTopic(Emulation emulation, Tally tally, Consumer<String> lines) {
    return new Progress(
        tally::rows, tally::acknowledged, rate -> line(emulation, tally, rate), lines);
  }

  private static String line(Emulation emulation, Tally tally, double rate) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%d records sent, %.0f/s, %d acknowledged",
                tally.rows(),
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

  /**
   * Starts to show it.
   *
   * @param expectedRows how many there will be, if known
   */
  void show(OptionalLong expectedRows) {
    if (hasTerminal()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("emulator")
              .setInitialMax(expectedRows.orElse(-1))
              .setStyle(ProgressBarStyle.ASCII)
              .setUnit(" records", 1)
              .showSpeed()
              .setUpdateIntervalMillis(MILLIS_PER_STEP)
              .build();
      every(MILLIS_PER_STEP, () -> bar.stepTo(done.getAsLong()));
    } else {
      every(MILLIS_PER_LINE, () -> lines.accept(line.apply(rate())));
    }
  }

  @SuppressWarnings("SystemConsoleNull") // the build holds us to Java 17
  private static boolean hasTerminal() {
    return System.console() != null;
  }

  private void every(long millis, Runnable step) {
    var unused = timer.scheduleAtFixedRate(step, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Rows per second since it was asked for last. */
  private double rate() {
    long now = rows.getAsLong();
    long nanos = System.nanoTime();
    double rate = (now - lastRows) * 1e9 / (nanos - lastNanos);
    lastRows = now;
    lastNanos = nanos;
    return rate;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    if (bar != null) {
      bar.stepTo(done.getAsLong());
      bar.close();
    }
  }
}
