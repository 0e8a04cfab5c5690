package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;

/**
 * The run's windows, ordered by start: the numbers of each over time, what trends are drawn from,
 * and all its histograms, packed; all of as many chambers and cells. Immutable and safe to share
 * between threads. Series of one ancestry share their rows in chunks: adding a window behind the
 * last copies nothing, replacing one copies a chunk. A full chunk remembers its sum, so that any
 * stretch of a long run is summed up within milliseconds.
 */
public final class WindowSeries {
  /**
   * A number kept of each window. The first lie as in {@link SummaryLayout}; the chambers' hits are
   * the last.
   *
   * @param place where it lies in a window's row
   */
  public record Column(int place) {
    /** Records, trigger words included. */
    public static final Column RECORDS = new Column(SummaryLayout.RECORDS);

    /** Malformed records. */
    public static final Column MALFORMED = new Column(SummaryLayout.MALFORMED);

    /** Records that are hits. */
    public static final Column HITS = new Column(SummaryLayout.HITS);

    /** Hits of the scintillators. */
    public static final Column SCINTILLATOR = new Column(SummaryLayout.SCINTILLATOR_HITS);

    /** Hits of no chamber that are not a scintillator's. */
    public static final Column OTHER = new Column(SummaryLayout.OTHER_HITS);

    /** Orbits with at least one hit. */
    public static final Column ORBITS = new Column(SummaryLayout.ORBITS);

    /** Revision of the window's newest summary. */
    public static final Column REVISION = new Column(SummaryLayout.CHAMBER_HITS);

    /** Window start, ms since the epoch. */
    public static final Column START = new Column(SummaryLayout.CHAMBER_HITS + 1);

    /** Window end, ms since the epoch. */
    public static final Column END = new Column(SummaryLayout.CHAMBER_HITS + 2);

    /** 1 if records of the window had been deleted before they were read, else 0. */
    public static final Column INCOMPLETE = new Column(SummaryLayout.CHAMBER_HITS + 3);

    /** The hits of a chamber. */
    public static Column chamber(int chamber) {
      return new Column(INCOMPLETE.place + 1 + chamber);
    }

    /** Numbers of a window's row. */
    static int width(int chambers) {
      return chamber(chambers).place;
    }
  }

  private static final int CHUNK_BITS = 9;
  private static final int CHUNK_ROWS = 1 << CHUNK_BITS;

  /** The series without windows. */
  public static final WindowSeries EMPTY = new WindowSeries(new SummaryLayout(), new Chunk[0], 0);

  /** Rows shared by series of one ancestry; {@code used} are taken by the longest of them. */
  private static final class Chunk {
    final SummaryLayout layout;
    final int columns;
    final long[] cells;
    final PackedCounts[] counts = new PackedCounts[CHUNK_ROWS];
    final WindowLabels[] labels = new WindowLabels[CHUNK_ROWS];
    final WindowBlocks blocks;
    int used;

    /** Of a full chunk, once it was asked for; whoever asks first computes the same. */
    private volatile long[] sum;

    /** The runs of all rows, of a full chunk in the same way; null before. */
    private volatile Set<Long> runs;

    Chunk(SummaryLayout layout) {
      this.layout = layout;
      columns = Column.width(layout.chambers());
      cells = new long[CHUNK_ROWS * columns];
      blocks = new WindowBlocks(CHUNK_ROWS, columns);
    }

    /** Where a row begins among the cells. */
    int cell(int row) {
      return row * columns;
    }

    Chunk copy(int rows) {
      Chunk copy = new Chunk(layout);
      System.arraycopy(cells, 0, copy.cells, 0, cell(rows));
      System.arraycopy(counts, 0, copy.counts, 0, rows);
      System.arraycopy(labels, 0, copy.labels, 0, rows);
      copy.blocks.copy(blocks, rows);
      copy.used = rows;
      return copy;
    }

    void set(int row, long[] from, int at, WindowLabels labelled, PackedCounts packed) {
      System.arraycopy(from, at, cells, cell(row), columns);
      counts[row] = packed;
      labels[row] = labelled;
    }

    /** The runs of all rows; for full chunks, which no longer change. */
    Set<Long> runs() {
      Set<Long> known = runs;
      if (known == null) {
        Set<Long> found = new HashSet<>();
        addRuns(found, 0, CHUNK_ROWS);
        known = Set.copyOf(found);
        runs = known;
      }
      return known;
    }

    void addRuns(Set<Long> target, int from, int to) {
      for (int row = from; row < to; row++) {
        target.addAll(labels[row].runs());
      }
    }

    /** The sum of all rows; for full chunks, which no longer change. */
    long[] sum() {
      long[] known = sum;
      if (known == null) {
        known = new long[layout.size()];
        addTo(known, 0, CHUNK_ROWS);
        sum = known;
      }
      return known;
    }

    void addTo(long[] target, int from, int to) {
      for (int row = from; row < to; row++) {
        counts[row].add(target, 1);
      }
    }
  }

  private final SummaryLayout layout;
  private final Chunk[] chunks;
  private final int size;

  /** Header, cards and verdicts of one frame ask for the same stretch: the sum last made. */
  private volatile Optional<Summed> lastSum = Optional.empty();

