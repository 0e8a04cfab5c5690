package org.driftwatch.quality.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.WindowSummary.Span;

/**
 * The windows of the last half an hour, and their sums over stretches of many lengths that end with
 * the newest: each length about a quarter longer than the one before, so that every check finds one
 * that suits it. A window that comes again, as a later revision, replaces what it was in every sum.
 *
 * <p>The first window after the beginning of a stream, or after a pause, is cut by it: it is known
 * but not added. Windows of one or two seconds are joined once nothing changes them any more, so
 * memory is bounded by time and not by the number of windows.
 *
 * <p>Not safe for several threads.
 */
final class Stretches {
  /** Lengths after the first, which is one window, ms. */
  private static final long[] LENGTHS = lengths();

  private static final double FACTOR = 1.25;
  private static final long SHORTEST_MILLIS = 2_000;

  /** What is spoken of where nothing is wrong. */
  static final long SHOWN_MILLIS = 600_000;

  /** A fault takes some time to be seen; till then it must not enter what it is compared with. */
  private static final long GUARD_MILLIS = 30_000;

  private static final long LONGEST_MILLIS = 1_800_000;

  /** Windows that end this long before the newest are refined no more. */
  private static final long SETTLED_MILLIS = 180_000;

  private static final long JOINED_MILLIS = 10_000;

  /** A gap longer than so many windows is a pause. */
  private static final int PAUSE_WINDOWS = 1;

  /** With fewer records in a window than this, windows without any are to be expected. */
  private static final long FEW_RECORDS = 30;

  /** A stretch is looked at so often while it is passed through. */
  private static final int DUE = 16;

  /** A window this far ahead of the others is believed when a second one says the same. */
  private static final long FAR_AHEAD_MILLIS = 3_600_000;

  private static final class Row {
    long start;
    long end;

    /** Length without the gaps in it; with those where silence counts. */
    long millis;

    int windows = 1;
    boolean isCut;
    long[] counts;

    Row(long start, long end, long[] counts) {
      this.start = start;
      this.end = end;
      this.millis = end - start;
      this.counts = counts;
    }
  }

  /** A sum that its rows enter at one end and leave at the other. */
  private static final class Sum {
    final long length;
    final long[] counts;
    int first;
    long millis;
    int windows;

    Sum(long length, int size) {
      this.length = length;
      counts = new long[size];
    }

    void add(Row row, int sign) {
      if (row.isCut) {
        return;
      }
      millis += sign * row.millis;
      windows += sign * row.windows;
      for (int i = 0; i < counts.length; i++) {
        counts[i] += sign * row.counts[i];
      }
    }
  }

  private final int size;
  private final boolean beginsWhole;
  private final List<Row> rows = new ArrayList<>();
  private final List<Sum> sums = new ArrayList<>();
  private List<Stretch> known = List.of();
  private long appended;

  /** How many were appended when it was asked last what is due. */
  private long looked;

  private Optional<Row> ahead = Optional.empty();

  /**
   * No windows yet.
   *
   * @param size number of counts of a window
   * @param beginsWhole true if the first window is a whole one
   */
  Stretches(int size, boolean beginsWhole) {
    this.size = size;
    this.beginsWhole = beginsWhole;
    sums.add(new Sum(0, size));
    for (long length : LENGTHS) {
      sums.add(new Sum(length, size));
    }
  }

