package org.driftwatch.emulator.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.emulator.Course;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.InputFiles;
import org.driftwatch.files.LocalFile;
import org.driftwatch.files.remote.RemoteAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of several files in a row. */
class FilesTest {
  @TempDir Path folder;

  private final List<String> lines = new ArrayList<>();
  private final UnreadableRows unreadable = new UnreadableRows(lines::add);

  private Path file(String name, long... orbits) throws IOException {
    StringBuilder text = new StringBuilder("HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS\n");
    for (long orbit : orbits) {
      text.append("2,0,1,").append(orbit).append(",5,6\n");
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private List<Long> orbits(FileSequence source) throws IOException {
    return Rows.all(source, 100).stream().map(DaqRecord::orbit).toList();
  }

  private FileSequence sequence(boolean loop, String... names) throws IOException {
    return new FileSequence(
        Course.DETECTOR,
        InputFiles.findAnyVersion(Arrays.asList(names), RemoteAccess.DEFAULT, lines::add),
        StartPoint.FIRST,
        loop,
        unreadable,
        lines::add);
  }

  @Test
  void gzippedFilesAreReadAsWhatTheirNameSaysBesides() throws IOException {
    long word = Course.hit(1, 128, 7, 3563, 30);
    gzip("a.dat.gz", Course.writer().word(word, 0).take());
    gzip("b.csv.GZ", Files.readAllBytes(file("b.csv", 8)));
    Files.delete(folder.resolve("b.csv"));
    assertThat(orbits(sequence(false, folder.toString())), contains(7L, 8L));
  }

  private void gzip(String name, byte[] content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write(content);
    }
  }

  @Test
  void aStartIsAFileAndARowThatIsSent() throws IOException {
    file("a.csv", 1, 2);
    Files.writeString(
        folder.resolve("b.csv"), "noise\n2,0,1,3,5,6\n\n2,0,1,4,5,6\nx\n2,0,1,5,5,6\n");
    Path odd = file("c:7", 9);
    List<InputFile> files =
        InputFiles.findAnyVersion(
            List.of(folder + "/a.csv", folder + "/b.csv", odd.toString()),
            RemoteAccess.DEFAULT,
            lines::add);
    assertThat(orbitsFrom("b.csv", files), contains(3L, 4L, 5L, 9L));
    lines.clear();
    assertThat(orbitsFrom("b.csv:3", files), contains(5L, 9L));
    assertThat(lines, contains(containsString("b.csv line 5: ")));
    lines.clear();
    assertThat(orbitsFrom("b.csv:4", files), contains(9L));
    assertThat(orbitsFrom("c:7", files), contains(9L));
    assertThat(orbitsFrom("c:7:1", files), contains(9L));
    assertThat(lines, empty());
    assertThat(
        assertThrows(IOException.class, () -> orbitsFrom("b.csv:5", files)).getMessage(),
        containsString("b.csv:5: it has 3 rows only"));
  }

  private List<Long> orbitsFrom(String from, List<InputFile> files) throws IOException {
    return orbits(
        new FileSequence(
            Course.DETECTOR, files, StartPoint.of(from, files), false, unreadable, lines::add));
  }

  @Test
  void aStartThatFitsSeveralFilesWantsTheWholeName() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    List<InputFile> files =
        List.of(
            LocalFile.anyVersion(one.resolve("a.csv")), LocalFile.anyVersion(two.resolve("a.csv")));
    assertThat(StartPoint.of(two + "/a.csv:3", files), is(new StartPoint(1, 3)));
    assertThat(
        assertThrows(IOException.class, () -> StartPoint.of("a.csv", files)).getMessage(),
        containsString("2 files of this name, expected a whole name such as " + one));
  }

  @Test
  void aLoopBeginsAgainAtTheFirstRowOfTheFirstFile() throws IOException {
    file("a.csv", 1, 2);
    file("b.csv", 3);
    List<InputFile> files =
        InputFiles.findAnyVersion(List.of(folder.toString()), RemoteAccess.DEFAULT, lines::add);
    FileSequence source =
        new FileSequence(
            Course.DETECTOR, files, new StartPoint(0, 2), true, unreadable, lines::add);
    List<Long> orbits = new ArrayList<>();
    RowBatch batch = Course.batch(1);
    for (int i = 0; i < 6; i++) {
      batch.clear();
      assertThat(source.read(batch), is(true));
      orbits.add(batch.row(0).orbit());
    }
    source.close();
    assertThat(orbits, contains(2L, 3L, 1L, 2L, 3L, 1L));
  }

