package org.driftwatch.pipelines.summarise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.Varint;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.pipelines.orbits.OrbitRuns;
import org.driftwatch.pipelines.tracks.MuonOrbit;
import org.driftwatch.pipelines.tracks.MuonSample;

/**
 * All counts of a summary, whatever the window held: what shards of a window add up in. They lie as
 * {@link SummaryLayout} says, and are held in as few bytes as their numbers need: a batch has tens
 * of thousands of windows. Immutable.
 */
public final class WindowCounts {
  /** Of a number as {@link Varint} writes it. */
  private static final int MOST_BYTES = 10;

  private final int size;
  private final byte[] packed;
  private final SortedSet<Long> runs;
  private final long marks;
  private final long announced;
  private final List<MuonOrbit> events;

  /**
   * The counts of a shard.
   *
   * @param counts 0 or more each
   * @param runs numbers of the runs that its records are of
   * @param marks of the parts that the shard was counted from, see {@link OrbitRuns#mark}
   * @param announced marks of all shards together, told by the first: the same as {@code marks} of
   *     their sum once all are there
   * @param events orbits with muons that are shown, in their order
   */
  WindowCounts(
      long[] counts, Collection<Long> runs, long marks, long announced, List<MuonOrbit> events) {
    size = counts.length;
    packed = pack(counts);
    this.runs = Collections.unmodifiableSortedSet(new TreeSet<>(runs));
    this.marks = marks;
    this.announced = announced;
    this.events = List.copyOf(events);
  }

  private static byte[] pack(long[] counts) {
    byte[] bytes = new byte[MOST_BYTES * counts.length];
    int end = 0;
    for (long count : counts) {
      end = Varint.put(count, bytes, end);
    }
    return Arrays.copyOf(bytes, end);
  }

  /** The sum of several parts of one window that share no orbit. */
  static WindowCounts sum(List<WindowCounts> parts) {
    long[] sum = new long[parts.get(0).size];
    SortedSet<Long> runs = new TreeSet<>();
    long marks = 0;
    long announced = 0;
    List<MuonOrbit> events = new ArrayList<>();
    for (WindowCounts part : parts) {
      long[] counts = part.counts();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += counts[i];
      }
      runs.addAll(part.runs);
      marks += part.marks;
      announced += part.announced;
      events.addAll(part.events);
    }
    return new WindowCounts(sum, runs, marks, announced, MuonSample.join(events));
  }

  /** True unless shards are missing, or lack what the first of them has announced. */
  boolean isWhole() {
    return marks == announced;
  }

  /** The counts. */
  long[] counts() {
    long[] counts = new long[size];
    int at = 0;
    for (int i = 0; i < size; i++) {
      counts[i] = Varint.get(packed, at);
      at = Varint.end(packed, at);
    }
    return counts;
  }

  /** Numbers of the runs that the records are of. */
  SortedSet<Long> runs() {
    return runs;
  }

  long marks() {
    return marks;
  }

  long announced() {
    return announced;
  }

  /** Orbits with muons that are shown, in their order. */
  public List<MuonOrbit> events() {
    return events;
  }

  /** The summary that is published. */
  public WindowSummary summary(
      DetectorDescription detector, Optional<WindowSummary.Span> span, int revision) {
    return SummaryLayout.of(detector)
        .summary(
            new WindowSummary.Head(span, revision, false, List.copyOf(runs)),
            chamber -> detector.chambers().get(chamber).firstBin(),
            counts());
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof WindowCounts c
        && size == c.size
        && Arrays.equals(packed, c.packed)
        && runs.equals(c.runs)
        && marks == c.marks
        && announced == c.announced
        && events.equals(c.events);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(packed);
  }

  @Override
  public String toString() {
    long[] counts = counts();
    return "WindowCounts{"
        + counts[SummaryLayout.RECORDS]
        + " records, "
        + counts[SummaryLayout.HITS]
        + " hits, "
        + counts[SummaryLayout.ORBITS]
        + " orbits}";
  }
}
