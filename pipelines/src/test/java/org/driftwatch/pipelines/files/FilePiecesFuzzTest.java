package org.driftwatch.pipelines.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.testing.CollectedRecords;
import org.driftwatch.detector.testing.Fuzzer;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Spellings;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.api.Test;

/** No file is cut so that anything of it is lost; see {@link Fuzzer}. */
class FilePiecesFuzzTest {
  private static final FilePieces.Sizes SMALL = new FilePieces.Sizes(32, 256, 512);
  private static final FilePieces.Sizes ROOMY = new FilePieces.Sizes(32, 4096, 16384);

  @Test
  void thePiecesOfAFileAreTheFile() {
    Fuzzer.run(
        "pieces of a file",
        Fuzzer.someOf(FilePiecesFuzzTest::text),
        List.of("\n", "\r\n", "{", "}", "\n{", "\n \"", ",\n", " ".repeat(500)),
        IOException.class,
        input -> {
          assertWhole(pieces(input, ValueFormat.BARE_WORDS, 8, SMALL), 8);
          for (int words = 1; words < 6; words++) {
            assertWhole(pieces(input, ValueFormat.BLOCK, 8 * words, SMALL), 8 * words);
          }
          return pieces(input, ValueFormat.TEXT, 1, SMALL).size();
        });
  }

  /** All records are of whole words, or one whole block, but for the file's last. */
  private static void assertWhole(List<RecordBlock> pieces, int bytes) {
    for (int i = 0; i < pieces.size(); i++) {
      RecordBlock piece = pieces.get(i);
      for (int record = 0; record < piece.size(); record++) {
        int length = piece.valueTo(record) - piece.valueFrom(record);
        boolean isLast = i == pieces.size() - 1 && record == piece.size() - 1;
        assertThat(length, isLast ? greaterThan(0) : greaterThanOrEqualTo(bytes));
        if (piece.format(record) == ValueFormat.BLOCK) {
          assertThat(length, lessThanOrEqualTo(bytes));
        } else {
          assertThat(isLast || length % bytes == 0, is(true));
        }
      }
    }
  }

  @Test
  void recordsAreWholeWhereverAFileIsCut() throws IOException {
    Random random = new Random(20);
    for (int i = 0; i < 5000; i++) {
      byte[] text = text(random);
      CollectedRecords whole = new CollectedRecords();
      CollectedRecords inPieces = new CollectedRecords();
      RecordParser parser = new RecordParser(Course.DETECTOR);
      parser.parse(text, ValueFormat.TEXT, whole);
      for (RecordBlock piece : pieces(text, ValueFormat.TEXT, 1, ROOMY)) {
        parser.parse(piece.value(0), ValueFormat.TEXT, inPieces);
      }
      assertThat(inPieces.hits, is(whole.hits));
    }
  }

  private static byte[] text(Random random) {
    RandomRecords any = new RandomRecords(random);
    List<DaqRecord> records = new ArrayList<>();
    for (int n = random.nextInt(6); n >= 0; n--) {
      records.add(any.any());
    }
    return new Spellings(random).value(records);
  }

  private static List<RecordBlock> pieces(
      byte[] input, ValueFormat format, int blockBytes, FilePieces.Sizes sizes) throws IOException {
    List<RecordBlock> pieces = new ArrayList<>();
    new FilePieces("a", format, blockBytes, sizes)
        .read(new ByteArrayInputStream(input), pieces::add);
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    long lines = 0;
    for (RecordBlock piece : pieces) {
      for (int i = 0; i < piece.size(); i++) {
        boolean isText = format == ValueFormat.TEXT;
        assertThat(piece.format(i), is(format));
        assertThat(piece.offset(i), is(isText ? lines : together.size() / 8));
        byte[] value = piece.value(i);
        together.write(value);
        for (byte b : value) {
          lines += b == '\n' ? 1 : 0;
        }
      }
    }
    // As buffers: of arrays each byte would become an object.
    assertThat(ByteBuffer.wrap(together.toByteArray()), is(ByteBuffer.wrap(input)));
    return pieces;
  }
}