  @Test
  void datFilesHoldWordsAndAnUnfinishedLastOneIsTold() throws IOException {
    RecordWriter writer = Course.writer();
    long[] words = {
      Course.hit(1, 128, 4294967295L, 3563, 30), Course.word(new DaqRecord(0, 1, 2, 7, 9, 3))
    };
    byte[] bytes = writer.word(words[0], 0).word(words[1], 0).take();
    Path file = folder.resolve("run.dat");
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 3));
    List<DaqRecord> rows = Rows.all(sequence(false, file.toString()), 1);
    assertThat(rows, contains(Course.record(words[0]), Course.record(words[1])));
    assertThat(lines, contains(containsString("run.dat byte 16: ends in mid-word: 3 bytes left")));
    assertThat(unreadable.count(), is(1L));
  }

  @Test
  void aLoopBeginsAgain() throws IOException {
    file("a.csv", 1, 2);
    FileSequence source = sequence(true, folder.toString());
    RowBatch batch = Course.batch(2);
    for (int i = 0; i < 5; i++) {
      batch.clear();
      assertThat(source.read(batch), is(true));
      assertThat(batch.row(0).orbit(), is(1L));
    }
    source.close();
  }

  @Test
  void anEmptyFileAmongOthersIsOnlyTold() throws IOException {
    file("a.csv", 1);
    Files.createFile(folder.resolve("b.csv"));
    file("c.csv", 3);
    assertThat(orbits(sequence(false, folder.toString())), contains(1L, 3L));
    assertThat(lines, contains(containsString("b.csv has no rows")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void filesWithoutAnyRowAreAFailureEvenInALoop(boolean loop) throws IOException {
    Files.createFile(folder.resolve("a.csv"));
    Files.createFile(folder.resolve("b.csv"));
    FileSequence source = sequence(loop, folder.toString());
    IOException failure = assertThrows(IOException.class, () -> orbits(source));
    assertThat(failure.getMessage(), containsString("none of the 2 source files has rows"));
  }

  @Test
  void aFileThatDisappearsIsNamed() throws IOException {
    file("a.csv", 1);
    Path b = file("b.csv", 2);
    FileSequence source = sequence(false, folder.toString());
    Files.delete(b);
    IOException failure = assertThrows(IOException.class, () -> orbits(source));
    assertThat(
        failure.getMessage(),
        containsString("b.csv: it has disappeared, or never was on this machine ("));
  }

  @Test
  void theRealSamplesAreReadWhole() throws IOException {
    Path samples = Path.of(System.getProperty("driftwatch.samples", "none"));
    assumeTrue(Files.isDirectory(samples), "skipped: the real samples are not on this machine");
    List<DaqRecord> rows =
        Rows.all(sequence(false, samples.resolve("minidt-first-999.csv").toString()), 4096);
    assertThat(rows, hasSize(999));
    assertThat(rows.stream().filter(Course::isHit).count(), is(499L));
    assertThat(
        Rows.all(sequence(false, samples.resolve("minidt-run591-head.dat").toString()), 4096),
        hasSize(65_536));
    assertThat(lines, empty());
  }

  @Test
  void theSampleIsReadAsAnIndependentReaderDoes() throws IOException {
    Path sample = Path.of(System.getProperty("driftwatch.samples", "none"), "minidt-first-999.csv");
    assumeTrue(Files.exists(sample), "skipped: the real samples are not on this machine");
    List<DaqRecord> expected =
        Files.readAllLines(sample, StandardCharsets.US_ASCII).stream()
            .skip(1)
            .map(line -> line.split(","))
            .map(
                c ->
                    new DaqRecord(
                        Integer.parseInt(c[0]),
                        Integer.parseInt(c[1]),
                        Integer.parseInt(c[2]),
                        Long.parseLong(c[3]),
                        Integer.parseInt(c[4]),
                        Double.parseDouble(c[5])))
            .toList();
    assertThat(Rows.all(sequence(false, sample.toString()), 64), is(expected));
  }
}
