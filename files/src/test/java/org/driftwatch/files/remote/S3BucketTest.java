package org.driftwatch.files.remote;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.driftwatch.emulator.Course;
import org.driftwatch.files.FileSequence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Buckets of a real S3 server. */
@Timeout(60)
class S3BucketTest {
  @TempDir static Path folder;
  private static S3Server server;
  private static RemoteAccess access;

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(folder, false);
    access = access(server.endpoint(), false);
    server.createBucket("course");
    server.put("course", Dataset.files(81, 1000));
    server.createBucket("runs");
    server.put("runs", "run1", Dataset.csv(0, 5));
    server.put("runs", "run10/data 0.csv", Dataset.csv(0, 5));
    server.put("runs", "run10/data+1.csv.gz", Dataset.gzip(Dataset.csv(5, 9)));
    server.put("runs", "run10/empty.csv", new byte[0]);
    server.put("runs", "run10/README.md", "data".getBytes(StandardCharsets.US_ASCII));
    server.put("runs", "large.csv", Dataset.csv(0, 600_000));
    System.setProperty("aws.accessKeyId", S3Server.KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
  }

  @AfterAll
  static void stop() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    server.close();
  }

  private static RemoteAccess access(URI endpoint, boolean anonymous) {
    return new RemoteAccess(
        Optional.of(endpoint), Optional.empty(), anonymous, Optional.empty(), false);
  }

  private FileSequence open(String source) throws IOException {
    return Dataset.open(source, access, null, lines);
  }

  private String findFailure(String source, RemoteAccess how) {
    return assertThrows(IOException.class, () -> Dataset.open(source, how, null, lines))
        .getMessage();
  }

  @Test
  void everyRowOf81ObjectsComesOnceAndInOrder() throws IOException {
    Dataset.requireRows(open("s3://course"), 0, 81_000);
    Dataset.requireRows(open("s3://course/data_"), 0, 81_000);
    Dataset.requireRows(open("s3://course/data_00008"), 80_000, 81_000);
    assertThat(lines, empty());
  }

  @Test
  void anObjectOfTheVeryNameIsTakenAloneAndAFolderWithWhatIsPlayed() throws IOException {
    Dataset.requireRows(open("s3://runs/run1"), 0, 5);
    assertThat(lines, empty());
    Dataset.requireRows(open("s3://runs/run10/"), 0, 9);
    assertThat(
        lines,
        contains(
            containsString("s3://runs/run10/: skipped"),
            is("s3://runs/run10/empty.csv has no rows")));
    assertThat(lines.get(0), containsString(": run10/README.md"));
  }

  @Test
  void aStartIsFoundByFileAndRow() throws IOException {
    Dataset.requireRows(
        Dataset.open("s3://course", access, "data_000079.csv:1000", lines), 79_999, 81_000);
  }

  @Test
  void connectionsThatBreakAreTakenUpAtTheByte() throws IOException {
    try (BreakingProxy proxy = new BreakingProxy(server.endpoint(), 3)) {
      Dataset.requireRows(
          Dataset.open("s3://runs/large.csv", access(proxy.address(), false), null, lines),
          0,
          600_000);
      assertThat(lines.size(), greaterThan(3));
      for (String line : lines) {
        assertThat(
            line, allOf(startsWith("s3://runs/large.csv byte "), containsString(" of 10 in ")));
      }
      assertThat(proxy.rangeStarts().size(), greaterThan(lines.size()));
      for (String line : lines) {
        assertThat(
            proxy
                .rangeStarts()
                .contains(Long.valueOf(line.replaceFirst(".* byte (\\d+):.*", "$1"))),
            is(true));
      }
    }
  }

  @Test
  void anObjectThatChangesIsAFailureThatNamesTheByte() throws IOException {
    server.put("runs", "changing.csv", Dataset.csv(0, 1_000_000));
    FileSequence source = open("s3://runs/changing.csv");
    source.read(Course.batch(1));
    server.put("runs", "changing.csv", Dataset.changed(Dataset.csv(0, 1_000_000)));
    IOException failure = assertThrows(IOException.class, () -> Dataset.requireRows(source, 1, 0));
    assertThat(
        failure.getMessage(),
        allOf(
            startsWith("s3://runs/changing.csv line "),
            containsString(": it has changed while it was read")));
  }

  @Test
  void bucketsThatCannotBeReadAreOneLine() {
    Object[][] cases = {
      {"s3://none/x", access, "it does not exist (404: NoSuchBucket, "},
      {"s3://course/x", access, "has no object whose name starts like this"},
      {
        "s3://runs/run10/README",
        access,
        "no .csv, .txt, .dat, .bin or .jsonl file (also with .gz), only run10/R"
      },
      {"s3://", access, "expected s3://BUCKET/PREFIX"},
      {"s3://course", access(server.endpoint(), true), "it may not be read (403: AccessDenied, "},
      {"s3://course", access(URI.create("http://127.0.0.1:1"), false), "cannot be reached"},
    };
    for (Object[] c : cases) {
      String failure = findFailure((String) c[0], (RemoteAccess) c[1]);
      assertThat(failure, allOf(startsWith("source " + c[0]), containsString((String) c[2])));
      assertThat(failure, failure.lines().count(), is(1L));
    }
    System.setProperty("aws.secretAccessKey", "wrong");
    assertThat(
        findFailure("s3://course", access),
        containsString("it may not be read (403: SignatureDoesNotMatch, "));
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
    assertThat(lines, empty());
  }

  @Test
  void aPublicBucketIsReadWithoutCredentials() throws IOException {
    try (S3Server open = S3Server.start(folder, true)) {
      open.createBucket("public");
      open.put("public", Dataset.files(3, 10));
      Dataset.requireRows(
          Dataset.open("s3://public", access(open.endpoint(), true), null, lines), 0, 30);
    }
  }
}
