package org.driftwatch.emulator.send;

import java.nio.charset.StandardCharsets;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;
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

  /** The board, {@code 0} to {@code 7}. */
  static KeyRule board() {
    byte[][] keys = numbers(HitWord.MAX_FPGA + 1);
    return (batch, i) -> {
      int fpga = batch.isWide(i) ? batch.row(i).fpga() : HitWord.fpga(batch.word(i));
      return fpga >= 0 && fpga < keys.length ? keys[fpga] : null;
    };
  }

  /** The chamber, {@code 0} to {@code 3}; none for trigger words and hits of no chamber. */
  static KeyRule chamber(RunConfiguration run) {
    ChannelMap map = new ChannelMap(run);
    byte[][] keys = numbers(Telescope.CHAMBERS);
    return (batch, i) -> {
      if (!isSoundHit(batch, i)) {
        return null;
      }
      int cell = map.cell(batch.word(i));
      return cell < ChannelMap.SCINTILLATOR ? keys[cell / Telescope.CELLS] : null;
    };
  }

  /** The orbit of a hit; none for trigger words, whose orbits say nothing. */
  static KeyRule orbit() {
    return (batch, i) -> isSoundHit(batch, i) ? number(HitWord.orbit(batch.word(i))) : null;
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
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }
}
