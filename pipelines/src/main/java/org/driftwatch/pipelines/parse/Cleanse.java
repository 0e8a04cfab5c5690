package org.driftwatch.pipelines.parse;

import java.util.Arrays;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.MonotonicNonNull;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;

/** Keeps the hits, HEAD 2 for the course. Trigger words stay counted as records of their window. */
public final class Cleanse extends PTransform<PCollection<WordBlock>, PCollection<WordBlock>> {
  private static final long serialVersionUID = 1;

  private final DetectorDescription detector;

  /** A step that knows the hits of this detector. */
  public Cleanse(DetectorDescription detector) {
    this.detector = detector;
  }

  @Override
  public PCollection<WordBlock> expand(PCollection<WordBlock> blocks) {
    return blocks
        .apply("Keep hits", ParDo.of(new CleanseFn(detector)))
        .setCoder(WordBlockCoder.of());
  }

  private static final class CleanseFn extends DoFn<WordBlock, WordBlock> {
    private static final long serialVersionUID = 1;

    private final DetectorDescription detector;
    private transient @MonotonicNonNull HitLayout layout;

    CleanseFn(DetectorDescription detector) {
      this.detector = detector;
    }

    @Setup
    public void setUp() {
      layout = new HitLayout(detector);
    }

    @ProcessElement
    public void cleanse(@Element WordBlock block, OutputReceiver<WordBlock> out) {
      long[] words = block.words();
      int first = 0;
      while (first < words.length && layout.isHit(words[first])) {
        first++;
      }
      if (first == words.length) {
        out.output(block);
        return;
      }
      long[] hits = new long[words.length];
      int n = 0;
      for (long word : words) {
        hits[n] = word;
        n += layout.isHit(word) ? 1 : 0;
      }
      out.output(block.withWords(n == hits.length ? hits : Arrays.copyOf(hits, n)));
    }
  }
}
