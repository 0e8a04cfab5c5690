package org.driftwatch.viewer;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.driftwatch.telemetry.Readings;
import org.driftwatch.telemetry.Telemetry;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.MalformedMessage;
import org.driftwatch.viewer.model.PackedWindow;
import org.driftwatch.viewer.model.ResultsListener;

/**
 * Counts what the reader reports, on its way to the listener that shows it. The reader's thread
 * writes; read from any.
 */
final class ViewerMetrics implements ResultsListener, Telemetry.Source {
  private static final long NONE = Long.MIN_VALUE;

  private final ResultsListener listener;
  private final LongSupplier frames;
  private final Clock clock;
  private final AtomicLong summaries = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();
  private final AtomicLong restarts = new AtomicLong();
  private final AtomicLong newestEnd = new AtomicLong(NONE);
  private volatile boolean live;

  private ViewerMetrics(ResultsListener listener, LongSupplier frames, Clock clock) {
    this.listener = listener;
    this.frames = frames;
    this.clock = clock;
  }

  /**
   * Counts for a listener, and shows it for as long as the viewer runs.
   *
   * @param frames how often the window was drawn anew, asked from any thread
   * @param port port on 127.0.0.1 for Prometheus, 0 for any free one; empty for none
   * @throws IOException if the port cannot be used, with one line that says so
   */
  static ViewerMetrics shown(ResultsListener listener, LongSupplier frames, OptionalInt port)
      throws IOException {
    ViewerMetrics metrics = new ViewerMetrics(listener, frames, Clock.systemUTC());
    try {
      Telemetry.show("viewer", port, metrics)
          .address()
          .ifPresent(address -> System.err.println("viewer: metrics at " + address));
    } catch (IOException e) {
      throw new IOException("--metrics-port: " + e.getMessage(), e);
    }
    return metrics;
  }

  @Override
  public void read(Readings readings) {
    readings.counter(
        "driftwatch_viewer_summaries",
        "Window summaries read from the results, refinements included.",
        summaries.get());
    readings.counter(
        "driftwatch_viewer_malformed_messages",
        "Messages of the results that could not be read.",
        malformed.get());
    readings.counter(
        "driftwatch_viewer_restarts",
        "Times the results were read again from their beginning.",
        restarts.get());
    readings.counter(
        "driftwatch_viewer_frames",
        "Times that the window was drawn with new results; none in a terminal.",
        frames.getAsLong());
    readings.gauge(
        "driftwatch_viewer_live",
        "1 if all results are read and new ones arrive as they are published, else 0.",
        live ? 1 : 0);
    long end = newestEnd.get();
    if (end != NONE) {
      readings.gauge(
          "driftwatch_viewer_window_age_seconds",
          "Time since the end of the newest window read.",
          (clock.millis() - end) / 1e3);
    }
  }

  @Override
  public void connection(Connection connection) {
    live = connection.state() == Connection.State.LIVE;
    listener.connection(connection);
  }

  @Override
  public void window(PackedWindow window, Instant published) {
    count(window);
    listener.window(window, published);
  }

  @Override
  public void windowOfPast(PackedWindow window, Instant published) {
    count(window);
    listener.windowOfPast(window, published);
  }

  private void count(PackedWindow window) {
    summaries.incrementAndGet();
    newestEnd.accumulateAndGet(window.end().toEpochMilli(), Math::max);
  }

  @Override
  public void deleted(Instant windowStart) {
    listener.deleted(windowStart);
  }

  @Override
  public void deletedInPast(Instant windowStart) {
    listener.deletedInPast(windowStart);
  }

  @Override
  public boolean lacksPast() {
    return listener.lacksPast();
  }

  @Override
  public void malformed(MalformedMessage message) {
    malformed.incrementAndGet();
    listener.malformed(message);
  }

  @Override
  public void restarted() {
    restarts.incrementAndGet();
    newestEnd.set(NONE);
    listener.restarted();
  }

  @Override
  public void batchEnded() {
    listener.batchEnded();
  }
}
