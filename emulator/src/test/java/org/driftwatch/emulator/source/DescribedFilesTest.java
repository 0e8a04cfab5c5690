package org.driftwatch.emulator.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.testing.Samples;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.Descriptions;
import org.driftwatch.emulator.send.Sent;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.LocalFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files hold what the detector's description says, and are read so. */
class DescribedFilesTest {
  private static final long NONE = -1;

  private final List<String> lines = new ArrayList<>();
  private final UnreadableRows unreadable = new UnreadableRows(lines::add);

  /** A row that is a word, and its run. */
  private record Row(long word, long orbitAbove, long run) {
    Sent.Hit hit() {
      return new Sent.Hit(word, orbitAbove, run);
    }
  }

  private List<Row> rows(DetectorDescription detector, String name, byte[] content, long from)
      throws IOException {
    return rows(detector, new MemoryFile(name, content), from);
  }

  private List<Row> rows(DetectorDescription detector, InputFile file, long from)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    RowBatch batch = new RowBatch(new RecordPacking(detector), 7);
    try (FileSequence source =
        new FileSequence(
            detector, List.of(file), new StartPoint(0, from), false, unreadable, lines::add)) {
      while (source.read(batch)) {
        for (int i = 0; i < batch.size(); i++) {
          assertThat(batch.row(i).toString(), batch.isWide(i), is(false));
          rows.add(new Row(batch.word(i), batch.orbitAbove(i), batch.run(i)));
        }
        batch.clear();
      }
    }
    return rows;
  }

  private static DetectorDescription shipped(String name) throws IOException {
    return DetectorDescription.load(name);
  }

  @Test
  void columnsAreThoseOfTheDescription() throws IOException {
    DetectorDescription stations = shipped("two-stations");
    HitLayout layout = new HitLayout(stations);
    String csv =
        """
        st,ly,wi,bctr,tdc,/arrival/OC,/arrival/BX
        1,3,6,3504,30,0,0
        1,3,6,3503,30,0,3563
        st, ly ,WI,bctr,tdc,/arrival/OC,/arrival/BX
        """;
    long hit = layout.word(0, 1, layout.channel(3, 6), 524_287, 3504, 30);
    assertThat(
        rows(stations, "a.csv", csv.getBytes(US_ASCII), 1),
        contains(
            new Row(hit, 0, NONE),
            new Row(layout.word(0, 1, layout.channel(3, 6), 0, 3503, 30), 0, NONE)));
    assertThat(lines, empty());
  }

  @Test
  void aWireBeyondItsLayerIsToldAndNotTakenForOneOfTheNext() throws IOException {
    String csv = "1,2,16,756,30,5,816\n1,2,15,756,30,5,816\n";
    assertThat(rows(shipped("two-stations"), "a.csv", csv.getBytes(US_ASCII), 1), hasSize(1));
    assertThat(lines, contains("a.csv line 1: wi \"16\", expected a number 0 to 15; skipped"));
  }

  @Test
  void aHeaderOfOtherColumnsIsToldInOneLine() throws IOException {
    byte[] csv = "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS\n".getBytes(US_ASCII);
    assertThrows(IOException.class, () -> rows(shipped("two-stations"), "run.csv", csv, 1));
    assertThat(
        lines.get(0),
        is(
            "run.csv line 1: columns HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS, expected"
                + " the 7 of st,ly,wi,bctr,tdc,/arrival/OC,/arrival/BX; skipped"));
  }

  @Test
  void aHeaderOfAsManyOtherColumnsIsToldToo() throws IOException {
    byte[] csv =
        "FPGA,HEAD,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS\n1,2,3,4,5,6".getBytes(US_ASCII);
    assertThat(rows(Course.DETECTOR, "run.csv", csv, 1), hasSize(1));
    assertThat(lines, contains(containsString("run.csv line 1: columns FPGA,HEAD,")));
  }

  @Test
  void jsonLinesAreReadAsTheStreamIs() throws IOException {
    String json =
        "{\"HEAD\":2,\"FPGA\":1,\"TDC_CHANNEL\":128,\"ORBIT_CNT\":\"3387315431\","
            + "\"BX_COUNTER\":3563.0,\"TDC_MEAS\":30}\n"
            + "\n"
            + "{\"HEAD\":4,\"FPGA\":1,\"TDC_CHANNEL\":0,\"ORBIT_CNT\":7,\"BX_COUNTER\":0,"
            + "\"TDC_MEAS\":-0.5}\r\n"
            + "{\"HEAD\":2}\n";
    assertThat(
        rows(Course.DETECTOR, "a.jsonl", json.getBytes(US_ASCII), 1),
        contains(
            new Row(Course.hit(1, 128, 3_387_315_431L, 3563, 30), 0, NONE),
            new Row(4L << 61, 0, NONE)));
    assertThat(
        lines,
        contains("a.jsonl line 4: FPGA is missing, expected a whole number 0 to 7; skipped"));
  }

  /** So many blocks of the laboratory's DAQ, each with words of its own. */
  private static byte[] blocks(DetectorDescription detector, long... runs) {
    HitLayout layout = new HitLayout(detector);
    RecordWriter writer = new RecordWriter(detector);
    for (int block = 0; block < runs.length; block++) {
      writer.run(runs[block]).blockHeader();
      for (int i = 0; i < 128; i++) {
        writer.word(layout.word(1, block, i, block * 1000L + i, 5, 6), 0);
      }
    }
    return writer.take();
  }

  @Test
  void blocksHaveTheirWordsAndTheRunInFront() throws IOException {
    DetectorDescription detector = shipped("daq-blocks");
    HitLayout layout = new HitLayout(detector);
    List<Row> rows = rows(detector, "a.bin", blocks(detector, 591, 592, 600), 1);
    assertThat(rows, hasSize(3 * 128));
    for (int i = 0; i < rows.size(); i++) {
      int block = i / 128;
      long word = layout.word(1, block, i % 128, block * 1000L + i % 128, 5, 6);
      assertThat(rows.get(i), is(new Row(word, 0, new long[] {591, 592, 600}[block])));
    }
    assertThat(lines, empty());
  }

  @Test
  void aStartWithinABlockKnowsItsRun() throws IOException {
    DetectorDescription detector = shipped("daq-blocks");
    List<Row> rows = rows(detector, "a.bin", blocks(detector, 591, 592), 120);
    assertThat(rows, hasSize(256 - 119));
    assertThat(rows.get(0).run(), is(591L));
    assertThat(rows.get(9).run(), is(592L));
  }

  @Test
  void whatIsLeftAtAFilesEndIsTold() throws IOException {
    DetectorDescription detector = shipped("daq-blocks");
    byte[] blocks = blocks(detector, 591, 592);
    assertThat(rows(detector, "a.bin", Arrays.copyOf(blocks, 1032 + 5), 1), hasSize(128));
    assertThat(
        lines, contains("a.bin byte 1032: ends in mid-word: 5 bytes left, expected 8; skipped"));
    lines.clear();
    assertThat(rows(detector, "a.bin", Arrays.copyOf(blocks, 1032 + 8 + 11), 1), hasSize(129));
    assertThat(
        lines, contains("a.bin byte 1048: ends in mid-word: 3 bytes left, expected 8; skipped"));
  }

  @Test
  void rowsComeWholeHoweverTheStreamIsCut() throws IOException {
    DetectorDescription detector = shipped("daq-blocks");
    byte[] blocks = blocks(detector, 591, 592, 593);
    assertThat(
        rows(detector, new MemoryFile("a.bin", blocks, 3), 1),
        is(rows(detector, "a.bin", blocks, 1)));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(
            "two-stations",
            "a.dat",
            "a.dat holds words, but the detector description \"two-stations\" has no bit fields"
                + " (lowestBit); choose another with --detector"),
        arguments("two-stations", "a.bin.gz", "a.bin.gz holds words, but"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aFileThatTheDescriptionCannotReadIsRefused(String detector, String file, String why) {
    IOException failure =
        assertThrows(IOException.class, () -> rows(shipped(detector), file, new byte[8], 1));
    assertThat(failure.getMessage(), containsString(why));
  }

  @Test
  void blocksOfUnknownLengthAreRefused(@TempDir Path folder) throws IOException {
    DetectorDescription detector =
        Descriptions.changed(
            folder, "daq-blocks", text -> text.replaceFirst(",\\s*\"blockWords\": 128", ""));
    IOException failure =
        assertThrows(IOException.class, () -> rows(detector, "a.bin", new byte[8], 1));
    assertThat(
        failure.getMessage(),
        is(
            "a.bin holds blocks of words, but the detector description \"daq-blocks\" does not say"
                + " of how many (record.blockWords)"));
  }

  @Test
  void aRowThatFitsNoWordIsToldWhereAllRecordsAreWords() throws IOException {
    byte[] csv = "1,0,5,7,9,1\n1,0,512,7,9,1\n3,0,0,7,0,-0.5\n".getBytes(US_ASCII);
    assertThat(rows(shipped("daq-blocks"), "a.csv", csv, 1), hasSize(1));
    assertThat(lines, hasSize(2));
    assertThat(lines, everyItem(containsString("a number does not fit its bits of a word")));
  }

  @Test
  void theLaboratorysBlocksAreReadWhole() throws IOException {
    LocalFile sample = LocalFile.anyVersion(Samples.file("daq-blocks-64x1032.bin"));
    DetectorDescription detector = shipped("daq-blocks");
    List<Row> rows = rows(detector, sample, 1);
    assertThat(rows, hasSize(64 * 128));
    assertThat(rows.stream().map(Row::run).distinct().toList(), contains(591L));
    byte[] file = Files.readAllBytes(Path.of(sample.path()));
    List<Sent.Hit> expected = new ArrayList<>();
    for (int block = 0; block < 64; block++) {
      byte[] one = Arrays.copyOfRange(file, 1032 * block, 1032 * (block + 1));
      expected.addAll(Sent.readHits(detector, one, false));
    }
    HitLayout layout = new HitLayout(detector);
    assertThat(
        rows.stream().filter(row -> layout.isHit(row.word())).map(Row::hit).toList(), is(expected));
    assertThat(expected, is(not(empty())));
  }

  @Test
  void theLaboratorysTextHoldsTheHitsOfItsWords() throws IOException {
    DetectorDescription text = shipped("daq-text");
    HitLayout ofText = new HitLayout(text);
    HitLayout ofWords = new HitLayout(Course.DETECTOR);
    List<Row> texts = rows(text, LocalFile.anyVersion(Samples.file("daq-text-first-2000.csv")), 1);
    List<Row> words =
        rows(Course.DETECTOR, LocalFile.anyVersion(Samples.file("minidt-run591-head.dat")), 1);
    assertThat(texts, hasSize(2000));
    IntStream.range(0, texts.size())
        .forEach(
            i -> {
              long a = texts.get(i).word();
              long b = words.get(i).word();
              assertThat(ofText.isHit(a), is(ofWords.isHit(b)));
              assertThat(ofText.board(a), is(ofWords.board(b)));
              assertThat(ofText.channel(a), is(ofWords.channel(b)));
              assertThat(ofText.orbit(a), is(ofWords.orbit(b)));
              assertThat(ofText.crossing(a), is(ofWords.crossing(b)));
              assertThat(ofText.tick(a) + 1, is(ofWords.tick(b)));
            });
  }

  @Test
  void theTwoStationsAreReadAsTheStreamIs() throws IOException {
    Path sample = Samples.file("made-two-stations.jsonl");
    DetectorDescription detector = shipped("two-stations");
    List<Row> rows = rows(detector, LocalFile.anyVersion(sample), 1);
    assertThat(rows, hasSize(2000));
    assertThat(
        rows.stream().map(Row::hit).toList(),
        is(Sent.readHits(detector, Files.readAllBytes(sample), false)));
  }
}
