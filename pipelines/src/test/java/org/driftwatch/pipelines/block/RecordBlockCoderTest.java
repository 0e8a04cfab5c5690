package org.driftwatch.pipelines.block;

import java.util.List;
import java.util.Random;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.testing.CoderChecks;
import org.junit.jupiter.api.Test;

class RecordBlockCoderTest {
  private static final ValueFormat[] FORMATS = ValueFormat.values();

  private final Random random = Seed.random("record blocks");

  @Test
  void blocksSurviveTheirCoder() throws Exception {
    CoderChecks.assertSound(
        RecordBlockCoder.of(),
        List.of(
            new RecordBlock.Builder("stream", 0).build(Long.MIN_VALUE),
            new RecordBlock.Builder("caf\u00e9", 1)
                .add(0, 0, 0, null, null, ValueFormat.UNMARKED)
                .add(0, 1, -1, new byte[0], new byte[0], ValueFormat.BLOCK)
                .add(
                    1 << 30,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    new byte[1],
                    new byte[300],
                    ValueFormat.BARE_WORDS)
                .add(3, 0, Long.MIN_VALUE, null, new byte[200_000], ValueFormat.TEXT)
                .build(Long.MAX_VALUE),
            block(1),
            block(300)));
  }

  private RecordBlock block(int size) {
    RecordBlock.Builder block = new RecordBlock.Builder("stream", 1);
    for (int i = 0; i < size; i++) {
      block.add(
          random.nextInt(100),
          random.nextLong(),
          random.nextLong(),
          random.nextBoolean() ? null : bytes(),
          random.nextInt(10) == 0 ? null : bytes(),
          FORMATS[random.nextInt(FORMATS.length)]);
    }
    return block.build(random.nextLong());
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }
}
