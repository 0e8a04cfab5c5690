package org.driftwatch.pipelines.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.testing.CollectedRecords;
import org.driftwatch.detector.testing.Fuzzer;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Spellings;
import org.driftwatch.pipelines.block.RecordBlock;
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
          List<RecordBlock> words = pieces(input, true, SMALL);
          for (RecordBlock piece : words.subList(0, Math.max(0, words.size() - 1))) {
            assertThat(piece.value(0).length % 8, is(0));
          }
          return pieces(input, false, SMALL).size();
        });
  }

  @Test
  void recordsAreWholeWhereverAFileIsCut() throws IOException {
    Random random = new Random(20);
    for (int i = 0; i < 5000; i++) {
      byte[] text = text(random);
      CollectedRecords whole = CollectedRecords.of(text, false);
      List<Long> hits = new ArrayList<>();
      for (RecordBlock piece : pieces(text, false, ROOMY)) {
        CollectedRecords part = CollectedRecords.of(piece.value(0), false);
        hits.addAll(part.hits);
      }
      assertThat(hits, is(whole.hits));
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

  private static List<RecordBlock> pieces(byte[] input, boolean words, FilePieces.Sizes sizes)
      throws IOException {
    List<RecordBlock> pieces = new ArrayList<>();
    new FilePieces("a", words, sizes).read(new ByteArrayInputStream(input), pieces::add);
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    long before = 0;
    for (RecordBlock piece : pieces) {
      assertThat(piece.offset(0), is(words ? together.size() / 8 : before));
      byte[] value = piece.value(0);
      together.write(value);
      for (byte b : value) {
        before += b == '\n' ? 1 : 0;
      }
    }
    // As buffers: of arrays each byte would become an object.
    assertThat(ByteBuffer.wrap(together.toByteArray()), is(ByteBuffer.wrap(input)));
    return pieces;
  }
}
