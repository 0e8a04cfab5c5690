package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.WindowSeries.Column;

/**
 * All windows of the run, the newest message of each. A window put again replaces its predecessor
 * everywhere, sums included, whatever its revision: the last message of a key holds.
 *
 * <p>Windows that are older than the {@link HistoryLimits} are joined, which changes no sum. A
 * joined window that is refined or deleted cannot be taken out of its row: the row is given up and
 * {@link #lacks} says that the past must be read again, from which only those windows are taken
 * that are not known. So the history is always that of the last messages.
 *
 * <p>Not safe for several threads: it belongs to the thread that reads the topic. What it gives out
 * is immutable.
 */
public final class RunHistory {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  /** However little memory there is, so much is kept of single windows and of minutes. */
  private static final long LEAST_WINDOWS = 10 * MINUTE;

  private static final long LEAST_MINUTES = 6 * HOUR;

  private final HistoryLimits limits;
  private WindowSeries series = WindowSeries.EMPTY;
  private long bytes;
  private long latestEnd = Long.MIN_VALUE;

  /** Windows that start before are joined by the minute, or by the hour. */
  private long minutesBefore = Long.MIN_VALUE;

  private long hoursBefore = Long.MIN_VALUE;

  /** What the past told since the series was last asked for, by start. */
  private final TreeMap<Long, PackedWindow> told = new TreeMap<>();

  /** Windows of which the past has nothing more to say while it is read, though none is held. */
  private final Set<Long> settled = new HashSet<>();

  /** True while the past is told. */
  private boolean tellsPast = true;

  private boolean lacks;

  /** A history with the standard limits. */
  public RunHistory() {
    this(HistoryLimits.standard());
  }

  /** A history with these limits. */
  public RunHistory(HistoryLimits limits) {
    this.limits = limits;
  }

  /**
   * Adds a window or replaces the one with the same start.
   *
   * @throws IllegalArgumentException if the summary has no window, or its occupancy bins are not
   *     one per TDC channel; the history is then as before
   */
  public void put(WindowSummary summary) {
    put(PackedWindow.of(summary));
  }

  /**
   * Adds a window or replaces the one with the same start. Windows of other chambers cannot be
   * added up with it: the newest window's are kept.
   *
   * @return true if none with this start was known
   */
  public boolean put(PackedWindow window) {
    takeTold();
    if (!series.takes(window.channels())) {
      if (window.startMillis() < series.packed(series.size() - 1).startMillis()) {
        return false;
      }
      forget();
    }
    settled.remove(window.startMillis());
    int at = rowFor(window.startMillis());
    boolean isNew = true;
    if (at == series.size() || !isOfOneRow(series.packed(at), window.startMillis())) {
      replace(at, at, List.of(window));
    } else {
      PackedWindow row = series.packed(at);
      isNew = !row.holds(window.startMillis());
      if (isNew) {
        replace(at, at + 1, joined(List.of(row, window)));
      } else {
        giveUpJoined(row);
        replace(at, at + 1, List.of(window));
      }
    }
    comeTo(window.get(Column.END));
    return isNew;
  }

  /**
   * Adds a window that was published before all of its key that were put or removed so far: it
   * counts only if there are none.
   */
  public void putPast(PackedWindow window) {
    long start = window.startMillis();
    if (!settled.contains(start) && !told.containsKey(start) && !holds(start)) {
      PackedWindow other = told.isEmpty() ? window : told.firstEntry().getValue();
      if (series.takes(window.channels())
          && other.channels().counts().equals(window.channels().counts())) {
        told.put(start, window);
      }
    }
  }

  /** Removes a window, as a deleted key asks; false if none has this start. */
  public boolean remove(Instant start) {
    takeTold();
    long millis = start.toEpochMilli();
    boolean held = holds(millis);
    if (held) {
      int at = rowFor(millis);
      giveUpJoined(series.packed(at));
      replace(at, at + 1, List.of());
    }
    if (tellsPast) {
      settled.add(millis);
    }
    return held;
  }

  /** Hears of a deleted key that was not put or removed later. */
  public void removePast(Instant start) {
    long millis = start.toEpochMilli();
    if (!told.containsKey(millis) && !holds(millis)) {
      settled.add(millis);
    }
  }

  /** The past was told down to its beginning. */
  public void pastRead() {
    tellsPast = false;
    settled.clear();
  }

  /** True if windows of the past were given up: then all of it must be told again from now on. */
  public boolean lacks() {
    boolean now = lacks;
    tellsPast |= now;
    lacks = false;
    return now;
  }

  /** Forgets everything. */
  public void clear() {
    forget();
    told.clear();
    settled.clear();
    tellsPast = true;
    lacks = false;
  }

