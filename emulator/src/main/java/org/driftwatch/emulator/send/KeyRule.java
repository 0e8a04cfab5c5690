package org.driftwatch.emulator.send;

import java.nio.charset.StandardCharsets;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.emulator.source.RowBatch;

/**
 * The key of a row's Kafka record: a number as decimal text, so that rows of one key go to one
 * partition. The keys of boards and chambers are the same few arrays each time.
 */
@FunctionalInterface
public interface KeyRule {
  /** The key of row i of the batch, or null for none. */
  byte[] key(RowBatch batch, int i);

  /** No keys. */
  static KeyRule none() {
    return (batch, i) -> null;
  }

  /** The board, as records call it. */
  static KeyRule board(DetectorDescription detector) {
    HitLayout layout = new HitLayout(detector);
    int first = detector.format().field(Role.BOARD).map(Field::first).orElse(0);
    byte[][] keys = numbers(1 << detector.format().field(Role.BOARD).map(Field::bits).orElse(0));
    int mask = keys.length - 1;
    return (batch, i) -> {
      int board =
          batch.isWide(i) ? batch.row(i).board() : layout.board(batch.word(i)) + first & mask;
      return board >= 0 && board < keys.length ? keys[board] : null;
    };
  }

  /** The chamber, from {@code 0}; none for trigger words and hits of no chamber. */
  static KeyRule chamber(DetectorDescription detector) {
    ChannelMap map = new ChannelMap(detector);
    byte[][] keys = numbers(detector.chambers().size());
    byte[][] keysOfCells = new byte[map.other() + 1][];
    int cell = 0;
    for (int chamber = 0; chamber < keys.length; chamber++) {
      for (int end = cell + detector.chambers().get(chamber).size(); cell < end; cell++) {
        keysOfCells[cell] = keys[chamber];
      }
    }
    return (batch, i) -> isSoundHit(batch, i) ? keysOfCells[map.cell(batch.word(i))] : null;
  }

  /** The orbit of a hit; none for trigger words, whose orbits say nothing. */
  static KeyRule orbit() {
    return (batch, i) -> isSoundHit(batch, i) ? number(batch.orbit(i)) : null;
  }

  private static boolean isSoundHit(RowBatch batch, int i) {
    return batch.isHit(i) && !batch.isWide(i);
  }

  private static byte[][] numbers(int count) {
    byte[][] numbers = new byte[count][];
    for (int i = 0; i < count; i++) {
      numbers[i] = number(i);
    }
    return numbers;
  }

  private static byte[] number(long value) {
    return Long.toUnsignedString(value).getBytes(StandardCharsets.US_ASCII);
  }
}
