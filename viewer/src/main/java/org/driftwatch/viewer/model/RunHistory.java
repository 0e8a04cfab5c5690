package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.WindowSummary;

/**
 * All windows of the run, the newest message of each, packed small, and their running sum. A window
 * put again replaces its predecessor everywhere, sums included, whatever its revision: the last
 * message of a key holds. Sums add cell by cell, also where the mapping of channels changed between
 * windows; they bear the newest window's channels.
 *
 * <p>Not safe for several threads: it belongs to the thread that reads the topic. What it gives out
 * is immutable.
 */
public final class RunHistory {
  private record Window(ChannelLayout channels, PackedCounts counts) {}

  private WindowSeries series = WindowSeries.EMPTY;
  private final List<Window> windows = new ArrayList<>();
  private final long[] sum = new long[SummaryVector.LENGTH];
  private ChannelLayout lastLayout;

  /**
   * Adds a window or replaces the one with the same start.
   *
   * @throws IllegalArgumentException where the summary has no window, or its occupancy bins are not
   *     one per TDC channel; the history is then as before
   */
  public void put(WindowSummary summary) {
    WindowSummary.Span span =
        summary
            .window()
            .orElseThrow(
                () -> new IllegalArgumentException("window is null, expected its start and end"));
    ChannelLayout channels = shared(ChannelLayout.of(summary));
    long[] row = SummaryVector.of(summary);
    Window window = new Window(channels, PackedCounts.pack(row));
    int at = series.indexOf(span.start());
    if (at >= 0) {
      subtract(windows.set(at, window));
    } else {
      windows.add(-at - 1, window);
    }
    for (int i = 0; i < row.length; i++) {
      sum[i] += row[i];
    }
    series = series.with(span, summary);
  }

  /** Takes a window out, as a deleted key asks; false where there is none of this start. */
  public boolean remove(Instant start) {
    int at = series.indexOf(start);
    if (at < 0) {
      return false;
    }
    subtract(windows.remove(at));
    series = series.without(at);
    return true;
  }

  /** Forgets everything. */
  public void clear() {
    series = WindowSeries.EMPTY;
    windows.clear();
    java.util.Arrays.fill(sum, 0);
  }

  private void subtract(Window window) {
    long[] row = window.counts().unpack();
    for (int i = 0; i < row.length; i++) {
      sum[i] -= row[i];
    }
  }

  private ChannelLayout shared(ChannelLayout layout) {
    if (!layout.equals(lastLayout)) {
      lastLayout = layout;
    }
    return lastLayout;
  }

  /** The numbers of each window over time. */
  public WindowSeries series() {
    return series;
  }

  /** The window with the latest start. */
  public Optional<WindowSummary> newest() {
    return series.isEmpty() ? Optional.empty() : Optional.of(window(series.size() - 1));
  }

  /** Window {@code i}, 0 being the earliest. */
  public WindowSummary window(int i) {
    Window window = windows.get(i);
    return SummaryVector.summary(
        Optional.of(new WindowSummary.Span(series.start(i), series.end(i))),
        (int) series.get(WindowSeries.Column.REVISION, i),
        window.channels(),
        window.counts().unpack());
  }

  /** The sum of all windows; its span reaches from the first start to the last window's end. */
  public Optional<WindowSummary> sum() {
    if (series.isEmpty()) {
      return Optional.empty();
    }
    int last = series.size() - 1;
    return Optional.of(
        SummaryVector.summary(
            Optional.of(new WindowSummary.Span(series.start(0), series.end(last))),
            0,
            windows.get(last).channels(),
            sum));
  }

  /** Bytes that the packed windows take. */
  public long packedBytes() {
    long bytes = 0;
    for (Window window : windows) {
      bytes += window.counts().size();
    }
    return bytes;
  }
}
