package org.driftwatch.pipelines.parse;

import java.util.List;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.block.HitGroup;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;
import org.driftwatch.pipelines.testing.CoderChecks;
import org.junit.jupiter.api.Test;

class CodersTest {
  @Test
  void wordBlocksSurviveTheirCoder() throws Exception {
    long[] words = Seed.random("word blocks").longs(3000).toArray();

    CoderChecks.assertSound(
        WordBlockCoder.of(),
        List.of(
            new WordBlock(0, 0, new long[0]),
            new WordBlock(Long.MAX_VALUE, Long.MAX_VALUE, new long[] {-1, 0, 1}),
            new WordBlock(3000, 5, words),
            new WordBlock(new HitGroup(0, 0, 0), 1, 0, new long[] {7}),
            new WordBlock(
                new HitGroup(Long.MAX_VALUE, Long.MAX_VALUE, 1L << 51), 1, 0, new long[] {7})));
  }

  @Test
  void rejectedRecordsSurviveTheirCoder() throws Exception {
    CoderChecks.assertSound(
        RejectedRecordCoder.of(),
        List.of(
            new RejectedRecord("stream", 0, 0, 0, 0, "", null, new byte[0]),
            new RejectedRecord(
                "stream", 7, Long.MAX_VALUE, 9, -1, "caf\u00e9 \ufffd", new byte[0], new byte[9]),
            new RejectedRecord("stream", 7, 1, 9, 2, "reason", new byte[] {1}, new byte[] {-1})));
  }
}