  /** All windows as they are now. */
  public WindowSeries series() {
    takeTold();
    return series.prepared();
  }

  private void forget() {
    series = WindowSeries.EMPTY;
    bytes = 0;
    latestEnd = Long.MIN_VALUE;
    minutesBefore = Long.MIN_VALUE;
    hoursBefore = Long.MIN_VALUE;
  }

  private boolean holds(long start) {
    int at = rowFor(start);
    return at < series.size() && series.packed(at).holds(start);
  }

  /** Windows with the same number are of one row. */
  private long rowStart(long windowStart) {
    return windowStart < hoursBefore
        ? Math.floorDiv(windowStart, HOUR) * HOUR
        : windowStart < minutesBefore ? Math.floorDiv(windowStart, MINUTE) * MINUTE : windowStart;
  }

  private boolean isOfOneRow(PackedWindow row, long windowStart) {
    return rowStart(row.startMillis()) == rowStart(windowStart);
  }

  /** Index of the row that a window is of; if there is none, where it belongs. */
  private int rowFor(long windowStart) {
    return series.firstStartingFrom(rowStart(windowStart));
  }

  /** A row that is about to go: what else was joined in it must be read again. */
  private void giveUpJoined(PackedWindow row) {
    if (row.isJoined()) {
      lacks = true;
      if (tellsPast) {
        // What the past is yet to tell may be older than what it told: the next reading counts.
        row.starts().forEach(settled::add);
      }
    }
  }

  private void replace(int from, int to, List<PackedWindow> instead) {
    for (int i = from; i < to; i++) {
      bytes -= series.packed(i).bytes();
    }
    for (PackedWindow row : instead) {
      bytes += row.bytes();
    }
    series = series.with(from, to, instead);
  }

  private void takeTold() {
    if (told.isEmpty()) {
      return;
    }
    long latest = told.values().stream().mapToLong(w -> w.get(Column.END)).max().getAsLong();
    comeTo(latest);
    int from = rowFor(told.firstKey());
    int to = rowFor(told.lastKey());
    if (to < series.size() && isOfOneRow(series.packed(to), told.lastKey())) {
      to++;
    }
    List<PackedWindow> windows = series.rows(from, to);
    windows.addAll(told.values());
    told.clear();
    replace(from, to, joined(windows));
    keepWithinMemory();
  }

  /** The rows of these windows, which may be rows themselves. */
  private List<PackedWindow> joined(List<PackedWindow> windows) {
    List<PackedWindow> sorted = new ArrayList<>(windows);
    sorted.sort(Comparator.comparingLong(PackedWindow::startMillis));
    List<PackedWindow> rows = new ArrayList<>();
    for (int i = 0; i < sorted.size(); ) {
      int end = i + 1;
      while (end < sorted.size() && isOfOneRow(sorted.get(end), sorted.get(i).startMillis())) {
        end++;
      }
      rows.add(PackedWindow.join(sorted.subList(i, end)));
      i = end;
    }
    return rows;
  }

  /** Joins what has become too old now that a window ends so late. */
  private void comeTo(long end) {
    if (end > latestEnd) {
      latestEnd = end;
      joinMinutesBefore(latestEnd - limits.windows().toMillis());
      joinHoursBefore(latestEnd - limits.minutes().toMillis());
    }
    keepWithinMemory();
  }

  private void joinMinutesBefore(long time) {
    long before = minutesBefore;
    minutesBefore = Math.max(before, Math.floorDiv(time, MINUTE) * MINUTE);
    joinRows(before, minutesBefore);
  }

  private void joinHoursBefore(long time) {
    long before = hoursBefore;
    hoursBefore = Math.max(before, Math.floorDiv(Math.min(time, minutesBefore), HOUR) * HOUR);
    joinRows(before, hoursBefore);
  }

  private void joinRows(long starting, long before) {
    if (starting < before) {
      int from = series.firstStartingFrom(starting);
      int to = series.firstStartingFrom(before);
      if (from < to) {
        replace(from, to, joined(series.rows(from, to)));
      }
    }
  }

  /** Where there is too little memory, the oldest single windows are joined before their time. */
  private void keepWithinMemory() {
    while (bytes > limits.bytes()) {
      int window = series.firstStartingFrom(minutesBefore);
      int minute = series.firstStartingFrom(hoursBefore);
      if (window < series.size()
          && series.packed(window).startMillis() < latestEnd - LEAST_WINDOWS) {
        joinMinutesBefore(series.packed(window).startMillis() + MINUTE);
      } else if (minute < series.size()
          && series.packed(minute).startMillis() < minutesBefore - LEAST_MINUTES) {
        joinHoursBefore(series.packed(minute).startMillis() + HOUR);
      } else {
        return;
      }
    }
  }
}
