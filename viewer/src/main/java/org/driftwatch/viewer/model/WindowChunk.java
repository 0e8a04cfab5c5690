package org.driftwatch.viewer.model;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.driftwatch.viewer.model.WindowSeries.Column;

/**
 * Rows of a {@link WindowSeries} in a row. Immutable; remembers its sums once they were asked for,
 * and whoever asks first, on any thread, computes the same.
 */
final class WindowChunk {
  /** Rows of a chunk at most. */
  static final int MOST = 512;

  private final PackedWindow[] rows;
  private final WindowBlock[] blocks;
  private volatile Total total;

  /** The sum of all rows, and all their runs. */
  private static final class Total {
    private final long[] sum;
    private final Set<Long> runs;

    private Total(long[] sum, Set<Long> runs) {
      this.sum = sum;
      this.runs = Set.copyOf(runs);
    }

    /** The sum of these rows, too. */
    Total with(List<PackedWindow> more) {
      long[] all = sum.clone();
      Set<Long> allRuns = new TreeSet<>(runs);
      for (PackedWindow row : more) {
        row.addTo(all);
        allRuns.addAll(row.runs());
      }
      return new Total(all, allRuns);
    }
  }

  /**
   * A chunk.
   *
   * @param windows its rows
   * @param before a chunk with the same first rows; its blocks are taken over
   * @param same how many of them are the same
   */
  WindowChunk(List<PackedWindow> windows, WindowChunk before, int same) {
    this(windows);
    System.arraycopy(before.blocks, 0, blocks, 0, Math.min(same, size()) / WindowBlock.ROWS);
    Total known = before.total;
    if (known != null && same == before.size() && same < size()) {
      total = known.with(Arrays.asList(rows).subList(same, size()));
    }
  }

  WindowChunk(List<PackedWindow> windows) {
    rows = windows.toArray(PackedWindow[]::new);
    blocks = new WindowBlock[rows.length / WindowBlock.ROWS];
  }

  int size() {
    return rows.length;
  }

  PackedWindow row(int row) {
    return rows[row];
  }

  List<PackedWindow> rows(int from, int to) {
    return Arrays.asList(rows).subList(from, to);
  }

  /** True if a block of equally long rows begins with this one. */
  boolean hasBlock(int row) {
    return row % WindowBlock.ROWS == 0
        && row + WindowBlock.ROWS <= rows.length
        && block(row).isEven();
  }

  /** The block that this row is of. */
  WindowBlock block(int row) {
    int block = row / WindowBlock.ROWS;
    WindowBlock known = blocks[block];
    if (known == null) {
      known = new WindowBlock(rows, block * WindowBlock.ROWS);
      blocks[block] = known;
    }
    return known;
  }

  /** The sum of a number of all rows. */
  long sum(Column column) {
    return total().sum[column.place()];
  }

  /** Adds rows to a sum. */
  void addTo(long[] sum, Set<Long> runs, int from, int to) {
    if (from == 0 && to == rows.length) {
      Total whole = total();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += whole.sum[i];
      }
      runs.addAll(whole.runs);
      return;
    }
    for (int row = from; row < to; row++) {
      rows[row].addTo(sum);
      runs.addAll(rows[row].runs());
    }
  }

  private Total total() {
    Total known = total;
    if (known == null) {
      int numbers = PackedWindow.numbers(rows[0].channels().counts());
      known = new Total(new long[numbers], Set.of()).with(Arrays.asList(rows));
      total = known;
    }
    return known;
  }

  /** Computes what will be asked for. */
  void prepare() {
    if (total == null) {
      total = total();
      for (int row = 0; row + WindowBlock.ROWS <= rows.length; row += WindowBlock.ROWS) {
        block(row);
      }
    }
  }
}
