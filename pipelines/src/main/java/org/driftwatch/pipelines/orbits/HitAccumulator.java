package org.driftwatch.pipelines.orbits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.pipelines.block.HitGroup;
import org.driftwatch.pipelines.block.WordBlock;

/**
 * What the histogram combiner holds of a window, or of one shard of it: counts and the hits. The
 * hits are needed to the end, since a late one may open the scintillator's gate for all others of
 * its orbit. While hits are added they take eight bytes each; on the way between steps and at rest
 * they are {@link OrbitRuns}, four bytes each. Accumulators are merged by keeping the runs of both
 * side by side: nothing is unpacked, sorted or copied again until the hits are counted.
 *
 * <p>Changed in place; not safe for use by several threads.
 */
public final class HitAccumulator {
  /** The shard that announces the parts of all: every part of a window has something for it. */
  public static final int FIRST_SHARD = 0;

  private static final int FIRST_CAPACITY = 256;
  private static final long[] NONE = new long[0];

  private final List<PackedRun> packed = new ArrayList<>();
  private long records;
  private long malformed;
  private long size;
  private long marks;
  private long announced;
  private final SortedSet<Long> runs = new TreeSet<>();
  private final @Nullable HitPacking packing;
  private HitGroup group = HitGroup.NONE;
  private long[] loose = NONE;
  private int looseSize;

  /** An empty accumulator of hits packed so. */
  public HitAccumulator(HitPacking packing) {
    this.packing = packing;
  }

  /**
   * An accumulator from what was kept of another; no blocks can be added to it.
   *
   * @param runs numbers of the runs that its records are of
   * @param announced marks of all shards together, see {@link #announced()}
   * @param packed its hits
   */
  public HitAccumulator(
      long records, long malformed, Collection<Long> runs, long announced, List<PackedRun> packed) {
    packing = null;
    this.records = records;
    this.malformed = malformed;
    this.runs.addAll(runs);
    this.announced = announced;
    for (PackedRun part : packed) {
      this.packed.add(part);
      size += part.size();
      marks += part.mark();
    }
  }

  /** True where the hits of a block can be held beside the others that are not packed yet. */
  public boolean takes(WordBlock block) {
    return looseSize == 0 || group.equals(block.group());
  }

  /** Adds the hits of a block, and what it counts. */
  public void add(WordBlock block) {
    if (!takes(block)) {
      pack();
    }
    group = block.group();
    if (group.hasRun()) {
      runs.add(group.run());
    }
    records += block.records();
    malformed += block.malformed();
    int count = Math.addExact(block.words().length, block.others().length);
    int needed = Math.addExact(looseSize, count);
    size += count;
    if (looseSize == 0 && block.others().length == 0) {
      // Read only: there is no room in it for more.
      loose = block.words();
      looseSize = count;
      return;
    }
    if (loose.length < needed) {
      int grown = loose.length > Integer.MAX_VALUE / 4 ? needed : loose.length * 2;
      loose = Arrays.copyOf(loose, Math.max(FIRST_CAPACITY, Math.max(needed, grown)));
    }
    System.arraycopy(block.words(), 0, loose, looseSize, block.words().length);
    System.arraycopy(
        block.others(), 0, loose, needed - block.others().length, block.others().length);
    looseSize = needed;
  }

  /** Adds all that another accumulator holds. */
  public void add(HitAccumulator other) {
    records += other.records;
    malformed += other.malformed;
    runs.addAll(other.runs);
    packed.addAll(other.packed());
    size += other.size;
    marks += other.marks;
    announced += other.announced;
  }

  /**
   * What was added block by block, in parts: each orbit whole in one of them; records and malformed
   * ones, which have no orbit, with the first, which announces the parts of all.
   */
  public HitAccumulator[] split(int shards) {
    return split(shards, OrbitRuns.STRETCH_BITS);
  }

  /**
   * The same, in longer stretches.
   *
   * @param stretchBits bits of the orbits that follow each other in one shard
   */
  public HitAccumulator[] split(int shards, int stretchBits) {
    if (!packed.isEmpty()) {
      throw new IllegalStateException("holds what was merged, and that is split already");
    }
    List<PackedRun> packedShards =
        Arrays.stream(OrbitRuns.pack(packing, group, sortedLoose(), looseSize, shards, stretchBits))
            .map(PackedRun::new)
            .toList();
    long all = packedShards.stream().mapToLong(PackedRun::mark).sum();
    HitAccumulator[] parts = new HitAccumulator[shards];
    for (int shard = 0; shard < shards; shard++) {
      parts[shard] =
          shard == FIRST_SHARD
              ? new HitAccumulator(records, malformed, runs, all, List.of(packedShards.get(shard)))
              : new HitAccumulator(0, 0, List.of(), 0, List.of(packedShards.get(shard)));
    }
    return parts;
  }

  /**
   * The same, its hits kept in a file.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public HitAccumulator keptIn(SpillFile file) {
    return new HitAccumulator(
        records, malformed, runs, announced(), packed().stream().map(file::keep).toList());
  }

  /** Records counted, trigger words included, malformed ones not. */
  public long records() {
    return records;
  }

  /** Malformed records counted. */
  public long malformed() {
    return malformed;
  }

  /** Numbers of the runs that the records are of. */
  public SortedSet<Long> runs() {
    return Collections.unmodifiableSortedSet(runs);
  }

  /** Number of hits held. */
  public long size() {
    return size;
  }

  /** Sum of the marks of all parts that the hits came in, see {@link OrbitRuns#mark}. */
  public long marks() {
    pack();
    return marks;
  }

  /**
   * Sum of the marks of all shards together, as the first of them knows; 0 of the others. By this
   * it is known whether shards that come one after the other are all there, and made of the same
   * parts of the stream. Their numbers of hits would not tell: other parts may have as many.
   */
  public long announced() {
    pack();
    return announced;
  }

  /** The hits, in any number of parts. */
  public List<PackedRun> packed() {
    pack();
    return Collections.unmodifiableList(packed);
  }

  private long[] sortedLoose() {
    return OrbitSort.sorted(loose, looseSize, packing.orbitShift());
  }

  private void pack() {
    if (looseSize > 0) {
      PackedRun run = new PackedRun(OrbitRuns.pack(packing, group, sortedLoose(), looseSize));
      packed.add(run);
      marks += run.mark();
      announced += run.mark();
      loose = NONE;
      looseSize = 0;
    }
  }

  /** Counts, hits and what is announced are the same, whatever parts the hits are in. */
  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof HitAccumulator a
        && records == a.records
        && malformed == a.malformed
        && size == a.size
        && announced() == a.announced()
        && runs.equals(a.runs)
        && sorted().equals(a.sorted());
  }

  /** Each hit as text, with its orbit and group. */
  private List<String> sorted() {
    List<String> sorted = new ArrayList<>();
    for (PackedRun part : packed()) {
      HitGroup of = part.group();
      OrbitMerge orbits = new OrbitMerge(List.of(part), 0);
      while (orbits.next()) {
        for (int i = 0; i < orbits.size(); i++) {
          sorted.add(of + " " + orbits.orbit() + " " + orbits.hits()[i]);
        }
      }
    }
    Collections.sort(sorted);
    return sorted;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(records) * 31 + Long.hashCode(size);
  }

  @Override
  public String toString() {
    return "HitAccumulator{"
        + records
        + " records, "
        + size
        + " hits, "
        + malformed
        + " malformed}";
  }
}