  private record Summed(int from, int to, WindowSummary sum) {}

  private WindowSeries(SummaryLayout layout, Chunk[] chunks, int size) {
    this.layout = layout;
    this.chunks = chunks;
    this.size = size;
  }

  /** Number of windows. */
  public int size() {
    return size;
  }

  /** True without windows. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** A number of window {@code i}, 0 being the earliest. */
  public long get(Column column, int i) {
    if (i < 0 || i >= size) {
      throw new IndexOutOfBoundsException("window " + i + " of " + size);
    }
    Chunk chunk = chunk(i);
    return chunk.cells[chunk.cell(row(i)) + column.place];
  }

  /**
   * Windows of the block that begins with window {@code i}: of one length, and known together by
   * {@link #least}, {@link #largest} and {@link #sum(Column, int)}. 0 if no such block begins.
   */
  public int block(int i) {
    return i % WindowBlocks.ROWS == 0
            && i + WindowBlocks.ROWS <= size
            && blocks(i).length(blockOf(i)) > 0
        ? WindowBlocks.ROWS
        : 0;
  }

  /** The least number of the block that begins with window {@code i}. */
  public long least(Column column, int i) {
    return blocks(i).least(blockOf(i), column);
  }

  /** The largest number of the block that begins with window {@code i}. */
  public long largest(Column column, int i) {
    return blocks(i).largest(blockOf(i), column);
  }

  /** The sum of the numbers of the block that begins with window {@code i}. */
  public long sum(Column column, int i) {
    return blocks(i).sum(blockOf(i), column);
  }

  private WindowBlocks blocks(int i) {
    return chunk(i).blocks;
  }

  private static int blockOf(int i) {
    return row(i) / WindowBlocks.ROWS;
  }

  /** Start of window {@code i}. */
  public Instant start(int i) {
    return Instant.ofEpochMilli(get(Column.START, i));
  }

  /** End of window {@code i}. */
  public Instant end(int i) {
    return Instant.ofEpochMilli(get(Column.END, i));
  }

