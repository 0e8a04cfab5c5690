package org.driftwatch.viewer.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.driftwatch.detector.WindowSummary;

/**
 * What the rows of a series add up to in equal bins of time. Bins whose rows are those of the last
 * call are not added up again, so that a long run can be asked for once a second. For one thread.
 *
 * @param <T> what is made of the sum of a bin's windows
 */
public final class TimeBins<T> {
  private final Function<WindowSummary, T> made;
  private Map<Instant, Known<T>> known = new HashMap<>();

  /** What was made of these rows. */
  private record Known<T>(List<PackedWindow> rows, Bin<T> bin) {}

  /**
   * A bin with windows.
   *
   * @param from start of its first window
   * @param to end of its last
   * @param value what was made of their sum
   */
  public record Bin<T>(Instant from, Instant to, T value) {}

  /** Bins, of each of which this is made. */
  public TimeBins(Function<WindowSummary, T> made) {
    this.made = made;
  }

  /**
   * The bins of a stretch that have windows; each row is in the bin that it starts in. Bins begin
   * at multiples of their length, so that they stand still while the stretch moves on.
   *
   * @param from rows that start earlier are left out
   * @param to rows that start then or later are left out
   * @param length of a bin
   */
  public List<Bin<T>> of(WindowSeries series, Instant from, Instant to, Duration length) {
    Map<Instant, Known<T>> seen = new HashMap<>();
    List<Bin<T>> bins = new ArrayList<>();
    int end = series.firstStartingFrom(to);
    int row = series.firstStartingFrom(from);
    while (row < end) {
      long millis = length.toMillis();
      long number = Math.floorDiv(series.start(row).toEpochMilli(), millis);
      Instant begin = Instant.ofEpochMilli(number * millis);
      int next = Math.min(end, series.firstStartingFrom(begin.plus(length)));
      Known<T> bin = bin(series, begin, row, next);
      seen.put(begin, bin);
      bins.add(bin.bin());
      row = next;
    }
    known = seen;
    return bins;
  }

  private Known<T> bin(WindowSeries series, Instant begin, int first, int next) {
    List<PackedWindow> rows = series.rows(first, next);
    Known<T> before = known.get(begin);
    if (before != null && before.rows().equals(rows)) {
      return before;
    }
    return new Known<>(
        rows,
        new Bin<>(
            series.start(first), series.end(next - 1), made.apply(series.added(first, next))));
  }
}
