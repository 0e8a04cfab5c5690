package org.driftwatch.detector.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.RecordPacking;

/** Records anywhere within what a detector's format allows, often at its limits. */
public final class RandomRecords {
  private final Random random;
  private final DetectorDescription detector;
  private final RecordPacking packing;
  private final List<Integer> triggerHeads;

  /** A generator of the course's records that draws from this source. */
  public RandomRecords(Random random) {
    this(random, DetectorDescription.course());
  }

  /** A generator of a detector's records that draws from this source. */
  public RandomRecords(Random random, DetectorDescription detector) {
    this.random = random;
    this.detector = detector;
    packing = new RecordPacking(detector);
    List<Integer> hitHeads = detector.format().hitHeads();
    triggerHeads =
        IntStream.range(0, packing.layout().heads())
            .boxed()
            .filter(head -> !hitHeads.isEmpty() && !hitHeads.contains(head))
            .toList();
  }

  /** A hit or, where there are any, a trigger word. */
  public DaqRecord any() {
    return random.nextInt(3) == 0 && !triggerHeads.isEmpty() ? triggerWord() : hit();
  }

  /** A hit. */
  public DaqRecord hit() {
    return new DaqRecord(
        hitHead(),
        (int) upTo(last(Role.BOARD)),
        (int) upTo(last(Role.CHANNEL))
            + packing.layout().channel((int) upTo(last(Role.LAYER)), (int) upTo(last(Role.WIRE))),
        upTo(detector.clock().lastOrbit()),
        (int) upTo(last(Role.CROSSING)),
        upTo(last(Role.TICK)));
  }

  /** A trigger word: fields of any size and sign, the tick with a fraction now and then. */
  public DaqRecord triggerWord() {
    return new DaqRecord(
        one(triggerHeads),
        random.nextInt(10) - 1,
        random.nextInt(2000) - 100,
        random.nextInt(4) == 0 ? -random.nextInt(1000) : upTo(0xFFFF_FFFFL),
        random.nextInt(40000) - 100,
        random.nextBoolean() ? random.nextInt(200) : random.nextInt(200_000) / 1000.0 - 100);
  }

  /**
   * The numbers of a hit or trigger word, one for each of the format's fields, such as words can
   * have, too.
   */
  public List<BigDecimal> numbers() {
    boolean isHit = triggerHeads.isEmpty() || random.nextInt(3) > 0;
    List<BigDecimal> numbers = new ArrayList<>();
    for (Field field : detector.format().fields()) {
      BigInteger number =
          field.role() == Role.HEAD
              ? BigInteger.valueOf(isHit ? hitHead() : one(triggerHeads))
              : new BigInteger(Long.toUnsignedString(upTo(largest(field.bits()))));
      numbers.add(new BigDecimal(number));
    }
    return numbers;
  }

  private int hitHead() {
    return detector.format().hitHeads().isEmpty() ? 0 : one(detector.format().hitHeads());
  }

  private int one(List<Integer> heads) {
    return heads.get(random.nextInt(heads.size()));
  }

  private long last(Role role) {
    return detector.format().field(role).map(field -> largest(field.bits())).orElse(0L);
  }

  private static long largest(int bits) {
    return bits == 0 ? 0 : -1L >>> (Long.SIZE - bits);
  }

  private long upTo(long limit) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> limit;
      case 2 -> (limit >>> 1) + (limit == 0 ? 0 : random.nextInt(2));
      default ->
          limit == -1
              ? random.nextLong()
              : limit == Long.MAX_VALUE ? random.nextLong() >>> 1 : random.nextLong(limit + 1);
    };
  }
}
