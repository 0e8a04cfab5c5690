package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;

/**
 * The run's windows, ordered by start: the numbers of each over time, what trends are drawn from,
 * and all its histograms, packed; all of as many chambers and cells. A row is a window, or windows
 * of long ago that {@link RunHistory} joined. Immutable and safe to share between threads.
 *
 * <p>Rows lie in immutable chunks that successive series share: a change makes the chunk anew that
 * it falls into, which is some hundred references. Chunks remember their sums, so that any stretch
 * of a long run is summed up within milliseconds.
 */
public final class WindowSeries {
  /**
   * A number kept of each row. Of joined windows it is their sum, start and end apart.
   *
   * @param place where it lies among the numbers of a {@link PackedWindow}
   */
  public record Column(int place) {
    /** Place of the length of a row's span, ms. */
    static final int SPAN = 0;

    /** Place of the first count of a {@link SummaryLayout}. */
    static final int HEAD = 5;

    /** Window start, ms since the epoch. */
    public static final Column START = new Column(-1);

    /** Window end, ms since the epoch. */
    public static final Column END = new Column(-2);

    /** Length of the window, ms; of joined ones that of all, gaps between them left out. */
    public static final Column LENGTH = new Column(1);

    /** 1, or how many windows were joined. */
    public static final Column WINDOWS = new Column(2);

    /** Revision of the window's newest summary. */
    public static final Column REVISION = new Column(3);

    /** 1 if records of the window had been deleted before they were read, else 0. */
    public static final Column INCOMPLETE = new Column(4);

    /** Records, trigger words included. */
    public static final Column RECORDS = new Column(HEAD + SummaryLayout.RECORDS);

    /** Malformed records. */
    public static final Column MALFORMED = new Column(HEAD + SummaryLayout.MALFORMED);

    /** Records that are hits. */
    public static final Column HITS = new Column(HEAD + SummaryLayout.HITS);

    /** Hits of the scintillators. */
    public static final Column SCINTILLATOR = new Column(HEAD + SummaryLayout.SCINTILLATOR_HITS);

    /** Hits of no chamber that are not a scintillator's. */
    public static final Column OTHER = new Column(HEAD + SummaryLayout.OTHER_HITS);

    /** Orbits with at least one hit. */
    public static final Column ORBITS = new Column(HEAD + SummaryLayout.ORBITS);

    /** The hits of a chamber. */
    public static Column chamber(int chamber) {
      return new Column(HEAD + SummaryLayout.CHAMBER_HITS + chamber);
    }

    /** How many numbers are columns. */
    static int width(int chambers) {
      return chamber(chambers).place;
    }
  }

  /** The series without windows. */
  public static final WindowSeries EMPTY = new WindowSeries(List.of());

  private final WindowChunk[] chunks;

  /** Index of the first row of each chunk, and behind the last the number of rows. */
  private final int[] firsts;

  /** The chunk last looked at, which is most often the next, too; any thread's will do. */
  private int recent;

  /** Header, cards and verdicts of one frame ask for the same stretch: the sum last made. */
  private volatile Optional<Summed> lastSum = Optional.empty();

  private record Summed(int from, int to, WindowSummary sum) {}

  private WindowSeries(List<WindowChunk> chunks) {
    this.chunks = chunks.toArray(WindowChunk[]::new);
    firsts = new int[chunks.size() + 1];
    for (int i = 0; i < this.chunks.length; i++) {
      firsts[i + 1] = firsts[i] + this.chunks[i].size();
    }
  }

  /** Number of rows: windows, and joined ones. */
  public int size() {
    return firsts[chunks.length];
  }

  /** True without windows. */
  public boolean isEmpty() {
    return chunks.length == 0;
  }

  /** A number of row {@code i}, 0 being the earliest. */
  public long get(Column column, int i) {
    return row(i).get(column);
  }

  private PackedWindow row(int i) {
    int chunk = chunkOf(i);
    return chunks[chunk].row(i - firsts[chunk]);
  }

  /** The chunk that row {@code i} lies in. */
  private int chunkOf(int i) {
    int hint = recent;
    if (hint < chunks.length && firsts[hint] <= i && i < firsts[hint + 1]) {
      return hint;
    }
    if (i < 0 || i >= size()) {
      throw new IndexOutOfBoundsException("window " + i + " of " + size());
    }
    int found = Arrays.binarySearch(firsts, i);
    int chunk = found >= 0 ? found : -found - 2;
    recent = chunk;
    return chunk;
  }

