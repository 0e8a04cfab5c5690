package org.driftwatch.emulator.send;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.RowBatch;
import org.junit.jupiter.api.Test;

/** The records of the course's stream stay what they have been since version 0.2.0. */
class PinnedRecordsTest {
  private static final long START = 1_800_000_000_000L;
  private static final int ROWS = 200_000;
  private static final int ROWS_PER_MILLI = 5;
  private static final int BLOCK = 128;

  private final RunNumbers runs = RunNumbers.parse("1");

  private static String digest(Function<RecordSender, RowEncoder> encoders)
      throws NoSuchAlgorithmException, IOException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (DataOutputStream out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      RowEncoder encoder = encoders.apply(message -> write(message, out));
      Simulator simulator = new Simulator(Course.DETECTOR, 3);
      RowBatch batch = Course.batch(4096);
      for (int rows = 0; rows < ROWS; ) {
        batch.clear();
        simulator.read(batch);
        for (int i = 0; i < batch.size(); i++, rows++) {
          long due = START + rows / ROWS_PER_MILLI;
          encoder.release(due);
          encoder.row(batch, i, due);
        }
      }
      encoder.flush();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void write(Message message, DataOutputStream out) {
    try {
      out.writeInt(message.key() == null ? -1 : message.key().length);
      if (message.key() != null) {
        out.write(message.key());
      }
      out.write(message.value());
      out.writeBoolean(message.words());
      out.writeInt(message.rows());
      out.writeInt(message.hits());
      out.writeLong(message.stamp());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void jsonWithTheBoardForKey() throws NoSuchAlgorithmException, IOException {
    assertThat(
        digest(to -> TextEncoder.json(Course.DETECTOR, to, KeyRule.board(Course.DETECTOR), runs)),
        is("f3532a16a196805225573ec1f79734df255ed30bb6424916d8b465e1ad05009b"));
  }

  @Test
  void csvWithTheOrbitForKey() throws NoSuchAlgorithmException, IOException {
    assertThat(
        digest(to -> TextEncoder.csv(Course.DETECTOR, to, KeyRule.orbit(), runs)),
        is("23e6340ca0be75607a91d9efc1b3ef889c04c1f75dd051697a7baac8f5362d2d"));
  }

  @Test
  void blocksOfWords() throws NoSuchAlgorithmException, IOException {
    assertThat(
        digest(to -> new BlockEncoder(Course.DETECTOR, to, runs, BLOCK)),
        is("f31a4548b82a1c7f0e42fec7de440b9ba7351da816cd9b7ea2cf00bbb79f4a3c"));
  }

  @Test
  void blocksOfEachChamber() throws NoSuchAlgorithmException, IOException {
    KeyRule chamber = KeyRule.chamber(Course.DETECTOR);
    assertThat(
        digest(to -> new KeyedBlocks(Course.DETECTOR, to, chamber, runs, BLOCK)),
        is("1e0f924933660ffc28b65d4e7736ca1d5ae6ed432956c1bb929543f2f5c4710d"));
  }
}
