package org.driftwatch.pipelines.coders;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.driftwatch.pipelines.block.RecordBlockCoder;
import org.driftwatch.pipelines.block.WordBlockCoder;
import org.driftwatch.pipelines.orbits.HitAccumulatorCoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths below 0 and beyond all memory, each where a coder reads one. */
class DamagedBytesTest {
  @ParameterizedTest
  @ValueSource(strings = {"0000ffffffff0f", "0000ffffffff07"})
  void arraysOfLongsAreRefused(String hex) {
    assertThrows(IOException.class, () -> WordBlockCoder.of().decode(bytes(hex)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000000000000000ffffffff0f",
        "00000000000000000000ffffffff07",
        "00000000000000000000" + "01" + "ffffffff0f",
        "00000000000000000000" + "01" + "ffffffff07",
        "00000000000000000000" + "01" + "03" + "000000" + "ffffffff07",
        "00000000000000000000" + "01" + "04" + "04000005" + "00",
        "00000000000000000000" + "01" + "03" + "000000" + "0100",
        "00000000000000000000" + "01" + "04" + "00000000" + "00",
        "00000000000000000000" + "01" + "03" + "000080" + "00",
        "00000000000000000000" + "7f" + "03" + "000000" + "00",
        "00000000000000000000" + "01" + "0d" + "0000ffffffffffffffffffff01" + "00",
      })
  void blocksOfRecordsAreRefused(String hex) {
    assertThrows(IOException.class, () -> RecordBlockCoder.of().decode(bytes(hex)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"000000ffffffff0f", "00000001ffffffff0f", "00000001ffffffff07", "0000000100"})
  void accumulatorsAreRefused(String hex) {
    assertThrows(IOException.class, () -> HitAccumulatorCoder.of().decode(bytes(hex)));
  }

  private static ByteArrayInputStream bytes(String hex) {
    return new ByteArrayInputStream(HexFormat.of().parseHex(hex));
  }
}
