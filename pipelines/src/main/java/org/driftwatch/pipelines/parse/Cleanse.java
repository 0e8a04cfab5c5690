package org.driftwatch.pipelines.parse;

import java.util.Arrays;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.detector.HitWord;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;

/** Keeps the hits, HEAD == 2. Trigger words stay counted as records of their window. */
public final class Cleanse extends PTransform<PCollection<WordBlock>, PCollection<WordBlock>> {
  private static final long serialVersionUID = 1;

  @Override
  public PCollection<WordBlock> expand(PCollection<WordBlock> blocks) {
    return blocks
        .apply(
            "Keep hits",
            MapElements.via(
                new SimpleFunction<WordBlock, WordBlock>() {
                  @Override
                  public WordBlock apply(WordBlock block) {
                    return hits(block);
                  }
                }))
        .setCoder(WordBlockCoder.of());
  }

  private static WordBlock hits(WordBlock block) {
    long[] words = block.words();
    long[] hits = new long[words.length];
    int n = 0;
    for (long word : words) {
      hits[n] = word;
      n += HitWord.head(word) == HitWord.HEAD_HIT ? 1 : 0;
    }
    return new WordBlock(
        block.records(), block.malformed(), n == hits.length ? hits : Arrays.copyOf(hits, n));
  }
}
