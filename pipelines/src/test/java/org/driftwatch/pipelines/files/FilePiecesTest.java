package org.driftwatch.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.testing.CollectedRecords;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.detector.testing.Spellings;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.api.Test;

/** No file is cut so that anything of it is lost. */
class FilePiecesTest {
  private static final FilePieces.Sizes SMALL = new FilePieces.Sizes(32, 256, 512);
  private static final FilePieces.Sizes ROOMY = new FilePieces.Sizes(32, 4096, 16384);

  @Test
  void thePiecesOfAFileAreTheFile() throws IOException {
    Random random = Seed.random("whole files");
    for (int i = 0; i < 2000; i++) {
      byte[] file = random.nextBoolean() ? text(random) : new byte[random.nextInt(500)];
      assertWhole(whole(file, ValueFormat.BARE_WORDS, 8, SMALL), 8);
      for (int words = 1; words < 6; words++) {
        assertWhole(whole(file, ValueFormat.BLOCK, 8 * words, SMALL), 8 * words);
      }
      whole(file, ValueFormat.TEXT, 1, ROOMY);
    }
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
    Random random = Seed.random("pieces");
    for (int i = 0; i < 5000; i++) {
      byte[] text = text(random);
      CollectedRecords whole = new CollectedRecords();
      CollectedRecords inPieces = new CollectedRecords();
      RecordParser parser = new RecordParser(Course.DETECTOR);
      parser.parse(text, ValueFormat.TEXT, whole);
      for (RecordBlock piece : whole(text, ValueFormat.TEXT, 1, ROOMY)) {
        parser.parse(piece.value(0), ValueFormat.TEXT, inPieces);
      }
      assertThat(inPieces.hits, is(whole.hits));
    }
  }

  /** Nobody who reads a part of a file knows what the others find; lines may be too long, too. */
  @Test
  void whoeverBeginsAnywhereFindsTheSamePieces() throws IOException {
    Random random = Seed.random("parts");
    for (int i = 0; i < 2000; i++) {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (int n = random.nextInt(12); n >= 0; n--) {
        lines.writeBytes(random.nextInt(8) == 0 ? new byte[random.nextInt(2000)] : text(random));
        lines.write('\n');
      }
      byte[] file = lines.toByteArray();
      assertSamePieces(file, ValueFormat.TEXT, 1, random);
      assertSamePieces(file, ValueFormat.BARE_WORDS, 8, random);
      assertSamePieces(file, ValueFormat.BLOCK, 24, random);
    }
  }

  private static void assertSamePieces(
      byte[] file, ValueFormat format, int blockBytes, Random random) throws IOException {
    FilePieces.Layout layout = new FilePieces.Layout(0, "a", format, blockBytes, SMALL);
    List<RecordBlock> all = pieces(layout, file, 0);
    long from = layout.from(random.nextInt(file.length + 1));
    List<RecordBlock> rest = all.stream().filter(piece -> piece.offset(0) >= from).toList();
    assertThat(
        from
            + " of "
            + new String(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("\n", "|")
                .replace("\0", "0"),
        pieces(layout, file, from),
        is(rest));
  }

  @Test
  void aLineThatIsTooLongIsOneMalformedRecordAndCostsNoOther() throws IOException {
    byte[] hit = "2,0,5,1,1,1\n".getBytes(UTF_8);
    for (int before = 0; before < 100; before++) {
      for (int length : new int[] {600, 700, 5000}) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int i = 0; i < before; i++) {
          file.writeBytes(hit);
        }
        file.writeBytes("x".repeat(length).getBytes(UTF_8));
        file.write('\n');
        for (int i = 0; i < 100; i++) {
          file.writeBytes(hit);
        }
        CollectedRecords found = new CollectedRecords();
        RecordParser parser = new RecordParser(Course.DETECTOR);
        FilePieces.Layout layout = new FilePieces.Layout(0, "a", ValueFormat.TEXT, 1, SMALL);
        for (RecordBlock piece : pieces(layout, file.toByteArray(), 0)) {
          for (int i = 0; i < piece.size(); i++) {
            parser.parse(piece.value(i), piece.format(i), found);
          }
        }
        assertThat(found.hits.size(), is(before + 100));
        assertThat(found.malformed.size(), is(1));
      }
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

  private static List<RecordBlock> pieces(FilePieces.Layout layout, byte[] file, long from)
      throws IOException {
    List<RecordBlock> found = new ArrayList<>();
    int at = (int) Math.min(file.length, FilePieces.opensAt(layout, from));
    InputStream in = new ByteArrayInputStream(file, at, file.length - at);
    try (FilePieces pieces = new FilePieces(layout, in, from)) {
      while (pieces.hasNext()) {
        long start = pieces.start();
        RecordBlock piece = pieces.next();
        assertThat(piece.offset(0), is(start));
        found.add(piece);
      }
    }
    return found;
  }

  private static List<RecordBlock> whole(
      byte[] input, ValueFormat format, int blockBytes, FilePieces.Sizes sizes) throws IOException {
    FilePieces.Layout layout = new FilePieces.Layout(3, "a", format, blockBytes, sizes);
    List<RecordBlock> pieces = pieces(layout, input, 0);
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    for (RecordBlock piece : pieces) {
      for (int i = 0; i < piece.size(); i++) {
        assertThat(piece.format(i), is(format));
        assertThat(piece.partition(i), is(3));
        assertThat(piece.offset(i), is((long) together.size()));
        together.write(piece.value(i));
      }
    }
    // As buffers: of arrays each byte would become an object.
    assertThat(ByteBuffer.wrap(together.toByteArray()), is(ByteBuffer.wrap(input)));
    return pieces;
  }
}