  /**
   * Position of the window that starts at this time.
   *
   * @return its index, or {@code -(insertion point) - 1} if there is none
   */
  public int indexOf(Instant start) {
    long millis = start.toEpochMilli();
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = get(Column.START, middle);
      if (found == millis) {
        return middle;
      }
      if (found < millis) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /** Index of the first window that ends after this time; {@link #size()} if none does. */
  public int firstEndingAfter(Instant time) {
    int at = indexOf(time);
    int i = at >= 0 ? at : -at - 1;
    while (i > 0 && get(Column.END, i - 1) > time.toEpochMilli()) {
      i--;
    }
    return i;
  }

  /**
   * Late refinements over all windows: the sum of their revisions. It follows from the last
   * messages of the keys alone, so that a viewer opened late shows the same.
   */
  public long lateRefinements() {
    return total(Column.REVISION, 0, size);
  }

  private long total(Column column, int from, int to) {
    long total = 0;
    for (int i = from; i < to; ) {
      if (i % WindowBlocks.ROWS == 0 && i + WindowBlocks.ROWS <= to) {
        total += sum(column, i);
        i += WindowBlocks.ROWS;
      } else {
        total += get(column, i++);
      }
    }
    return total;
  }

  /**
   * Windows of a stretch that lack records, which had been deleted before they were read.
   *
   * @param from first window
   * @param to first window behind the stretch
   */
  public int incomplete(int from, int to) {
    return (int) total(Column.INCOMPLETE, Math.max(0, from), Math.min(to, size));
  }

  /** Window {@code i}, whole, 0 being the earliest. */
  public WindowSummary window(int i) {
    if (i < 0 || i >= size) {
      throw new IndexOutOfBoundsException("window " + i + " of " + size);
    }
    Chunk chunk = chunk(i);
    int row = row(i);
    return PackedWindow.summary(chunk.cells, chunk.cell(row), chunk.labels[row], chunk.counts[row]);
  }

  /** The window with the latest start. */
  public Optional<WindowSummary> newest() {
    return size == 0 ? Optional.empty() : Optional.of(window(size - 1));
  }

  /**
   * The sum of a stretch of windows; its span reaches from the first start to the last window's
   * end. Sums add cell by cell, also where the mapping of channels changed between windows; they
   * bear the last window's channels and the runs of all, and are incomplete if a window is.
   *
   * @param from first window
   * @param to first window behind the stretch
   * @return empty if the stretch is
   */
  public Optional<WindowSummary> sum(int from, int to) {
    int first = Math.max(0, from);
    int end = Math.min(to, size);
    if (first >= end) {
      return Optional.empty();
    }
    Optional<Summed> summed = lastSum.filter(s -> s.from() == first && s.to() == end);
    if (summed.isEmpty()) {
      summed = Optional.of(new Summed(first, end, added(first, end)));
      lastSum = summed;
    }
    return summed.map(Summed::sum);
  }

  private WindowSummary added(int first, int end) {
    long[] sum = new long[layout.size()];
    SortedSet<Long> runs = new TreeSet<>();
    for (int i = first; i < end; ) {
      Chunk chunk = chunk(i);
      int row = row(i);
      int rows = Math.min(CHUNK_ROWS - row, end - i);
      if (rows == CHUNK_ROWS) {
        long[] whole = chunk.sum();
        for (int j = 0; j < sum.length; j++) {
          sum[j] += whole[j];
        }
        runs.addAll(chunk.runs());
      } else {
        chunk.addTo(sum, row, row + rows);
        chunk.addRuns(runs, row, row + rows);
      }
      i += rows;
    }
    int last = end - 1;
    return layout.summary(
        new WindowSummary.Head(
            Optional.of(new WindowSummary.Span(start(first), end(last))),
            0,
            incomplete(first, end) > 0,
            List.copyOf(runs)),
        labels(last).channels()::firstChannel,
        sum);
  }

  /** What the newest window's bins stand for; empty without windows. */
  public Optional<ChannelLayout> channels() {
    return size == 0 ? Optional.empty() : Optional.of(labels(size - 1).channels());
  }

  private WindowLabels labels(int i) {
    return chunk(i).labels[row(i)];
  }

  /** Index of the first window that starts at this time or later; {@link #size()} if none does. */
  public int firstStartingFrom(Instant time) {
    int at = indexOf(time);
    return at >= 0 ? at : -at - 1;
  }

  /** Bytes that the packed windows take. */
  public long packedBytes() {
    long bytes = 0;
    for (int i = 0; i < size; i++) {
      bytes += chunk(i).counts[row(i)].size();
    }
    return bytes;
  }

  /** True if it can hold a window of these channels beside those that it has. */
  boolean takes(ChannelLayout channels) {
    return size == 0 || channels.counts().equals(layout);
  }

  /**
   * The series with this window added, or in place of the one with the same start.
   *
   * @param window one that it {@link #takes}
   */
  WindowSeries with(PackedWindow window) {
    if (size == 0) {
      return new WindowSeries(window.channels().counts(), new Chunk[0], 0)
          .append(window.cells(), 0, window.labels(), window.counts());
    }
    int found = indexOf(window.start());
    if (found >= 0) {
      return replace(found, window);
    }
    int at = -found - 1;
    WindowSeries result = first(at).append(window.cells(), 0, window.labels(), window.counts());
    for (int i = at; i < size; i++) {
      result = result.append(this, i);
    }
    return result;
  }

  /** The series without window {@code i}. */
  WindowSeries without(int i) {
    WindowSeries result = first(i);
    for (int j = i + 1; j < size; j++) {
      result = result.append(this, j);
    }
    return result;
  }

  private Chunk chunk(int i) {
    return chunks[i >> CHUNK_BITS];
  }

  /** The row of window {@code i} within its chunk. */
  private static int row(int i) {
    return i & (CHUNK_ROWS - 1);
  }

  private WindowSeries first(int rows) {
    return new WindowSeries(layout, chunks, rows);
  }

  private WindowSeries replace(int i, PackedWindow window) {
    Chunk[] changed = chunks.clone();
    int chunk = i >> CHUNK_BITS;
    int row = row(i);
    Chunk before = chunks[chunk];
    Chunk after = before.copy(Math.min(CHUNK_ROWS, size - (chunk << CHUNK_BITS)));
    after.set(row, window.cells(), 0, window.labels(), window.counts());
    if (row / WindowBlocks.ROWS < after.used / WindowBlocks.ROWS) {
      after.blocks.compute(row / WindowBlocks.ROWS, after.cells);
    }
    if (after.used == CHUNK_ROWS) {
      long[] sum = before.sum().clone();
      before.counts[row].add(sum, -1);
      window.counts().add(sum, 1);
      after.sum = sum;
    }
    changed[chunk] = after;
    return new WindowSeries(layout, changed, size);
  }

  private WindowSeries append(WindowSeries from, int i) {
    Chunk chunk = from.chunk(i);
    int row = row(i);
    return append(chunk.cells, chunk.cell(row), chunk.labels[row], chunk.counts[row]);
  }

  private WindowSeries append(long[] cells, int from, WindowLabels labels, PackedCounts counts) {
    int chunk = size >> CHUNK_BITS;
    int rows = row(size);
    Chunk[] target = chunks;
    if (rows == 0) {
      target = Arrays.copyOf(chunks, chunk + 1);
      target[chunk] = new Chunk(layout);
    } else if (chunks[chunk].used != rows) {
      // The rows behind are another series': it keeps its chunk.
      target = Arrays.copyOf(chunks, chunk + 1);
      target[chunk] = chunks[chunk].copy(rows);
    }
    target[chunk].set(rows, cells, from, labels, counts);
    target[chunk].used = rows + 1;
    if ((rows + 1) % WindowBlocks.ROWS == 0) {
      target[chunk].blocks.compute(rows / WindowBlocks.ROWS, target[chunk].cells);
    }
    if (rows + 1 == CHUNK_ROWS) {
      // Now, on the reader's thread, and not when the event thread first asks.
      target[chunk].sum();
      target[chunk].runs();
    }
    return new WindowSeries(layout, target, size + 1);
  }
}
