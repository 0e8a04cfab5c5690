package org.driftwatch.pipelines.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.testing.Mutations;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Spellings;
import org.driftwatch.pipelines.reference.StreamRecord;

/**
 * A stream with everything in it that makes a summary hard: few orbits with many hits, several
 * scintillator hits in one, orbits of two counter epochs and at the counter's end, hits of no
 * chamber, duplicates, trigger words, drift times around every edge, records of every spelling and
 * block, and malformed ones.
 */
public final class SimulatedStream {
  private static final long[] EPOCHS = {3_387_200_947L, 616_953L, 4_294_967_290L, 0L};
  private static final int ORBITS_PER_EPOCH = 6;

  private final Random random;
  private final Spellings spellings;
  private final Mutations mutations;
  private final RandomRecords anything;

  /** A stream drawn from this source. */
  public SimulatedStream(Random random) {
    this.random = random;
    spellings = new Spellings(random);
    mutations = new Mutations(random);
    anything = new RandomRecords(random);
  }

  /** Records with timestamps from {@code from} to before {@code to}, ms, in any order. */
  public List<StreamRecord> records(int count, long from, long to) {
    List<StreamRecord> records = new ArrayList<>();
    while (records.size() < count) {
      long timestamp = random.nextLong(from, to);
      StreamRecord record = record(timestamp);
      records.add(record);
      if (random.nextInt(20) == 0) {
        records.add(new StreamRecord(record.value(), record.words(), random.nextLong(from, to)));
      }
    }
    return records;
  }

  private StreamRecord record(long timestamp) {
    List<DaqRecord> contents = contents();
    switch (random.nextInt(12)) {
      case 0 -> {
        return new StreamRecord(random.nextBoolean() ? null : new byte[0], false, timestamp);
      }
      case 1 -> {
        return new StreamRecord(mutations.damage(spellings.value(contents)), false, timestamp);
      }
      case 2, 3 -> {
        return new StreamRecord(block(), true, timestamp);
      }
      case 4 -> {
        String header = "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS";
        return new StreamRecord(header.getBytes(UTF_8), false, timestamp);
      }
      default -> {
        return new StreamRecord(spellings.value(contents), false, timestamp);
      }
    }
  }

  private List<DaqRecord> contents() {
    List<DaqRecord> contents = new ArrayList<>();
    for (int n = random.nextInt(3) == 0 ? random.nextInt(20) + 1 : 1; n > 0; n--) {
      contents.add(
          switch (random.nextInt(8)) {
            case 0 -> anything.triggerWord();
            case 1 -> anything.hit();
            default -> hit().record();
          });
    }
    return contents;
  }

  private byte[] block() {
    long[] block = new long[1 + random.nextInt(30)];
    for (int i = 0; i < block.length; i++) {
      block[i] = random.nextInt(5) == 0 ? random.nextLong() : hit().word();
    }
    byte[] words = Course.words(block);
    return random.nextInt(4) == 0
        ? java.util.Arrays.copyOf(words, 1 + random.nextInt(words.length))
        : words;
  }

  private Hit hit() {
    long orbit = EPOCHS[random.nextInt(EPOCHS.length)] + random.nextInt(ORBITS_PER_EPOCH);
    return switch (random.nextInt(10)) {
      case 0 -> at(1, 128, orbit, random.nextInt(100, 110));
      case 1 -> at(1, 138, orbit, random.nextInt(90, 140));
      case 2 -> at(random.nextInt(8), random.nextInt(512), orbit, random.nextInt(3564));
      default -> at(random.nextInt(2), random.nextInt(128), orbit, random.nextInt(90, 135));
    };
  }

  private Hit at(int board, int channel, long orbit, int crossing) {
    return new Hit(board, channel, Math.min(orbit, 0xFFFF_FFFFL), crossing, random.nextInt(32));
  }

  /** A hit of the course's detector. */
  private record Hit(int board, int channel, long orbit, int crossing, int tick) {
    DaqRecord record() {
      return new DaqRecord(Course.HIT, board, channel, orbit, crossing, tick);
    }

    long word() {
      return Course.hit(board, channel, orbit, crossing, tick);
    }
  }
}