  /**
   * Rows of the block that begins with row {@code i}: of one length, and known together by {@link
   * #least}, {@link #largest} and {@link #sum(Column, int)}. 0 if no such block begins.
   */
  public int block(int i) {
    int chunk = chunkOf(i);
    return chunks[chunk].hasBlock(i - firsts[chunk]) ? WindowBlock.ROWS : 0;
  }

  /** The least number of the block that begins with row {@code i}; not of start and end. */
  public long least(Column column, int i) {
    return blockOf(i).least(column);
  }

  /** The largest number of the block that begins with row {@code i}; not of start and end. */
  public long largest(Column column, int i) {
    return blockOf(i).largest(column);
  }

  /** The sum of the numbers of the block that begins with row {@code i}. */
  public long sum(Column column, int i) {
    return blockOf(i).sum(column);
  }

  private WindowBlock blockOf(int i) {
    int chunk = chunkOf(i);
    return chunks[chunk].block(i - firsts[chunk]);
  }

  /** Start of row {@code i}. */
  public Instant start(int i) {
    return row(i).start();
  }

  /** End of row {@code i}. */
  public Instant end(int i) {
    return row(i).end();
  }

  /**
   * Position of the row that starts at this time.
   *
   * @return its index, or {@code -(insertion point) - 1} if there is none
   */
  public int indexOf(Instant start) {
    int at = firstStartingFrom(start.toEpochMilli());
    return at < size() && row(at).startMillis() == start.toEpochMilli() ? at : -at - 1;
  }

  /** Index of the first row that starts at this time or later; {@link #size()} if none does. */
  public int firstStartingFrom(Instant time) {
    return firstStartingFrom(time.toEpochMilli());
  }

