package org.driftwatch.detector;

import java.util.Arrays;

/**
 * A histogram with fixed integer bin edges: bin i counts edge[i] &lt;= x &lt; edge[i+1]. Immutable
 * and safe to share between threads.
 */
public final class Histogram {
  private final int[] edges;
  private final long[] counts;
  private final long underflow;
  private final long overflow;

  /** A histogram that keeps these arrays: nobody may change them. */
  Histogram(int[] edges, long[] counts, long underflow, long overflow) {
    this.edges = edges;
    this.counts = counts;
    this.underflow = underflow;
    this.overflow = overflow;
  }

  /**
   * A histogram of these counts.
   *
   * @param edges ascending, one more than counts
   * @throws IllegalArgumentException where the lengths do not match
   */
  public static Histogram of(int[] edges, long[] counts, long underflow, long overflow) {
    if (edges.length != counts.length + 1) {
      throw new IllegalArgumentException(
          edges.length + " bin edges for " + counts.length + " bins, expected one more than bins");
    }
    return new Histogram(edges.clone(), counts.clone(), underflow, overflow);
  }

  /** Edges {@code first, first + width, ...} of {@code bins} bins. */
  public static int[] regularEdges(int first, int width, int bins) {
    int[] edges = new int[bins + 1];
    for (int i = 0; i <= bins; i++) {
      edges[i] = first + i * width;
    }
    return edges;
  }

  /** Number of bins. */
  public int bins() {
    return counts.length;
  }

  /** Lower edge of bin {@code i}; {@code edge(bins())} is the upper edge of the last. */
  public int edge(int i) {
    return edges[i];
  }

  /** Entries of bin {@code i}. */
  public long count(int i) {
    return counts[i];
  }

  /** A copy of the bin edges, one more than bins. */
  public int[] edges() {
    return edges.clone();
  }

  /** A copy of the counts. */
  public long[] counts() {
    return counts.clone();
  }

  /** Entries below the first edge. */
  public long underflow() {
    return underflow;
  }

  /** Entries at or above the last edge. */
  public long overflow() {
    return overflow;
  }

  /** All entries, under- and overflow included. */
  public long entries() {
    long sum = underflow + overflow;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /** True where the other histogram has the same bin edges. */
  public boolean hasSameBinsAs(Histogram other) {
    return Arrays.equals(edges, other.edges);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Histogram h
        && Arrays.equals(edges, h.edges)
        && Arrays.equals(counts, h.counts)
        && underflow == h.underflow
        && overflow == h.overflow;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "Histogram{[" + edges[0] + ", " + edges[edges.length - 1] + ") " + entries() + "}";
  }
}
