package org.driftwatch.emulator.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.driftwatch.emulator.Course;
import org.driftwatch.files.InputFiles;
import org.driftwatch.files.remote.ContainerServer;
import org.driftwatch.files.remote.Dataset;
import org.driftwatch.files.remote.RemoteAccess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rows of several objects of another machine in a row. */
@Timeout(60)
class RemoteRowsTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private ContainerServer server;

  @BeforeEach
  void startServer() throws Exception {
    server = new ContainerServer(null, 1);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private FileSequence open(String from) throws IOException {
    var files =
        InputFiles.findAnyVersion(List.of(server.address()), RemoteAccess.DEFAULT, lines::add);
    return new FileSequence(
        Course.DETECTOR,
        files,
        from.isEmpty() ? StartPoint.FIRST : StartPoint.of(from, files),
        false,
        new UnreadableRows(lines::add),
        lines::add);
  }

  /** Reads on: the rows must be numbered through; gives the number behind the last. */
  private static long readOn(FileSequence source, long from) throws IOException {
    RowBatch batch = Course.batch(4096);
    long orbit = from;
    while (source.read(batch)) {
      for (int i = 0; i < batch.size(); i++) {
        assertThat(batch.row(i).orbit(), is(orbit++));
      }
      batch.clear();
    }
    source.close();
    return orbit;
  }

  private static String failure(FileSequence source, long from) {
    try (source) {
      throw new AssertionError("did not fail, rows end at " + readOn(source, from));
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @Test
  void theNextFileIsOpenedWhileThePresentOnePlays() throws Exception {
    server.objects.putAll(Dataset.files(3, 10_000));
    try (FileSequence source = open("")) {
      assertThat(source.read(Course.batch(1)), is(true));
      Awaitility.await().until(() -> server.served.size() == 2);
      assertThat(
          server.served.stream().map(ContainerServer.Served::name).sorted().toList(),
          contains("data_000000.csv", "data_000001.csv"));
    }
  }

  @Test
  void aStartIsFoundByFileAndRow() throws Exception {
    server.objects.putAll(Dataset.files(5, 100));
    for (String from : List.of("data_000003.csv:51", server.address() + "data_000003.csv:51")) {
      assertThat(readOn(open(from), 350), is(500L));
    }
    assertThat(
        server.served.stream().map(ContainerServer.Served::name).distinct().toList(), hasSize(2));
  }

  @Test
  void anEmptyObjectHasNoRows() throws Exception {
    server.objects.putAll(Dataset.files(2, 10));
    server.objects.put("data_000000a.csv", new byte[0]);
    assertThat(readOn(open(""), 0), is(20L));
    assertThat(lines, contains(containsString("data_000000a.csv has no rows")));
  }

  @Test
  void anObjectThatIsReplacedBeforeItsTurnIsPlayedAsItIsThen() throws Exception {
    server.objects.putAll(Dataset.files(3, 10));
    FileSequence source = open("");
    server.objects.put("data_000002.csv", Dataset.csv(20, 50));
    assertThat(readOn(source, 0), is(50L));
  }

  @Test
  void anObjectThatChangesIsAFailureThatNamesTheLineToResumeAt() throws Exception {
    server.objects.put("data_000000.csv", Dataset.csv(0, 1_000_000));
    FileSequence source = open("");
    source.read(Course.batch(1));
    server.objects.computeIfPresent("data_000000.csv", (name, csv) -> Dataset.changed(csv));
    String failure = failure(source, 1);
    assertThat(
        failure,
        allOf(
            startsWith(server.address() + "data_000000.csv line "),
            containsString(": it has changed while it was read ("),
            containsString(":" + rowOfLine(failure) + " resumes here)")));
  }

  /** The row of the line that is named, which is counted with the header. */
  private static int rowOfLine(String failure) {
    return Integer.parseInt(failure.replaceFirst(".* line (\\d+):.*", "$1")) - 1;
  }

  @Test
  void aGzipThatBreaksIsToldWithObjectAndByteAfterTheRowsBefore() throws Exception {
    byte[] whole = Dataset.gzip(Dataset.csv(0, 50_000));
    int half = whole.length / 2 + 1000;
    server.objects.put("data_000000.csv.gz", Arrays.copyOf(whole, half));
    assertThat(
        failure(open(""), 0),
        allOf(
            startsWith(server.address() + "data_000000.csv.gz line "),
            containsString(": its gzip data ends early, at byte " + half + " (--from ")));
  }
}
