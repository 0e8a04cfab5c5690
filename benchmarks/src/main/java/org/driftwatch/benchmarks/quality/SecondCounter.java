package org.driftwatch.benchmarks.quality;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.emulator.send.OrbitStamps;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.source.RowBatch;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.orbits.HitPacking;
import org.driftwatch.pipelines.orbits.OrbitTurns;
import org.driftwatch.pipelines.summarise.HistogramCombiner;

/**
 * Counts rows into the seconds that they are stamped in: stamps as the emulator gives them, counts
 * by the aggregation of the pipeline. No orbit is cut by a second's end, so that the counts of
 * longer windows are sums of these. Not safe for use by several threads.
 */
final class SecondCounter implements RowEncoder {
  private static final int MS = 1000;

  /**
   * Seconds that may still get rows: that of the newest row, and those that stamps fall back to.
   */
  private static final int OPEN = OrbitStamps.MEMORY_MS / MS + 2;

  private final OrbitStamps stamps;
  private final ChannelMap map;
  private final HitPacking packing;
  private final HistogramCombiner combiner;
  private final DetectorDescription detector;
  private final SummaryLayout layout;
  private final Transport transport;
  private final Open[] open = new Open[OPEN];
  private final Queue<Second> done = new ArrayDeque<>();
  private final long oldest;
  private long newest;

  /**
   * Counts from some second on.
   *
   * @param first the second of the first row
   */
  SecondCounter(DetectorDescription detector, Transport transport, long first) {
    this.detector = detector;
    this.transport = transport;
    newest = first;
    oldest = first;
    OrbitTurns turns = OrbitTurns.inWindows(detector, MS);
    if (turns.kind() != OrbitTurns.Kind.ONE) {
      throw new IllegalArgumentException(
          detector.name() + " has an orbit counter that wraps within a second");
    }
    if (detector.clock().orbitBits() > new HitLayout(detector).orbitBits()) {
      throw new IllegalArgumentException(
          detector.name() + " has an orbit counter that is wider than a word holds");
    }
    stamps = new OrbitStamps(detector.clock());
    map = new ChannelMap(detector);
    packing = HitPacking.of(detector, turns);
    combiner = new HistogramCombiner(detector, turns, false, false);
    layout = SummaryLayout.of(detector);
    for (int i = 0; i < OPEN; i++) {
      open[i] = new Open();
    }
  }

  /** A second that still gets rows. */
  private static final class Open {
    private final Hits onTime = new Hits();
    private final Hits late = new Hits();
    private long malformed;
  }

  /** Packed hits, and how many records they came with. */
  private static final class Hits {
    private long[] words = new long[1024];
    private int size;
    private long records;

    void add(long word) {
      if (size == words.length) {
        words = Arrays.copyOf(words, 2 * size);
      }
      words[size++] = word;
    }

    void clear() {
      size = 0;
      records = 0;
    }
  }

  /**
   * Counts a row.
   *
   * @param due when it is due, ms of the stream; never falls back
   */
  @Override
  public void row(RowBatch batch, int i, long due) {
    boolean isHit = batch.isHit(i);
    long stamp = stamp(batch, i, due);
    Open second = open[(int) (stamp / MS % OPEN)];
    Hits hits = second.onTime;
    if (transport.isDisturbed(stamp)) {
      second.malformed += transport.addsMalformed() ? 1 : 0;
      hits = transport.delays() ? second.late : hits;
    }
    if (isHit && batch.isWide(i)) {
      second.malformed++;
      return;
    }
    hits.records++;
    if (isHit) {
      long word = batch.word(i);
      hits.add(packing.pack(word, map.cell(word)));
    }
  }

  private long stamp(RowBatch batch, int i, long due) {
    if (due >= (newest + 1) * MS) {
      advance(due / MS);
    }
    return batch.isHitWithOrbit(i) ? stamps.stamp(batch.orbit(i), due) : due;
  }

  @Override
  public void skip(RowBatch batch, int i, long due) {
    stamp(batch, i, due);
  }

  @Override
  public void beside(RowBatch batch, int i, long due) {
    row(batch, i, due);
  }

  @Override
  public long deadline() {
    return NO_DEADLINE;
  }

  @Override
  public void release(long now) {}

  private void advance(long second) {
    while (newest < second) {
      newest++;
      close(newest - OPEN + 1);
    }
  }

  /** Closes the seconds that are left. */
  @Override
  public void flush() {
    advance(newest + OPEN - 1);
  }

  private void close(long second) {
    if (second < oldest) {
      return;
    }
    Open of = open[(int) (second % OPEN)];
    HitAccumulator onTime = accumulate(of.onTime, of.malformed);
    long[] counts = counts(onTime);
    long[] complete =
        of.late.records == 0
            ? counts
            : counts(combiner.mergeAccumulators(List.of(onTime, accumulate(of.late, 0))));
    done.add(new Second(second, counts, complete));
    of.onTime.clear();
    of.late.clear();
    of.malformed = 0;
  }

  private HitAccumulator accumulate(Hits hits, long malformed) {
    WordBlock block = new WordBlock(hits.records, malformed, Arrays.copyOf(hits.words, hits.size));
    return combiner.addInput(combiner.createAccumulator(), block);
  }

  private long[] counts(HitAccumulator hits) {
    WindowSummary summary =
        combiner.extractOutput(hits).summary(detector, Optional.empty(), /* revision= */ 0);
    return layout.counts(summary);
  }

  /** The next second that is complete; empty where more rows are needed for it. */
  Optional<Second> poll() {
    return Optional.ofNullable(done.poll());
  }
}
