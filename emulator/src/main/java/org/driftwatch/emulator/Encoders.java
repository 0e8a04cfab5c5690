package org.driftwatch.emulator;

import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.send.BlockEncoder;
import org.driftwatch.emulator.send.KeyRule;
import org.driftwatch.emulator.send.KeyedBlocks;
import org.driftwatch.emulator.send.RecordSender;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.send.RunNumbers;
import org.driftwatch.emulator.send.TextEncoder;

/** Makes the encoder of rows that the options choose. */
final class Encoders {
  private Encoders() {}

  /**
   * An encoder whose records go to the sender.
   *
   * @param detector whose records they are
   * @param runs the runs that they are of
   */
  static RowEncoder make(
      SendOptions options, DetectorDescription detector, RecordSender sender, RunNumbers runs) {
    KeyRule keys =
        switch (options.key) {
          case NONE -> KeyRule.none();
          case BOARD -> KeyRule.board(detector);
          case CHAMBER -> KeyRule.chamber(detector);
          case ORBIT -> KeyRule.orbit();
        };
    int block = options.block(detector);
    return switch (options.format(detector)) {
      case JSON -> TextEncoder.json(detector, sender, keys, runs);
      case CSV -> TextEncoder.csv(detector, sender, keys, runs);
      case WORDS ->
          options.key == SendOptions.Key.NONE
              ? new BlockEncoder(detector, sender, runs, block)
              : new KeyedBlocks(detector, sender, keys, runs, block);
    };
  }
}
