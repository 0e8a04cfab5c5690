package org.driftwatch.pipelines.summarise;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.MonotonicNonNull;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;
import org.driftwatch.pipelines.observe.PipelineMetrics;
import org.driftwatch.pipelines.orbits.HitPacking;
import org.driftwatch.pipelines.orbits.OrbitTurns;

/**
 * Maps hits from board and channel to the chamber's cell, by the detector's description: what were
 * words as they are parsed are packed hits from here on, see {@link HitPacking}.
 */
public final class MapToChambers
    extends PTransform<PCollection<WordBlock>, PCollection<WordBlock>> {
  private static final long serialVersionUID = 1;

  private final DetectorDescription detector;
  private final HitPacking packing;

  /**
   * A mapping by this description.
   *
   * @param turns how the orbits of a counter's turns are told apart
   */
  public MapToChambers(DetectorDescription detector, OrbitTurns turns) {
    this.detector = detector;
    packing = HitPacking.of(detector, turns);
  }

  @Override
  public PCollection<WordBlock> expand(PCollection<WordBlock> hits) {
    return hits.apply("Map channels", ParDo.of(new MapFn(detector, packing)))
        .setCoder(WordBlockCoder.of());
  }

  private static final class MapFn extends DoFn<WordBlock, WordBlock> {
    private static final long serialVersionUID = 1;

    private final Counter withCells = PipelineMetrics.blocksWithCells();
    private final Counter withoutCell = PipelineMetrics.hitsWithoutCell();
    private final DetectorDescription detector;
    private final HitPacking packing;
    private transient @MonotonicNonNull ChannelMap map;

    MapFn(DetectorDescription detector, HitPacking packing) {
      this.detector = detector;
      this.packing = packing;
    }

    @Setup
    public void setUp() {
      map = new ChannelMap(detector);
    }

    /** Looks at no more hits than it takes to find one that has a cell: mostly the first. */
    private void count(long[] words) {
      for (long word : words) {
        if (map.cell(word) != map.other()) {
          withCells.inc();
          return;
        }
      }
      withoutCell.inc(words.length);
    }

    @ProcessElement
    public void map(@Element WordBlock block, OutputReceiver<WordBlock> out) {
      long[] words = block.words();
      long[] hits = new long[words.length];
      for (int i = 0; i < words.length; i++) {
        hits[i] = packing.pack(words[i], map.cell(words[i]));
      }
      count(words);
      out.output(block.withWords(hits));
    }
  }
}