  int firstStartingFrom(long millis) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (row(middle).startMillis() < millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Index of the first row that ends after this time; {@link #size()} if none does. */
  public int firstEndingAfter(Instant time) {
    int i = firstStartingFrom(time);
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
    return total(Column.REVISION, 0, size());
  }

  private long total(Column column, int from, int to) {
    long total = 0;
    for (int i = from; i < to; ) {
      int chunk = chunkOf(i);
      int end = Math.min(to, firsts[chunk + 1]);
      if (i == firsts[chunk] && end == firsts[chunk + 1]) {
        total += chunks[chunk].sum(column);
        i = end;
      }
      while (i < end) {
        int row = i - firsts[chunk];
        if (row % WindowBlock.ROWS == 0 && i + WindowBlock.ROWS <= end) {
          total += chunks[chunk].block(row).sum(column);
          i += WindowBlock.ROWS;
        } else {
          total += chunks[chunk].row(row).get(column);
          i++;
        }
      }
    }
    return total;
  }

  /**
   * Windows of a stretch, those that were joined counted each.
   *
   * @param from first row
   * @param to first row behind the stretch
   */
  public long windows(int from, int to) {
    return total(Column.WINDOWS, Math.max(0, from), Math.min(to, size()));
  }

  /**
   * Windows of a stretch that lack records, which had been deleted before they were read.
   *
   * @param from first row
   * @param to first row behind the stretch
   */
  public int incomplete(int from, int to) {
    return (int) total(Column.INCOMPLETE, Math.max(0, from), Math.min(to, size()));
  }

  /** Row {@code i}, whole, 0 being the earliest. */
  public WindowSummary window(int i) {
    return row(i).summary();
  }

  /** The window with the latest start. */
  public Optional<WindowSummary> newest() {
    return isEmpty() ? Optional.empty() : Optional.of(window(size() - 1));
  }

  /**
   * The sum of a stretch of rows; its span reaches from the first start to the last one's end. Sums
   * add cell by cell, also where the mapping of channels changed between windows; they bear the
   * last window's channels and the runs of all, and are incomplete if a window is.
   *
   * @param from first row
   * @param to first row behind the stretch
   * @return empty if the stretch is
   */
  public Optional<WindowSummary> sum(int from, int to) {
    int first = Math.max(0, from);
    int end = Math.min(to, size());
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

  /** The sum of a stretch that is not empty, which is not remembered. */
  WindowSummary added(int first, int end) {
    ChannelLayout channels = row(end - 1).channels();
    long[] sum = new long[PackedWindow.numbers(channels.counts())];
    SortedSet<Long> runs = new TreeSet<>();
    for (int i = first; i < end; ) {
      int chunk = chunkOf(i);
      int to = Math.min(end, firsts[chunk + 1]);
      chunks[chunk].addTo(sum, runs, i - firsts[chunk], to - firsts[chunk]);
      i = to;
    }
    return channels
        .counts()
        .summary(
            new WindowSummary.Head(
                Optional.of(new WindowSummary.Span(start(first), end(end - 1))),
                0,
                sum[Column.INCOMPLETE.place()] > 0,
                List.copyOf(runs)),
            channels::firstChannel,
            Arrays.copyOfRange(sum, Column.HEAD, sum.length));
  }

  /** What the newest window's bins stand for; empty without windows. */
  public Optional<ChannelLayout> channels() {
    return isEmpty() ? Optional.empty() : Optional.of(row(size() - 1).channels());
  }

  /** Bytes that the windows take. */
  public long bytes() {
    return rows(0, size()).stream().mapToLong(PackedWindow::bytes).sum();
  }

  /** True if it can hold a window of these channels beside those that it has. */
  boolean takes(ChannelLayout channels) {
    return isEmpty() || channels.counts().equals(row(0).channels().counts());
  }

  /** Rows of a stretch. */
  List<PackedWindow> rows(int from, int to) {
    List<PackedWindow> rows = new ArrayList<>(to - from);
    for (int i = from; i < to; ) {
      int chunk = chunkOf(i);
      int end = Math.min(to, firsts[chunk + 1]);
      rows.addAll(chunks[chunk].rows(i - firsts[chunk], end - firsts[chunk]));
      i = end;
    }
    return rows;
  }

  PackedWindow packed(int i) {
    return row(i);
  }

  /**
   * The series with other rows in place of a stretch.
   *
   * @param from first row of the stretch
   * @param to first row behind it
   * @param instead rows that the series {@link #takes}, which start in the place of the stretch
   */
  WindowSeries with(int from, int to, List<PackedWindow> instead) {
    if (isEmpty()) {
      return new WindowSeries(cut(instead, true));
    }
    int first = from == size() ? chunks.length - 1 : chunkOf(from);
    int last = to == from ? first : chunkOf(to - 1);
    List<PackedWindow> rows = rows(firsts[first], from);
    rows.addAll(instead);
    rows.addAll(rows(to, firsts[last + 1]));
    int same = from - firsts[first];
    if (first > 0 && rows.size() + chunks[first - 1].size() <= WindowChunk.MOST / 2) {
      // What deletions and joins leave of chunks is put together again.
      first--;
      same = chunks[first].size();
      rows.addAll(0, rows(firsts[first], firsts[first + 1]));
    }
    List<WindowChunk> made = cut(rows, to == size());
    if (!made.isEmpty()) {
      int shared = Math.min(same, made.get(0).size());
      made.set(0, new WindowChunk(rows.subList(0, made.get(0).size()), chunks[first], shared));
    }
    List<WindowChunk> all = new ArrayList<>(Arrays.asList(chunks).subList(0, first));
    all.addAll(made);
    all.addAll(Arrays.asList(chunks).subList(last + 1, chunks.length));
    return new WindowSeries(all);
  }

  /** Chunks of these rows; equally large, or full ones where more will follow. */
  private static List<WindowChunk> cut(List<PackedWindow> rows, boolean atEnd) {
    int chunks = (rows.size() + WindowChunk.MOST - 1) / WindowChunk.MOST;
    List<WindowChunk> made = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      int from = atEnd ? i * WindowChunk.MOST : (int) ((long) rows.size() * i / chunks);
      int to =
          atEnd
              ? Math.min(rows.size(), from + WindowChunk.MOST)
              : (int) ((long) rows.size() * (i + 1) / chunks);
      made.add(new WindowChunk(rows.subList(from, to)));
    }
    return made;
  }

  /** Computes what drawing will ask for, on the thread that calls. */
  WindowSeries prepared() {
    for (int i = 0; i < chunks.length - 1; i++) {
      chunks[i].prepare();
    }
    return this;
  }
}
