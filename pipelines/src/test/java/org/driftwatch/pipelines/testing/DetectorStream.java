package org.driftwatch.pipelines.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Channel;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Format;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.testing.Mutations;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Spellings;
import org.driftwatch.pipelines.reference.StreamRecord;

/**
 * A stream of any detector with what makes a summary hard: few orbits with many hits, at the end of
 * the counter and at its beginning, stamped within a turn of it and turns apart; hits of two runs;
 * hits of scintillators, of chambers and of neither; trigger words; malformed records.
 */
public final class DetectorStream {
  private static final int ORBITS = 3;
  private static final int DRIFT_CROSSINGS = 50;
  private static final long RUN = 591;
  private static final int STEPS_PER_TURN = 8;
  private static final double NS_PER_MS = 1e6;

  private final Random random;
  private final DetectorDescription detector;
  private final Format format;
  private final Spellings spellings;
  private final Mutations mutations;
  private final RandomRecords anything;
  private final List<Channel> channels = new ArrayList<>();

  /** A stream of this detector drawn from this source. */
  public DetectorStream(Random random, DetectorDescription detector) {
    this.random = random;
    this.detector = detector;
    format = detector.format();
    spellings = new Spellings(random, detector);
    mutations = new Mutations(random);
    anything = new RandomRecords(random, detector);
    detector.chambers().forEach(chamber -> channels.addAll(chamber.channels()));
  }

  /** Records with timestamps from {@code from} to before {@code to}, ms, in any order. */
  public List<StreamRecord> records(int count, long from, long to) {
    List<StreamRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(record(timestamp(from, to)));
    }
    return records;
  }

  /** Some moments, and what is some eighths of a turn of the counter after them. */
  private long timestamp(long from, long to) {
    double turnMs =
        detector.clock().orbitNs() * Math.pow(2, detector.clock().orbitBits()) / NS_PER_MS;
    long moment = from + random.nextInt(3) * (to - from) / 3;
    double after = random.nextInt(6 * STEPS_PER_TURN) * turnMs / STEPS_PER_TURN;
    return after < to - moment && random.nextInt(8) > 0
        ? moment + (long) after
        : random.nextLong(from, to);
  }

  private StreamRecord record(long timestamp) {
    List<List<BigDecimal>> contents = contents();
    boolean areWords = format.valuesAreWords();
    // Text where values are words is a block, too: of noise, for everybody the same.
    boolean isBlock = areWords ? random.nextInt(12) > 0 : format.hasWords() && random.nextBoolean();
    byte[] value = isBlock ? spellings.block(contents, run()) : spellings.text(contents);
    if (random.nextInt(12) == 0) {
      value = mutations.damage(value);
    }
    boolean isMarked = isBlock && !(areWords && random.nextBoolean());
    return new StreamRecord(value, isMarked ? ValueFormat.BLOCK : ValueFormat.UNMARKED, timestamp);
  }

  private List<List<BigDecimal>> contents() {
    List<List<BigDecimal>> contents = new ArrayList<>();
    for (int n = random.nextInt(12); n >= 0; n--) {
      contents.add(random.nextInt(8) == 0 ? anything.numbers() : numbers());
    }
    return contents;
  }

  /** The numbers of a record; a hit's are of a likely place and time. */
  public List<BigDecimal> numbers() {
    List<Channel> of =
        detector.scintillators().isEmpty() || random.nextInt(6) > 0
            ? channels
            : detector.scintillators();
    Channel channel = of.get(random.nextInt(of.size()));
    List<BigDecimal> numbers = new ArrayList<>(anything.numbers());
    for (int i = 0; i < numbers.size(); i++) {
      Field field = format.fields().get(i);
      int wireBits = format.field(Role.WIRE).map(Field::bits).orElse(0);
      switch (field.role()) {
        case BOARD -> numbers.set(i, written(field, channel.board()));
        case CHANNEL -> numbers.set(i, written(field, channel.channel()));
        case LAYER -> numbers.set(i, written(field, channel.channel() >> wireBits));
        case WIRE -> numbers.set(i, written(field, channel.channel() & (1 << wireBits) - 1));
        case ORBIT -> numbers.set(i, orbit());
        case CROSSING -> numbers.set(i, crossing());
        case RUN -> numbers.set(i, BigDecimal.valueOf(Math.min(run(), (1L << field.bits()) - 1)));
        case HEAD, TICK, ARRIVAL, OTHER -> {}
      }
    }
    return numbers;
  }

  private static BigDecimal written(Field field, int number) {
    return BigDecimal.valueOf((long) number + field.first());
  }

  private BigDecimal orbit() {
    BigInteger turn = BigInteger.ONE.shiftLeft(detector.clock().orbitBits());
    BigInteger near = random.nextBoolean() ? BigInteger.ZERO : turn.shiftRight(1);
    return new BigDecimal(near.add(BigInteger.valueOf(random.nextInt(ORBITS) - 1)).mod(turn));
  }

  private BigDecimal crossing() {
    int crossings = detector.clock().crossingsPerOrbit();
    return BigDecimal.valueOf(
        (crossings / 2 + random.nextInt(Math.min(DRIFT_CROSSINGS, crossings))) % crossings);
  }

  private long run() {
    return RUN + random.nextInt(2);
  }
}
