package org.driftwatch.viewer.view;

/**
 * How chambers are spread over sheets of at most {@value #MOST}, so that plots stay large enough to
 * read: as evenly as they go.
 *
 * @param chambers how many there are
 */
public record Sheets(int chambers) {
  /** Most chambers side by side. */
  public static final int MOST = 4;

  /** Number of sheets. */
  public int count() {
    return (chambers + MOST - 1) / MOST;
  }

  /** Number of chambers on a sheet; the last one may have less. */
  public int size() {
    return (chambers + count() - 1) / count();
  }

  /** The sheet of a chamber. */
  public int of(int chamber) {
    return chamber / size();
  }

  /** The first chamber of a sheet. */
  public int first(int sheet) {
    return sheet * size();
  }

  /** The first chamber behind a sheet. */
  public int end(int sheet) {
    return Math.min(chambers, first(sheet + 1));
  }
}
