package org.driftwatch.emulator.simulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.source.RowBatch;
import org.junit.jupiter.api.Test;

/** The course's simulated stream stays what it has been since version 0.2.0, byte for byte. */
class PinnedStreamTest {
  private static final int ROWS = 200_000;

  private final RecordWriter writer = Course.writer();

  /** Writes a row of a batch. */
  private interface Format {
    void write(RowBatch batch, int i);
  }

  private String digest(Format format) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Simulator simulator = new Simulator(Course.DETECTOR, 7);
    RowBatch batch = Course.batch(4096);
    for (int rows = 0; rows < ROWS; ) {
      batch.clear();
      simulator.read(batch);
      for (int i = 0; i < batch.size() && rows < ROWS; i++, rows++) {
        format.write(batch, i);
      }
      digest.update(writer.take());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void jsonIsAsItWas() throws NoSuchAlgorithmException {
    assertThat(
        digest((batch, i) -> writer.json(batch.row(i)).newLine()),
        is("18de2bf2fa04b06ef547c2396d75407242c19997b428c1cf2aa83f7736512fde"));
  }

  @Test
  void csvIsAsItWas() throws NoSuchAlgorithmException {
    assertThat(
        digest((batch, i) -> writer.csv(batch.row(i)).newLine()),
        is("62ab1f200c2cacff77d36d0a969d9cad998d8a7d1a548411e6083ef2712af893"));
  }

  @Test
  void wordsAndTheRowsThatFitNoneAreAsTheyWere() throws NoSuchAlgorithmException {
    assertThat(
        digest(
            (batch, i) -> {
              if (batch.isWide(i)) {
                writer.json(batch.row(i)).newLine();
              } else {
                writer.word(batch.word(i), batch.orbitAbove(i));
              }
            }),
        is("a04e57b1d866cec11b67425e645d92e3acd3a89bb93b847c62fc452905befb5a"));
  }
}
