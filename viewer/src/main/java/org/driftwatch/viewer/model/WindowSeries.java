package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;

/**
 * The run's windows, ordered by start: the numbers of each over time, what trends are drawn from,
 * and all its histograms, packed. Immutable and safe to share between threads. Series of one
 * ancestry share their rows in chunks: adding a window behind the last copies nothing, replacing
 * one copies a chunk. A full chunk remembers its sum, so that any stretch of a long run is summed
 * up within milliseconds.
 */
public final class WindowSeries {
  /** A number kept of each window; those up to ORBITS lie as in {@link SummaryLayout}. */
  public enum Column {
    /** Records, trigger words included. */
    RECORDS(SummaryLayout.RECORDS),
    /** Malformed records. */
    MALFORMED(SummaryLayout.MALFORMED),
    /** Records with HEAD 2. */
    HITS(SummaryLayout.HITS),
    /** Hits of chamber 0. */
    CHAMBER_0(SummaryLayout.CHAMBER_HITS),
    /** Hits of chamber 1. */
    CHAMBER_1(SummaryLayout.CHAMBER_HITS + 1),
    /** Hits of chamber 2. */
    CHAMBER_2(SummaryLayout.CHAMBER_HITS + 2),
    /** Hits of chamber 3. */
    CHAMBER_3(SummaryLayout.CHAMBER_HITS + 3),
    /** Hits of the scintillator. */
    SCINTILLATOR(SummaryLayout.SCINTILLATOR_HITS),
    /** Hits of no chamber that are not the scintillator's. */
    OTHER(SummaryLayout.OTHER_HITS),
    /** Orbits with at least one hit. */
    ORBITS(SummaryLayout.ORBITS),
    /** Revision of the window's newest summary. */
    REVISION(10),
    /** Window start, ms since the epoch. */
    START(11),
    /** Window end, ms since the epoch. */
    END(12),
    /** 1 if records of the window had been deleted before they were read, else 0. */
    INCOMPLETE(13);

    private static final Column[] CHAMBERS = {CHAMBER_0, CHAMBER_1, CHAMBER_2, CHAMBER_3};

    private final int place;

    Column(int place) {
      this.place = place;
    }

    int place() {
      return place;
    }

    /** The hits of a chamber. */
    public static Column chamber(int chamber) {
      return CHAMBERS[chamber];
    }
  }

  /** Numbers of a window's row. */
  static final int COLUMNS = Column.values().length;

  private static final int CHUNK_BITS = 9;
  private static final int CHUNK_ROWS = 1 << CHUNK_BITS;

  /** The series without windows. */
  public static final WindowSeries EMPTY = new WindowSeries(new Chunk[0], 0);

  /** Rows shared by series of one ancestry; {@code used} are taken by the longest of them. */
  private static final class Chunk {
    final long[] cells = new long[CHUNK_ROWS * COLUMNS];
    final PackedCounts[] counts = new PackedCounts[CHUNK_ROWS];
    final ChannelLayout[] channels = new ChannelLayout[CHUNK_ROWS];
    final WindowBlocks blocks = new WindowBlocks(CHUNK_ROWS);
    int used;

    /** Of a full chunk, once it was asked for; whoever asks first computes the same. */
    private volatile long[] sum;

    Chunk copy(int rows) {
      Chunk copy = new Chunk();
      System.arraycopy(cells, 0, copy.cells, 0, rows * COLUMNS);
      System.arraycopy(counts, 0, copy.counts, 0, rows);
      System.arraycopy(channels, 0, copy.channels, 0, rows);
      copy.blocks.copy(blocks, rows);
      copy.used = rows;
      return copy;
    }

    void set(int row, long[] from, int at, ChannelLayout layout, PackedCounts packed) {
      System.arraycopy(from, at, cells, row * COLUMNS, COLUMNS);
      counts[row] = packed;
      channels[row] = layout;
    }

