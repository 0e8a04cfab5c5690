package org.driftwatch.emulator;

import java.io.IOException;
import org.driftwatch.emulator.send.BlockEncoder;
import org.driftwatch.emulator.send.KeyRule;
import org.driftwatch.emulator.send.KeyedBlocks;
import org.driftwatch.emulator.send.RecordSender;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.send.TextEncoder;

/** Makes the encoder of rows that the options choose. */
final class Encoders {
  private Encoders() {}

  /**
   * An encoder whose records go to the sender.
   *
   * @throws IOException if the run configuration, which a key may need, cannot be read
   */
  static RowEncoder make(EmulatorOptions options, RecordSender sender) throws IOException {
    SendOptions records = options.sending;
    KeyRule keys =
        switch (records.key) {
          case NONE -> KeyRule.none();
          case BOARD -> KeyRule.board();
          case CHAMBER -> KeyRule.chamber(options.sources.run());
          case ORBIT -> KeyRule.orbit();
        };
    return switch (records.format) {
      case JSON -> TextEncoder.json(sender, keys);
      case CSV -> TextEncoder.csv(sender, keys);
      case WORDS ->
          records.key == SendOptions.Key.NONE
              ? new BlockEncoder(sender, records.block)
              : new KeyedBlocks(sender, keys, records.block);
    };
  }
}