  private static long[] lengths() {
    List<Long> lengths = new ArrayList<>();
    for (double length = SHORTEST_MILLIS; length < LONGEST_MILLIS; length *= FACTOR) {
      lengths.add(Math.round(length));
    }
    lengths.add(SHOWN_MILLIS);
    lengths.add(LONGEST_MILLIS);
    lengths.sort(null);
    return lengths.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Takes a window: a new one, or one that replaces what it was.
   *
   * @return true if it is the newest and was not known
   */
  boolean put(Span span, long[] counts) {
    Row row = new Row(span.start().toEpochMilli(), span.end().toEpochMilli(), counts);
    if (rows.isEmpty()) {
      row.isCut = !beginsWhole;
      append(row);
      return true;
    }
    Row newest = rows.get(rows.size() - 1);
    if (row.start > newest.start) {
      return follow(newest, row);
    }
    int at = indexOf(row.start);
    if (at >= 0) {
      replace(at, row);
    } else {
      insert(-at - 1, row);
    }
    return false;
  }

  private boolean follow(Row newest, Row row) {
    if (row.start - newest.end > FAR_AHEAD_MILLIS
        && ahead.map(far -> row.start <= far.start).orElse(true)) {
      ahead = Optional.of(row);
      return false;
    }
    ahead = Optional.empty();
    long gap = row.start - newest.end;
    if (gap > PAUSE_WINDOWS * (row.end - row.start)) {
      if (newest.counts[Columns.RECORDS] / newest.windows < FEW_RECORDS) {
        row.millis += gap;
      } else {
        row.isCut = true;
      }
    }
    append(row);
    return true;
  }

  private void append(Row row) {
    appended++;
    rows.add(row);
    for (Sum sum : sums) {
      sum.add(row, 1);
      shorten(sum);
    }
    join();
    forget();
    known = List.of();
  }

  /** Takes rows out of a sum that is long enough without them. */
  private void shorten(Sum sum) {
    while (sum.first < rows.size() - 1) {
      Row oldest = rows.get(sum.first);
      if (!oldest.isCut && sum.millis - oldest.millis < sum.length) {
        return;
      }
      sum.add(oldest, -1);
      sum.first++;
    }
  }

  /** Joins two rows that are settled and lie in the same sums. */
  private void join() {
    long settled = rows.get(rows.size() - 1).end - SETTLED_MILLIS;
    int i = firstEndingAfter(settled) - 2;
    if (i < 0) {
      return;
    }
    Row a = rows.get(i);
    Row b = rows.get(i + 1);
    if (b.end > settled || a.isCut || b.isCut || a.millis + b.millis > JOINED_MILLIS) {
      return;
    }
    for (Sum sum : sums) {
      if (sum.first == i + 1) {
        return;
      }
    }
    long[] counts = a.counts.clone();
    for (int j = 0; j < size; j++) {
      counts[j] += b.counts[j];
    }
    a.counts = counts;
    a.end = b.end;
    a.millis += b.millis;
    a.windows += b.windows;
    rows.remove(i + 1);
    for (Sum sum : sums) {
      if (sum.first > i + 1) {
        sum.first--;
      }
    }
  }

  private int firstEndingAfter(long time) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.get(middle).end > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Drops rows that no sum has. */
  private void forget() {
    int unused = sums.get(sums.size() - 1).first;
    // Not one by one: each time the rest moves up.
    if (unused > 64) {
      rows.subList(0, unused).clear();
      for (Sum sum : sums) {
        sum.first -= unused;
      }
    }
  }

  private int indexOf(long start) {
    int low = 0;
    int high = rows.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = rows.get(middle).start;
      if (found == start) {
        return middle;
      }
      if (found < start) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private void replace(int at, Row row) {
    Row old = rows.get(at);
    if (old.windows > 1) {
      // It has been joined with others: what it was is not known any more.
      return;
    }
    row.isCut = old.isCut;
    row.millis += old.millis - (old.end - old.start);
    for (Sum sum : sums) {
      if (at >= sum.first) {
        sum.add(old, -1);
        sum.add(row, 1);
      }
    }
    rows.set(at, row);
    known = List.of();
  }

  private void insert(int at, Row row) {
    if (at == 0 || rows.get(at - 1).end > row.start) {
      return;
    }
    rows.add(at, row);
    for (Sum sum : sums) {
      if (at < sum.first) {
        sum.first++;
      } else {
        sum.add(row, 1);
        shorten(sum);
      }
    }
    known = List.of();
  }

  /** The stretches, the shortest first; none before the first whole window. */
  List<Stretch> all() {
    if (known.isEmpty() && !rows.isEmpty()) {
      long to = rows.get(rows.size() - 1).end;
      List<Stretch> made = new ArrayList<>();
      int windows = 0;
      for (Sum sum : sums) {
        if (sum.windows > windows) {
          windows = sum.windows;
          int first = sum.first;
          while (rows.get(first).isCut) {
            first++;
          }
          made.add(new Stretch(rows.get(first).start, to, sum.millis, windows, sum.counts));
        }
      }
      known = made;
    }
    return known;
  }

  /**
   * The newest window as long as there is no whole one: what it has tells patterns, and no rates.
   * Empty before the first window.
   */
  List<Stretch> begun() {
    if (rows.isEmpty() || !all().isEmpty()) {
      return List.of();
    }
    Row row = rows.get(rows.size() - 1);
    return List.of(new Stretch(row.start, row.end, row.millis, row.windows, row.counts));
  }

  /**
   * Those that it is time to look at again since it was asked last: long ones change slowly, and
   * need not be looked at with every window.
   */
  List<Stretch> due() {
    List<Stretch> due = new ArrayList<>();
    for (Stretch stretch : all()) {
      int each = Math.max(1, stretch.windows() / DUE);
      if (appended / each > looked / each) {
        due.add(stretch);
      }
    }
    looked = appended;
    return due;
  }

  /** The longest stretch that begins then or later; the shortest if none does. */
  static Stretch since(List<Stretch> all, long from) {
    return longest(all, from, Long.MAX_VALUE);
  }

  /** The same, of those of up to ten minutes or little more: what is spoken of. */
  static Stretch shown(List<Stretch> all, long from) {
    return longest(all, from, SHOWN_MILLIS + JOINED_MILLIS);
  }

  private static Stretch longest(List<Stretch> all, long from, long below) {
    Stretch found = all.get(0);
    for (Stretch stretch : all) {
      if (stretch.from() >= from && stretch.millis() < below) {
        found = stretch;
      }
    }
    return found;
  }

  /**
   * Which stretch is to be taken off the longest, that what is left is of before: the first from
   * {@code k} on that is so long that a fault has been seen within it.
   */
  static int guard(List<Stretch> all, int k) {
    int guard = k;
    while (guard < all.size() - 1 && all.get(guard).millis() < GUARD_MILLIS) {
      guard++;
    }
    return guard;
  }

  /** Rows that are kept. */
  int rows() {
    return rows.size();
  }

  /** Length of the newest window, ms; 0 before the first. */
  long newestMillis() {
    if (rows.isEmpty()) {
      return 0;
    }
    Row newest = rows.get(rows.size() - 1);
    return newest.end - newest.start;
  }
}
