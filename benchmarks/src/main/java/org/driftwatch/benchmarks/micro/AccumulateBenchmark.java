package org.driftwatch.benchmarks.micro;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.driftwatch.benchmarks.stream.Readout;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.orbits.HitAccumulatorCoder;
import org.driftwatch.pipelines.summarise.HistogramCombiner;
import org.driftwatch.pipelines.summarise.WindowCounts;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From words to counts, per hit: a window of {@value #HITS} hits that comes in blocks of {@value
 * #BLOCK}, of which {@value #BLOCKS_PER_BUNDLE} make a bundle.
 */
@State(Scope.Thread)
public class AccumulateBenchmark {
  private static final int HITS = 131_072;
  private static final int BLOCK = 1024;
  private static final int BLOCKS_PER_BUNDLE = 32;
  private static final int BUNDLE = BLOCK * BLOCKS_PER_BUNDLE;

  private final HistogramCombiner combiner = Readout.combiner(false);
  private final HistogramCombiner withSegments = Readout.combiner(true);
  private final HitAccumulatorCoder coder = HitAccumulatorCoder.of();
  private final List<WordBlock> blocks = new ArrayList<>();
  private long[] words;
  private byte[] encoded;

  /** Makes the blocks. */
  @Setup
  public void makeBlocks() throws IOException {
    words = Readout.hits(HITS);
    long[] packed = pack();
    for (int from = 0; from < HITS; from += BLOCK) {
      blocks.add(new WordBlock(BLOCK, 0, Arrays.copyOfRange(packed, from, from + BLOCK)));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    coder.encode(accumulate(0, BLOCKS_PER_BUNDLE), out);
    encoded = out.toByteArray();
  }

  /** Mapping a word to its cell and packing it. */
  @Benchmark
  @OperationsPerInvocation(HITS)
  public long[] pack() {
    return Readout.pack(words);
  }

  /** Into the accumulators of bundles, these merged, and counted orbit by orbit. */
  @Benchmark
  @OperationsPerInvocation(HITS)
  public WindowCounts accumulateMergeCount() {
    return combiner.extractOutput(merged());
  }

  /** The same with muon segments. */
  @Benchmark
  @OperationsPerInvocation(HITS)
  public WindowCounts accumulateMergeCountSegments() {
    return withSegments.extractOutput(merged());
  }

  private HitAccumulator merged() {
    List<HitAccumulator> bundles = new ArrayList<>();
    for (int from = 0; from < blocks.size(); from += BLOCKS_PER_BUNDLE) {
      bundles.add(accumulate(from, from + BLOCKS_PER_BUNDLE));
    }
    return combiner.mergeAccumulators(bundles);
  }

  private HitAccumulator accumulate(int from, int to) {
    HitAccumulator bundle = combiner.createAccumulator();
    for (WordBlock block : blocks.subList(from, to)) {
      bundle = combiner.addInput(bundle, block);
    }
    return bundle;
  }

  /** A bundle filled, its hits sorted, packed and encoded: what leaves for the shuffle. */
  @Benchmark
  @OperationsPerInvocation(BUNDLE)
  public int accumulateEncode() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length);
    coder.encode(accumulate(0, BLOCKS_PER_BUNDLE), out);
    return out.size();
  }

  /** A bundle decoded and merged into another accumulator: what comes from the shuffle. */
  @Benchmark
  @OperationsPerInvocation(2 * BUNDLE)
  public HitAccumulator decodeMerge() throws IOException {
    return combiner.mergeAccumulators(
        List.of(
            coder.decode(new ByteArrayInputStream(encoded)),
            coder.decode(new ByteArrayInputStream(encoded))));
  }
}
