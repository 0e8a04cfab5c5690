package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;

/**
 * The numbers of each window over time, ordered by window start: what trends are drawn from.
 * Immutable and safe to share between threads. Adding a window behind the last shares the arrays
 * with the series before; replacing or inserting one copies them.
 */
public final class WindowSeries {
  /** A number kept of each window. */
  public enum Column {
    /** Records, trigger words included. */
    RECORDS,
    /** Malformed records. */
    MALFORMED,
    /** Records with HEAD 2. */
    HITS,
    /** Hits of chamber 0. */
    CHAMBER_0,
    /** Hits of chamber 1. */
    CHAMBER_1,
    /** Hits of chamber 2. */
    CHAMBER_2,
    /** Hits of chamber 3. */
    CHAMBER_3,
    /** Hits of the scintillator. */
    SCINTILLATOR,
    /** Hits of no chamber that are not the scintillator's. */
    OTHER,
    /** Orbits with at least one hit. */
    ORBITS,
    /** Revision of the window's newest summary. */
    REVISION,
    /** Window start, ms since the epoch. */
    START,
    /** Window end, ms since the epoch. */
    END;

    private static final Column[] CHAMBERS = {CHAMBER_0, CHAMBER_1, CHAMBER_2, CHAMBER_3};

    /** The hits of a chamber. */
    public static Column chamber(int chamber) {
      return CHAMBERS[chamber];
    }
  }

  private static final int FIRST_CAPACITY = 64;

  /** The series without windows. */
  public static final WindowSeries EMPTY = new WindowSeries(new Table(0), 0);

  /** Columns shared by series of one ancestry; {@code used} rows are taken by the longest. */
  private static final class Table {
    final Map<Column, long[]> columns = new EnumMap<>(Column.class);
    final int capacity;
    int used;

    Table(int capacity) {
      this.capacity = capacity;
      for (Column column : Column.values()) {
        columns.put(column, new long[capacity]);
      }
    }

    long[] column(Column column) {
      return columns.get(column);
    }
  }

  private final Table table;
  private final int size;

  private WindowSeries(Table table, int size) {
    this.table = table;
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
    return table.column(column)[i];
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
    return Arrays.binarySearch(table.column(Column.START), 0, size, start.toEpochMilli());
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
    int found = indexOf(span.start());
    int at = found >= 0 ? found : -found - 1;
    boolean appends = at == size;
    boolean shares = appends && table.used == size && size < table.capacity;
    int newSize = found >= 0 ? size : size + 1;
    Table target = shares ? table : copy(newSize, at, found >= 0 ? at + 1 : at, at + 1);
    put(target, Column.RECORDS, at, s.totImport());
    put(target, Column.MALFORMED, at, s.malformed());
    put(target, Column.HITS, at, s.hits());
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      put(target, Column.chamber(chamber), at, s.chamber(chamber).hits());
    }
    put(target, Column.SCINTILLATOR, at, s.scintillatorHits());
    put(target, Column.OTHER, at, s.otherHits());
    put(target, Column.ORBITS, at, s.orbits());
    put(target, Column.REVISION, at, s.revision());
    put(target, Column.START, at, span.start().toEpochMilli());
    put(target, Column.END, at, span.end().toEpochMilli());
    target.used = newSize;
    return new WindowSeries(target, newSize);
  }

  /** The series without window {@code i}. */
  WindowSeries without(int i) {
    Table target = copy(size - 1, i, i + 1, i);
    target.used = size - 1;
    return new WindowSeries(target, size - 1);
  }

  /**
   * A table of {@code newSize} rows: rows before {@code head}, and from {@code tail} at {@code to}.
   */
  private Table copy(int newSize, int head, int tail, int to) {
    int capacity = Math.max(FIRST_CAPACITY, newSize + newSize / 2);
    Table target = new Table(capacity);
    for (Column column : Column.values()) {
      System.arraycopy(table.column(column), 0, target.column(column), 0, head);
      System.arraycopy(table.column(column), tail, target.column(column), to, size - tail);
    }
    return target;
  }

  private static void put(Table target, Column column, int row, long value) {
    target.column(column)[row] = value;
  }
}
