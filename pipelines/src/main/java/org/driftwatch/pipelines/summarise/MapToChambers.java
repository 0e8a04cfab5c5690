package org.driftwatch.pipelines.summarise;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.MonotonicNonNull;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;
import org.driftwatch.pipelines.orbits.PackedHit;

/**
 * Maps hits from board and channel to the chamber's cell, by the run's configuration: what were DAQ
 * words are {@link PackedHit}s from here on.
 */
public final class MapToChambers
    extends PTransform<PCollection<WordBlock>, PCollection<WordBlock>> {
  private static final long serialVersionUID = 1;

  private final RunConfiguration run;

  /** A mapping by this run configuration. */
  public MapToChambers(RunConfiguration run) {
    this.run = run;
  }

  @Override
  public PCollection<WordBlock> expand(PCollection<WordBlock> hits) {
    return hits.apply("Map channels", ParDo.of(new MapFn(run))).setCoder(WordBlockCoder.of());
  }

  private static final class MapFn extends DoFn<WordBlock, WordBlock> {
    private static final long serialVersionUID = 1;

    private final RunConfiguration run;
    private transient @MonotonicNonNull ChannelMap map;

    MapFn(RunConfiguration run) {
      this.run = run;
    }

    @Setup
    public void setUp() {
      map = new ChannelMap(run);
    }

    @ProcessElement
    public void map(@Element WordBlock block, OutputReceiver<WordBlock> out) {
      long[] words = block.words();
      long[] hits = new long[words.length];
      for (int i = 0; i < words.length; i++) {
        hits[i] = PackedHit.of(words[i], map.cell(words[i]));
      }
      out.output(new WordBlock(block.records(), block.malformed(), hits));
    }
  }
}
