package org.driftwatch.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.driftwatch.files.remote.RemoteAccess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file is read as it was listed, or not at all. */
@Timeout(60)
class LocalFileTest {
  private static final FileTime TIME = FileTime.fromMillis(1_700_000_000_000L);

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void write() throws IOException {
    path = Files.writeString(folder.resolve("a.csv"), "0123456789");
    Files.setLastModifiedTime(path, TIME);
  }

  private static InputFile find(Path path) throws IOException {
    return InputFiles.find(
            List.of(path.toString()), RemoteAccess.DEFAULT, LocalFileTest::unexpected)
        .get(0);
  }

  private static void unexpected(String line) {
    throw new AssertionError(line);
  }

  private static InputStream open(InputFile file, long from) throws IOException {
    return file.open(from, LocalFileTest::unexpected);
  }

  private static String read(InputFile file, long from) throws IOException {
    try (InputStream in = open(file, from)) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }

  private static String failure(InputFile file, long from) {
    return assertThrows(SourceFault.class, () -> read(file, from)).getMessage();
  }

  @Test
  void aFileKnowsItsSizeAndVersionAndOpensAtAnyByte() throws IOException {
    InputFile file = find(path);
    assertThat(file.name(), is(path.toString()));
    assertThat(file.size(), is(10L));
    assertThat(file.version(), is("2023-11-14T22:13:20Z"));
    assertThat(file.isSplittable(), is(true));
    assertThat(read(file, 0), is("0123456789"));
    assertThat(read(file, 7), is("789"));
    assertThat(read(file, 10), is(""));
  }

  @Test
  void aFileThatChangedSinceItWasListedIsNotRead() throws IOException {
    InputFile file = find(path);
    Files.writeString(path, "01234567890");
    Files.setLastModifiedTime(path, TIME);
    assertThat(
        failure(file, 3),
        is(
            "it has changed since it was listed (11 bytes of 2023-11-14T22:13:20Z, was 10 bytes of"
                + " 2023-11-14T22:13:20Z); start again once nothing writes to it"));
    Files.writeString(path, "abcdefghij");
    Files.setLastModifiedTime(path, FileTime.from(1_700_000_001, TimeUnit.SECONDS));
    assertThat(
        failure(file, 0),
        startsWith("it has changed since it was listed (10 bytes of 2023-11-14T22:13:21Z, was 10"));
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsNoticedAtItsEnd() throws IOException {
    InputStream in = open(find(path), 5);
    assertThat(in.read(), is((int) '5'));
    Files.writeString(path, "0123456789ab");
    Files.setLastModifiedTime(path, TIME);
    assertThat(
        assertThrows(SourceFault.class, in::readAllBytes).getMessage(),
        startsWith("it has changed while it was read (12 bytes of "));
  }

  @Test
  void aFileThatChangesWhileAPartOfItIsReadIsNoticedWhenThePartEnds() throws IOException {
    InputStream in = open(find(path), 2);
    assertThat(new String(in.readNBytes(3), US_ASCII), is("234"));
    Files.writeString(path, "01xxx56789");
    assertThat(
        assertThrows(SourceFault.class, in::close).getMessage(),
        startsWith("it has changed while it was read ("));
  }

  @Test
  void aFileThatIsReplacedWhileItIsReadIsNoticed() throws IOException {
    InputStream in = open(find(path), 0);
    Path other = Files.writeString(folder.resolve("b.csv"), "9876543210");
    Files.move(other, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(
        assertThrows(SourceFault.class, in::readAllBytes).getMessage(),
        startsWith("it has changed while it was read ("));
  }

  @Test
  void aFileOfAnyVersionIsReadAsItIs() throws IOException {
    InputFile file = LocalFile.anyVersion(path);
    assertThat(file.size(), is(InputFile.UNKNOWN));
    assertThat(file.isSplittable(), is(false));
    Files.writeString(path, "abc");
    InputStream in = open(file, 1);
    assertThat(in.read(), is((int) 'b'));
    Files.writeString(path, "abcd");
    assertThat(new String(in.readAllBytes(), US_ASCII), is("cd"));
    in.close();
  }

  @Test
  void aFileThatIsNotThereIsToldWithTheMachineAndWhatIsExpected() throws IOException {
    InputFile file = find(path);
    Files.delete(path);
    assertThat(
        failure(file, 0),
        allOf(
            startsWith("it has disappeared, or never was on this machine ("),
            endsWith(
                "); expected it at the same path of every machine that reads it, or in an S3 store"
                    + " or HTTPS container")));
    Files.createDirectory(path);
    assertThat(failure(file, 0), startsWith("it has changed since it was listed ("));
  }

  @Test
  void aFileTravelsToOtherProcessesWhateverTheirWorkingDirectory() throws Exception {
    InputFile file = Copies.of(find(path));
    assertThat(file, is(find(path)));
    assertThat(read(file, 8), is("89"));
    Path relative = Path.of("").toAbsolutePath().relativize(path);
    LocalFile sent = (LocalFile) Copies.of(find(relative));
    assertThat(sent.name(), is(relative.toString()));
    assertThat(Path.of(sent.path()).isAbsolute(), is(true));
    assertThat(read(sent, 8), is("89"));
  }

  @Test
  void ofACompressedFileTheContentIsReadAsAWhole() throws IOException {
    Path zipped = folder.resolve("a.dat.gz");
    for (int member = 0; member < 2; member++) {
      try (OutputStream out =
          new GZIPOutputStream(
              Files.newOutputStream(
                  zipped,
                  java.nio.file.StandardOpenOption.CREATE,
                  java.nio.file.StandardOpenOption.APPEND))) {
        out.write(new byte[] {(byte) ('a' + member)});
      }
    }
    InputFile file = find(zipped);
    assertThat(file.isSplittable(), is(false));
    assertThat(file.layout(), is(FileLayout.WORDS));
    assertThat(file.size(), is(Files.size(zipped)));
    try (InputStream in = file.content(LocalFileTest::unexpected)) {
      assertThat(new String(in.readAllBytes(), US_ASCII), is("ab"));
    }
  }

  @Test
  void aCompressedFileThatChangesWhileItIsReadIsNoticed() throws IOException {
    Path zipped = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write('a');
    }
    Files.setLastModifiedTime(zipped, TIME);
    InputStream in = find(zipped).content(LocalFileTest::unexpected);
    assertThat(in.read(), is((int) 'a'));
    Files.setLastModifiedTime(zipped, FileTime.fromMillis(0));
    assertThat(
        assertThrows(SourceFault.class, in::readAllBytes).getMessage(),
        startsWith("it has changed while it was read ("));
  }

  @Test
  void aNamedPipeIsReadOnceWithoutAVersion() throws Exception {
    Path pipe = folder.resolve("pipe.csv");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0,
        "skipped: this machine makes no named pipes");
    InputFile file = find(pipe);
    assertThat(file.size(), is(InputFile.UNKNOWN));
    assertThat(file.isSplittable(), is(false));
    Process writer =
        new ProcessBuilder("sh", "-c", "printf 'a,b' > \"$0\"", pipe.toString()).start();
    assertThat(read(file, 0), is("a,b"));
    assertThat(writer.waitFor(), is(0));
  }

  @Test
  void theFaultOfAPlaceIsOneLine() {
    IOException fault = SourceFault.at("a.csv byte 7", new IOException("Input/output error"));
    assertThat(fault.getMessage(), containsString("a.csv byte 7: reading failed: "));
  }
}
