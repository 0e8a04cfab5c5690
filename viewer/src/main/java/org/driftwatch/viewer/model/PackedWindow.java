package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.WindowSeries.Column;

/** A window's summary as it is kept: its counts packed, its trend numbers at hand. Immutable. */
public final class PackedWindow {
  private final long[] cells;
  private final ChannelLayout channels;
  private final PackedCounts counts;

  private PackedWindow(long[] cells, ChannelLayout channels, PackedCounts counts) {
    this.cells = cells;
    this.channels = channels;
    this.counts = counts;
  }

  /**
   * Packs a summary.
   *
   * @throws IllegalArgumentException if the summary has no window, or its occupancy bins are not
   *     one per TDC channel
   */
  public static PackedWindow of(WindowSummary summary) {
    WindowSummary.Span span =
        summary
            .window()
            .orElseThrow(
                () -> new IllegalArgumentException("window is null, expected its start and end"));
    long[] row = SummaryLayout.counts(summary);
    return of(
        span,
        summary.revision(),
        summary.incomplete(),
        ChannelLayout.of(summary),
        row,
        PackedCounts.pack(row));
  }

  /** A window of a row that was packed already; the row itself is not kept. */
  static PackedWindow of(
      WindowSummary.Span span,
      int revision,
      boolean incomplete,
      ChannelLayout channels,
      long[] row,
      PackedCounts counts) {
    long[] cells = new long[WindowSeries.COLUMNS];
    System.arraycopy(row, 0, cells, 0, Column.ORBITS.place() + 1);
    cells[Column.REVISION.place()] = revision;
    cells[Column.INCOMPLETE.place()] = incomplete ? 1 : 0;
    cells[Column.START.place()] = span.start().toEpochMilli();
    cells[Column.END.place()] = span.end().toEpochMilli();
    return new PackedWindow(cells, channels, counts);
  }

  /** First instant of the window. */
  public Instant start() {
    return Instant.ofEpochMilli(cells[Column.START.place()]);
  }

  /** The instant after its last. */
  public Instant end() {
    return Instant.ofEpochMilli(cells[Column.END.place()]);
  }

  /** The summary, whole. */
  public WindowSummary summary() {
    return summary(cells, 0, channels, counts);
  }

  static WindowSummary summary(
      long[] cells, int from, ChannelLayout channels, PackedCounts counts) {
    return SummaryLayout.summary(
        Optional.of(
            new WindowSummary.Span(
                Instant.ofEpochMilli(cells[from + Column.START.place()]),
                Instant.ofEpochMilli(cells[from + Column.END.place()]))),
        (int) cells[from + Column.REVISION.place()],
        cells[from + Column.INCOMPLETE.place()] != 0,
        channels::firstChannel,
        counts.unpack());
  }

  long[] cells() {
    return cells;
  }

  ChannelLayout channels() {
    return channels;
  }

  PackedCounts counts() {
    return counts;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PackedWindow w
        && Arrays.equals(cells, w.cells)
        && channels.equals(w.channels)
        && counts.equals(w.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells);
  }
}
