package org.driftwatch.pipelines.observe;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.PipelineResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Tells how far a batch is: on a terminal in one line that changes, else with a line now and then;
 * at its end what it was. Runners that show no metrics while they run show nothing but the end.
 */
public final class BatchProgress {
  private static final long FIRST_SECONDS = 2;
  private static final long SECONDS_ELSEWHERE = 30;
  private static final int WIDTH = 30;
  private static final double MEGA = 1e6;

  private final long bytes;
  private final PrintStream out;
  private final boolean isTerminal;
  private final long begun = System.nanoTime();
  private @Nullable ScheduledExecutorService timer;
  private boolean shown;

  /**
   * Of a batch of files.
   *
   * @param bytes how long they are together; 0 or less if that is not known
   * @param out takes the lines
   * @param isTerminal true if a line can be replaced by the next
   */
  public BatchProgress(long bytes, PrintStream out, boolean isTerminal) {
    this.bytes = bytes;
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** Begins to tell. */
  public synchronized void start(PipelineResult running) {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    long every = isTerminal ? 1 : SECONDS_ELSEWHERE;
    var unused =
        timer.scheduleAtFixedRate(
            () -> show(running), isTerminal ? FIRST_SECONDS : every, every, TimeUnit.SECONDS);
  }

  private synchronized void show(PipelineResult running) {
    MetricValues measured = MetricValues.of(running);
    String line = line(measured, seconds());
    if (timer == null || line.isEmpty()) {
      return;
    }
    if (isTerminal) {
      out.print("\r" + line + "  ");
      out.flush();
      shown = true;
    } else {
      out.println("batch: " + line);
    }
  }

  private String line(MetricValues measured, double seconds) {
    long read = measured.counter(PipelineMetrics.BYTES_READ);
    if (read == 0 || bytes <= 0) {
      return "";
    }
    // Where a part ends, what was read ahead is read again.
    double done = Math.min(1, read / (double) bytes);
    if (done == 1) {
      return "all files are read, counting";
    }
    int full = (int) (done * WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%, %,.0f of %,.0f MB, %s, %,.0f s left",
        "#".repeat(full),
        " ".repeat(WIDTH - full),
        100 * done,
        Math.min(read, bytes) / MEGA,
        bytes / MEGA,
        rate(records(measured), seconds),
        seconds * (1 - done) / done);
  }

  private static long records(MetricValues measured) {
    return measured.counter(PipelineMetrics.RECORDS)
        + measured.counters(PipelineMetrics.REJECTED).values().stream()
            .mapToLong(Long::longValue)
            .sum();
  }

  private static String rate(long records, double seconds) {
    return String.format(Locale.ROOT, "%.2f million records/s", records / seconds / MEGA);
  }

  private double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  /** Tells nothing more of the way. */
  public synchronized void stop() {
    if (timer != null) {
      timer.shutdownNow();
      timer = null;
    }
    if (shown) {
      out.print("\r" + " ".repeat(2 * WIDTH + WIDTH) + "\r");
      shown = false;
    }
  }

  /** Tells what the batch was. */
  public void end(PipelineResult ended) {
    MetricValues measured = MetricValues.of(ended);
    long malformed =
        measured.counters(PipelineMetrics.REJECTED).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    double seconds = seconds();
    out.printf(
        Locale.ROOT,
        "batch: %,d records in %.1f s, %s%s%n",
        measured.counter(PipelineMetrics.RECORDS),
        seconds,
        rate(records(measured), seconds),
        malformed == 0 ? "" : String.format(Locale.ROOT, "; %,d more are malformed", malformed));
  }
}