    /** The sum of all rows; for full chunks, which no longer change. */
    long[] sum() {
      long[] known = sum;
      if (known == null) {
        known = new long[SummaryLayout.SIZE];
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

  private final Chunk[] chunks;
  private final int size;

  /** Header, cards and verdicts of one frame ask for the same stretch: the sum last made. */
  private volatile Optional<Summed> lastSum = Optional.empty();

  private record Summed(int from, int to, WindowSummary sum) {}

  private WindowSeries(Chunk[] chunks, int size) {
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
    return chunks[i >> CHUNK_BITS].cells[cell(i) + column.place];
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
    return chunks[i >> CHUNK_BITS].blocks;
  }

  private static int blockOf(int i) {
    return (i & (CHUNK_ROWS - 1)) / WindowBlocks.ROWS;
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
    Chunk chunk = chunks[i >> CHUNK_BITS];
    int row = i & (CHUNK_ROWS - 1);
    return PackedWindow.summary(chunk.cells, cell(i), chunk.channels[row], chunk.counts[row]);
  }

  /** The window with the latest start. */
  public Optional<WindowSummary> newest() {
    return size == 0 ? Optional.empty() : Optional.of(window(size - 1));
  }

  /**
   * The sum of a stretch of windows; its span reaches from the first start to the last window's
   * end. Sums add cell by cell, also where the mapping of channels changed between windows; they
   * bear the last window's channels, and are incomplete if a window is.
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
    long[] sum = new long[SummaryLayout.SIZE];
    for (int i = first; i < end; ) {
      Chunk chunk = chunks[i >> CHUNK_BITS];
      int row = i & (CHUNK_ROWS - 1);
      int rows = Math.min(CHUNK_ROWS - row, end - i);
      if (rows == CHUNK_ROWS) {
        long[] whole = chunk.sum();
        for (int j = 0; j < sum.length; j++) {
          sum[j] += whole[j];
        }
      } else {
        chunk.addTo(sum, row, row + rows);
      }
      i += rows;
    }
    int last = end - 1;
    return SummaryLayout.summary(
        Optional.of(new WindowSummary.Span(start(first), end(last))),
        0,
        incomplete(first, end) > 0,
        chunks[last >> CHUNK_BITS].channels[last & (CHUNK_ROWS - 1)]::firstChannel,
        sum);
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
      bytes += chunks[i >> CHUNK_BITS].counts[i & (CHUNK_ROWS - 1)].size();
    }
    return bytes;
  }

  /** The series with this window added, or in place of the one with the same start. */
  WindowSeries with(PackedWindow window) {
    int found = indexOf(window.start());
    if (found >= 0) {
      return replace(found, window);
    }
    int at = -found - 1;
    WindowSeries result = first(at).append(window.cells(), 0, window.channels(), window.counts());
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

  /** Where row {@code i} begins within its chunk. */
  private static int cell(int i) {
    return (i & (CHUNK_ROWS - 1)) * COLUMNS;
  }

  private WindowSeries first(int rows) {
    return new WindowSeries(chunks, rows);
  }

  private WindowSeries replace(int i, PackedWindow window) {
    Chunk[] changed = chunks.clone();
    int chunk = i >> CHUNK_BITS;
    int row = i & (CHUNK_ROWS - 1);
    Chunk before = chunks[chunk];
    Chunk after = before.copy(Math.min(CHUNK_ROWS, size - (chunk << CHUNK_BITS)));
    after.set(row, window.cells(), 0, window.channels(), window.counts());
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
    return new WindowSeries(changed, size);
  }

  private WindowSeries append(WindowSeries from, int i) {
    Chunk chunk = from.chunks[i >> CHUNK_BITS];
    int row = i & (CHUNK_ROWS - 1);
    return append(chunk.cells, cell(i), chunk.channels[row], chunk.counts[row]);
  }

  private WindowSeries append(long[] cells, int from, ChannelLayout layout, PackedCounts counts) {
    int chunk = size >> CHUNK_BITS;
    int rows = size & (CHUNK_ROWS - 1);
    Chunk[] target = chunks;
    if (rows == 0) {
      target = Arrays.copyOf(chunks, chunk + 1);
      target[chunk] = new Chunk();
    } else if (chunks[chunk].used != rows) {
      // The rows behind are another series': it keeps its chunk.
      target = Arrays.copyOf(chunks, chunk + 1);
      target[chunk] = chunks[chunk].copy(rows);
    }
    target[chunk].set(rows, cells, from, layout, counts);
    target[chunk].used = rows + 1;
    if ((rows + 1) % WindowBlocks.ROWS == 0) {
      target[chunk].blocks.compute(rows / WindowBlocks.ROWS, target[chunk].cells);
    }
    if (rows + 1 == CHUNK_ROWS) {
      // Now, on the reader's thread, and not when the event thread first asks.
      target[chunk].sum();
    }
    return new WindowSeries(target, size + 1);
  }
}
