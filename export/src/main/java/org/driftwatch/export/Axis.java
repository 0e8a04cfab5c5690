package org.driftwatch.export;

import java.util.stream.IntStream;

/** An axis of a histogram: bin i holds edge[i] &lt;= x &lt; edge[i+1]. Immutable. */
public final class Axis {
  private final String title;
  private final String unit;
  private final int[] edges;

  /**
   * An axis.
   *
   * @param title what is counted along it
   * @param unit of its edges; empty where they are numbers of something
   * @param edges ascending, two or more; copied
   */
  Axis(String title, String unit, int... edges) {
    if (edges.length < 2
        || IntStream.range(1, edges.length).anyMatch(i -> edges[i] <= edges[i - 1])) {
      throw new IllegalArgumentException("axis " + title + ": expected two or more rising edges");
    }
    this.title = title;
    this.unit = unit;
    this.edges = edges.clone();
  }

  /** What is counted along it. */
  public String title() {
    return title;
  }

  /** Unit of its edges; empty where they are numbers of something. */
  public String unit() {
    return unit;
  }

  /** Title and unit, as they stand beside an axis. */
  public String label() {
    return unit.isEmpty() ? title : title + " [" + unit + "]";
  }

  /** Number of bins. */
  public int bins() {
    return edges.length - 1;
  }

  /** Lower edge of bin {@code i}; {@code edge(bins())} is the upper edge of the last. */
  public int edge(int i) {
    return edges[i];
  }

  /** A copy of the edges, one more than bins. */
  public int[] edges() {
    return edges.clone();
  }

  /** True where all bins have the same width. */
  public boolean isRegular() {
    int width = edges[1] - edges[0];
    return IntStream.range(1, edges.length).allMatch(i -> edges[i] - edges[i - 1] == width);
  }
}
