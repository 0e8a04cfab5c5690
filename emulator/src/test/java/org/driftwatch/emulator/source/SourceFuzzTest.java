package org.driftwatch.emulator.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.detector.WordFormat;
import org.driftwatch.detector.testing.Fuzzer;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Spellings;
import org.driftwatch.emulator.Course;
import org.junit.jupiter.api.Test;

/** No input makes a parser of files fail or hang; see {@link Fuzzer}. */
class SourceFuzzTest {
  private static final List<String> TOKENS =
      List.of(
          ",",
          "\n",
          "\r\n",
          "\"",
          ".",
          "e",
          " ",
          String.join(",", StreamTopic.COLUMNS),
          "\"2\",0,5,7,9,1\n");

  @Test
  void csvRowsAreReadOrCountedAsUnreadable() {
    Fuzzer.run("CSV rows", SourceFuzzTest::csv, TOKENS, IOException.class, in -> rows("a.csv", in));
  }

  @Test
  void wordRowsAreReadOrCountedAsUnreadable() {
    Fuzzer.run(
        ".dat rows", SourceFuzzTest::words, List.of(), IOException.class, in -> rows("a.dat", in));
  }

  @Test
  void blocksAreReadOrCountedAsUnreadable() throws IOException {
    DetectorDescription detector = DetectorDescription.load("daq-blocks");
    Fuzzer.run(
        ".bin rows",
        SourceFuzzTest::words,
        List.of(),
        IOException.class,
        in -> rows(detector, "a.bin", in));
  }

  @Test
  void jsonLinesAreReadOrCountedAsUnreadable() {
    Fuzzer.run(
        "JSON lines",
        SourceFuzzTest::json,
        TOKENS,
        IOException.class,
        in -> rows(Course.DETECTOR, "a.jsonl", in));
  }

  @Test
  void gzippedRowsAreReadOrRefused() {
    Fuzzer.run(
        "gzip", SourceFuzzTest::gzip, List.of(), IOException.class, in -> rows("a.dat.gz", in));
  }

  private static byte[] csv(Random random) {
    RandomRecords any = new RandomRecords(random);
    Spellings spellings = new Spellings(random);
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(4); n >= 0; n--) {
      text.append(spellings.csv(any.any())).append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] json(Random random) {
    RandomRecords any = new RandomRecords(random);
    Spellings spellings = new Spellings(random);
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(4); n >= 0; n--) {
      text.append(spellings.json(any.any(), false)).append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] words(Random random) {
    byte[] words = new byte[random.nextInt(6) * WordFormat.BYTES];
    random.nextBytes(words);
    return words;
  }

  private static byte[] gzip(Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int members = random.nextInt(2); members >= 0; members--) {
      try (GZIPOutputStream member = new GZIPOutputStream(out)) {
        member.write(words(random));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return out.toByteArray();
  }

  /** The rows, and what was told; refused where any was unreadable. */
  private static Object rows(String name, byte[] content) throws IOException {
    return rows(Course.DETECTOR, name, content);
  }

  private static Object rows(DetectorDescription detector, String name, byte[] content)
      throws IOException {
    List<String> told = new ArrayList<>();
    UnreadableRows unreadable = new UnreadableRows(told::add);
    List<DaqRecord> rows = new ArrayList<>();
    RowBatch batch = new RowBatch(new RecordPacking(detector), 3);
    try (RecordSource source =
        new RowsOf(detector).open(new MemoryFile(name, content), unreadable, told::add)) {
      while (source.read(batch)) {
        for (int i = 0; i < batch.size(); i++) {
          rows.add(batch.row(i));
        }
        batch.clear();
      }
    }
    return unreadable.count() == 0 ? rows : new Fuzzer.Refused(List.of(told, rows));
  }
}
