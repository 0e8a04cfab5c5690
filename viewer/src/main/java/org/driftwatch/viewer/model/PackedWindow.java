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
  private final WindowLabels labels;
  private final PackedCounts counts;

  private PackedWindow(long[] cells, WindowLabels labels, PackedCounts counts) {
    this.cells = cells;
    this.labels = labels;
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
    WindowLabels labels = WindowLabels.of(summary);
    long[] row = labels.channels().counts().counts(summary);
    return of(span, summary.revision(), summary.incomplete(), labels, row, PackedCounts.pack(row));
  }

  /** A window of a row that was packed already; the row itself is not kept. */
  static PackedWindow of(
      WindowSummary.Span span,
      int revision,
      boolean incomplete,
      WindowLabels labels,
      long[] row,
      PackedCounts counts) {
    int chambers = labels.channels().chambers();
    long[] cells = new long[Column.width(chambers)];
    System.arraycopy(row, 0, cells, 0, SummaryLayout.CHAMBER_HITS);
    System.arraycopy(row, SummaryLayout.CHAMBER_HITS, cells, Column.chamber(0).place(), chambers);
    cells[Column.REVISION.place()] = revision;
    cells[Column.INCOMPLETE.place()] = incomplete ? 1 : 0;
    cells[Column.START.place()] = span.start().toEpochMilli();
    cells[Column.END.place()] = span.end().toEpochMilli();
    return new PackedWindow(cells, labels, counts);
  }

  /** First instant of the window. */
  public Instant start() {
    return Instant.ofEpochMilli(cells[Column.START.place()]);
  }

  /** The instant after its last. */
  public Instant end() {
    return Instant.ofEpochMilli(cells[Column.END.place()]);
  }

  /** What its bins stand for. */
  public ChannelLayout channels() {
    return labels.channels();
  }

  /** The summary, whole. */
  public WindowSummary summary() {
    return summary(cells, 0, labels, counts);
  }

  static WindowSummary summary(long[] cells, int from, WindowLabels labels, PackedCounts counts) {
    ChannelLayout channels = labels.channels();
    return channels
        .counts()
        .summary(
            new WindowSummary.Head(
                Optional.of(
                    new WindowSummary.Span(
                        Instant.ofEpochMilli(cells[from + Column.START.place()]),
                        Instant.ofEpochMilli(cells[from + Column.END.place()]))),
                (int) cells[from + Column.REVISION.place()],
                cells[from + Column.INCOMPLETE.place()] != 0,
                labels.runs()),
            channels::firstChannel,
            counts.unpack());
  }

  long[] cells() {
    return cells;
  }

  WindowLabels labels() {
    return labels;
  }

  PackedCounts counts() {
    return counts;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PackedWindow w
        && Arrays.equals(cells, w.cells)
        && labels.equals(w.labels)
        && counts.equals(w.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells);
  }
}
