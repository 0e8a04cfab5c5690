package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.Arrays;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;

/**
 * The numbers of each window over time, ordered by window start: what trends are drawn from.
 * Immutable and safe to share between threads. Series of one ancestry share their rows in chunks:
 * adding a window behind the last copies nothing, replacing one copies a chunk.
 */
public final class WindowSeries {
  /** A number kept of each window. */
  public enum Column {
    /** Records, trigger words included. */
    RECORDS(0),
    /** Malformed records. */
    MALFORMED(1),
    /** Records with HEAD 2. */
    HITS(2),
    /** Hits of chamber 0. */
    CHAMBER_0(3),
    /** Hits of chamber 1. */
    CHAMBER_1(4),
    /** Hits of chamber 2. */
    CHAMBER_2(5),
    /** Hits of chamber 3. */
    CHAMBER_3(6),
    /** Hits of the scintillator. */
    SCINTILLATOR(7),
    /** Hits of no chamber that are not the scintillator's. */
    OTHER(8),
    /** Orbits with at least one hit. */
    ORBITS(9),
    /** Revision of the window's newest summary. */
    REVISION(10),
    /** Window start, ms since the epoch. */
    START(11),
    /** Window end, ms since the epoch. */
    END(12);

    private static final Column[] CHAMBERS = {CHAMBER_0, CHAMBER_1, CHAMBER_2, CHAMBER_3};

    private final int place;

    Column(int place) {
      this.place = place;
    }

    /** The hits of a chamber. */
    public static Column chamber(int chamber) {
      return CHAMBERS[chamber];
    }
  }

  private static final int COLUMNS = Column.values().length;
  private static final int CHUNK_BITS = 9;
  private static final int CHUNK_ROWS = 1 << CHUNK_BITS;

  /** The series without windows. */
  public static final WindowSeries EMPTY = new WindowSeries(new Chunk[0], 0);

  /** Rows shared by series of one ancestry; {@code used} are taken by the longest of them. */
  private static final class Chunk {
    final long[] cells = new long[CHUNK_ROWS * COLUMNS];
    int used;

    Chunk copy(int rows) {
      Chunk copy = new Chunk();
      System.arraycopy(cells, 0, copy.cells, 0, rows * COLUMNS);
      copy.used = rows;
      return copy;
    }
  }

  private final Chunk[] chunks;
  private final int size;

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
   * @return its index, or {@code -(insertion point) - 1} where there is none
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

  /** Index of the first window that ends after this time; {@link #size()} where none does. */
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
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += get(Column.REVISION, i);
    }
    return sum;
  }

  /** The series with this window added, or in place of the one with the same start. */
  WindowSeries with(WindowSummary.Span span, WindowSummary s) {
    long[] row = row(span, s);
    int found = indexOf(span.start());
    if (found >= 0) {
      return replace(found, row);
    }
    int at = -found - 1;
    WindowSeries result = first(at).append(row, 0);
    for (int i = at; i < size; i++) {
      result = result.append(chunks[i >> CHUNK_BITS].cells, cell(i));
    }
    return result;
  }

  /** The series without window {@code i}. */
  WindowSeries without(int i) {
    WindowSeries result = first(i);
    for (int j = i + 1; j < size; j++) {
      result = result.append(chunks[j >> CHUNK_BITS].cells, cell(j));
    }
    return result;
  }

  private static long[] row(WindowSummary.Span span, WindowSummary s) {
    long[] row = new long[COLUMNS];
    row[Column.RECORDS.place] = s.totImport();
    row[Column.MALFORMED.place] = s.malformed();
    row[Column.HITS.place] = s.hits();
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      row[Column.chamber(chamber).place] = s.chamber(chamber).hits();
    }
    row[Column.SCINTILLATOR.place] = s.scintillatorHits();
    row[Column.OTHER.place] = s.otherHits();
    row[Column.ORBITS.place] = s.orbits();
    row[Column.REVISION.place] = s.revision();
    row[Column.START.place] = span.start().toEpochMilli();
    row[Column.END.place] = span.end().toEpochMilli();
    return row;
  }

  /** Where row {@code i} begins within its chunk. */
  private static int cell(int i) {
    return (i & (CHUNK_ROWS - 1)) * COLUMNS;
  }

  private WindowSeries first(int rows) {
    return new WindowSeries(chunks, rows);
  }

  private WindowSeries replace(int i, long[] row) {
    Chunk[] changed = chunks.clone();
    int chunk = i >> CHUNK_BITS;
    changed[chunk] = chunks[chunk].copy(Math.min(CHUNK_ROWS, size - (chunk << CHUNK_BITS)));
    System.arraycopy(row, 0, changed[chunk].cells, cell(i), COLUMNS);
    return new WindowSeries(changed, size);
  }

  private WindowSeries append(long[] cells, int from) {
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
    System.arraycopy(cells, from, target[chunk].cells, cell(size), COLUMNS);
    target[chunk].used = rows + 1;
    return new WindowSeries(target, size + 1);
  }
}
