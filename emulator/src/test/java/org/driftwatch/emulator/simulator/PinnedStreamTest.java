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

/**
 * The course's simulated stream stays what it has been since version 0.4.0, byte for byte. That one
 * brought sparks, drifts of noise and gas, and flickering cells in proportion to the noise.
 */
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
        is("358e23e29695960de51974053ecb3baddeba5664a6b85b2423598eb89f8366f5"));
  }

  @Test
  void csvIsAsItWas() throws NoSuchAlgorithmException {
    assertThat(
        digest((batch, i) -> writer.csv(batch.row(i)).newLine()),
        is("13a8b2f715eceb5c13554d056270a6a42ef2ce2ee32e451245e45727085b35f1"));
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
        is("09cf1f8cd50f3b27f24e7a0152816e8914272061e1051596d367c7bef8918070"));
  }
}
