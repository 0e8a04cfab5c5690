package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.WindowSeries.Column;

/**
 * A window's summary as it is kept, packed; or several of them, joined into one row. Its numbers
 * are, in this order: the {@link Column}s but start and end, and the other counts of the {@link
 * SummaryLayout}. Immutable.
 */
public final class PackedWindow {
  /** Bytes that a row takes beside its packed numbers: itself, its array, a place in a chunk. */
  private static final int OVERHEAD = 64;

  private final long start;

  /** Its first packed number, at hand because drawing asks for it all the time. */
  private final long span;

  private final byte[] packed;
  private final WindowLabels labels;
  private final WindowStarts joined;

  private PackedWindow(
      long start, long span, byte[] packed, WindowLabels labels, WindowStarts joined) {
    this.start = start;
    this.span = span;
    this.packed = packed;
    this.labels = labels;
    this.joined = joined;
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
    SummaryLayout layout = labels.channels().counts();
    long[] row = new long[numbers(layout)];
    System.arraycopy(layout.counts(summary), 0, row, Column.HEAD, layout.size());
    head(row, span, summary.revision(), summary.incomplete());
    return of(span, PackedCounts.pack(row), labels);
  }

  /** How many numbers a row of this layout has. */
  static int numbers(SummaryLayout layout) {
    return Column.HEAD + layout.size();
  }

  /** Writes what a row has in front of its counts. */
  static void head(long[] row, WindowSummary.Span span, int revision, boolean incomplete) {
    long length = span.end().toEpochMilli() - span.start().toEpochMilli();
    row[Column.SPAN] = length;
    row[Column.LENGTH.place()] = length;
    row[Column.WINDOWS.place()] = 1;
    row[Column.REVISION.place()] = revision;
    row[Column.INCOMPLETE.place()] = incomplete ? 1 : 0;
  }

  /**
   * A window of packed numbers.
   *
   * @param packed what {@link #head} writes, then the counts of the labels' layout
   */
  static PackedWindow of(WindowSummary.Span span, byte[] packed, WindowLabels labels) {
    long start = span.start().toEpochMilli();
    return new PackedWindow(
        start, span.end().toEpochMilli() - start, packed, labels, WindowStarts.NONE);
  }

  /**
   * Joins windows into one row: its numbers are their sums, its span reaches from the first start
   * to the last end, its runs are those of all, its channels the last one's.
   *
   * @param windows at least one, of one layout, ordered by start; may be joined ones
   */
  static PackedWindow join(List<PackedWindow> windows) {
    PackedWindow first = windows.get(0);
    if (windows.size() == 1) {
      return first;
    }
    WindowLabels last = windows.get(windows.size() - 1).labels;
    long[] row = new long[numbers(last.channels().counts())];
    LongStream.Builder starts = LongStream.builder();
    TreeSet<Long> runs = new TreeSet<>();
    long end = Long.MIN_VALUE;
    for (PackedWindow window : windows) {
      PackedCounts.add(window.packed, row);
      end = Math.max(end, window.get(Column.END));
      runs.addAll(window.labels.runs());
      if (window.isJoined()) {
        window.joined.forEach(starts);
      } else {
        starts.add(window.start);
      }
    }
    row[Column.SPAN] = end - first.start;
    WindowLabels labels =
        runs.size() == last.runs().size()
            ? last
            : new WindowLabels(last.channels(), List.copyOf(runs));
    return new PackedWindow(
        first.start,
        row[Column.SPAN],
        PackedCounts.pack(row),
        labels,
        WindowStarts.of(starts.build().sorted().toArray()));
  }

  /** First instant of the window. */
  public Instant start() {
    return Instant.ofEpochMilli(start);
  }

  /** The instant after its last. */
  public Instant end() {
    return Instant.ofEpochMilli(get(Column.END));
  }

  /** What its bins stand for. */
  public ChannelLayout channels() {
    return labels.channels();
  }

  /** The summary, whole; of joined windows its revision is the sum of theirs. */
  public WindowSummary summary() {
    long[] row = new long[numbers(channels().counts())];
    PackedCounts.add(packed, row);
    return channels()
        .counts()
        .summary(
            new WindowSummary.Head(
                Optional.of(new WindowSummary.Span(start(), end())),
                (int) row[Column.REVISION.place()],
                row[Column.INCOMPLETE.place()] != 0,
                labels.runs()),
            channels()::firstChannel,
            Arrays.copyOfRange(row, Column.HEAD, row.length));
  }

  /** True if it was joined of several windows. */
  boolean isJoined() {
    return joined != WindowStarts.NONE;
  }

  /** True if it is, or was joined of, the window with this start. */
  boolean holds(long windowStart) {
    return isJoined() ? joined.contains(windowStart) : start == windowStart;
  }

  /** The windows that it was joined of. */
  WindowStarts starts() {
    return joined;
  }

  long startMillis() {
    return start;
  }

  long get(Column column) {
    int place = column.place();
    if (place == Column.START.place()) {
      return start;
    }
    if (place == Column.END.place()) {
      return start + span;
    }
    if (place <= Column.WINDOWS.place() && !isJoined()) {
      return place == Column.WINDOWS.place() ? 1 : span;
    }
    return PackedCounts.get(packed, place);
  }

  /** Overwrites {@code first} with its first numbers. */
  void first(long[] first) {
    PackedCounts.first(packed, first);
  }

  /** Adds its numbers to sums of as many. */
  void addTo(long[] sum) {
    PackedCounts.add(packed, sum);
  }

  List<Long> runs() {
    return labels.runs();
  }

  /** Bytes that it takes. */
  int bytes() {
    return OVERHEAD + packed.length + joined.bytes();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PackedWindow w
        && start == w.start
        && labels.equals(w.labels)
        && Arrays.equals(packed, w.packed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(packed);
  }
}
