package org.driftwatch.detector.testing;

import java.util.Random;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.HitWord;

/** Records anywhere within what the format allows, often at its limits. */
public final class RandomRecords {
  private static final int[] TRIGGER_HEADS = {0, 1, 3, 4, 5, 6, 7};

  private final Random random;

  /** A generator that draws from this source. */
  public RandomRecords(Random random) {
    this.random = random;
  }

  /** A hit or a trigger word. */
  public DaqRecord any() {
    return random.nextInt(3) == 0 ? triggerWord() : hit();
  }

  /** A hit. */
  public DaqRecord hit() {
    return new DaqRecord(
        HitWord.HEAD_HIT,
        (int) upTo(HitWord.MAX_FPGA),
        (int) upTo(HitWord.MAX_CHANNEL),
        upTo(HitWord.MAX_ORBIT),
        (int) upTo(HitWord.MAX_BX),
        upTo(HitWord.MAX_TDC));
  }

  /** A trigger word: columns of any size and sign, TDC_MEAS with a fraction now and then. */
  public DaqRecord triggerWord() {
    return new DaqRecord(
        TRIGGER_HEADS[random.nextInt(TRIGGER_HEADS.length)],
        random.nextInt(10) - 1,
        random.nextInt(2000) - 100,
        random.nextInt(4) == 0 ? -random.nextInt(1000) : upTo(HitWord.MAX_ORBIT),
        random.nextInt(40000) - 100,
        random.nextBoolean() ? random.nextInt(200) : random.nextInt(200_000) / 1000.0 - 100);
  }

  private long upTo(long limit) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> limit;
      case 2 -> limit / 2 + random.nextInt(2);
      default -> random.nextLong(limit + 1);
    };
  }
}
