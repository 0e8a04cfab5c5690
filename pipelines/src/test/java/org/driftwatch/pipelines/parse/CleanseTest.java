package org.driftwatch.pipelines.parse;

import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class CleanseTest {
  @Test
  void onlyHitsPassAndTriggerWordsStayCountedAsRecords(TestPipeline pipeline) {
    long first = Course.hit(7, 511, 4_294_967_295L, 4095, 31);
    long second = Course.hit(0, 0, 0, 0, 0);
    long[] words = new long[10];
    words[0] = first;
    for (int head = 0; head <= 7; head++) {
      words[1 + head] = Course.word(head, 1, 2, 3, 4, 5);
    }
    words[3] = first;
    words[9] = second;

    PCollection<WordBlock> hits =
        pipeline
            .apply(
                Create.of(
                        new WordBlock(10, 3, words),
                        new WordBlock(1, 0, new long[] {Course.word(4, 0, 0, 0, 0, 0)}),
                        new WordBlock(0, 2, new long[0]))
                    .withCoder(WordBlockCoder.of()))
            .apply(new Cleanse(Course.DETECTOR));

    PAssert.that(hits)
        .containsInAnyOrder(
            new WordBlock(10, 3, new long[] {first, first, second}),
            new WordBlock(1, 0, new long[0]),
            new WordBlock(0, 2, new long[0]));
    pipeline.run();
  }
}
