package org.driftwatch.files.remote;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.driftwatch.files.Copies;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.InputFiles;
import org.driftwatch.files.SourceFault;
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

  private List<InputFile> find(String source, RemoteAccess how) throws IOException {
    return InputFiles.findAnyVersion(List.of(source), how, lines::add);
  }

  private void requireRows(String source, RemoteAccess how, long from, long to) throws IOException {
    Dataset.requireRows(find(source, how), from, to, lines::add);
  }

  private String findFailure(String source, RemoteAccess how) {
    return assertThrows(IOException.class, () -> find(source, how)).getMessage();
  }

  @Test
  void everyRowOf81ObjectsComesOnceAndInOrder() throws IOException {
    requireRows("s3://course", access, 0, 81_000);
    requireRows("s3://course/data_", access, 0, 81_000);
    requireRows("s3://course/data_00008", access, 80_000, 81_000);
    assertThat(lines, empty());
  }

  @Test
  void anObjectOfTheVeryNameIsTakenAloneAndAFolderWithWhatIsPlayed() throws IOException {
    requireRows("s3://runs/run1", access, 0, 5);
    assertThat(lines, empty());
    requireRows("s3://runs/run10/", access, 0, 9);
    assertThat(
        lines,
        contains(
            allOf(
                containsString("s3://runs/run10/: skipped"), containsString(": run10/README.md"))));
  }

  @Test
  void aRefusalWithoutAWordIsToldByItsStatus() throws IOException {
    HttpServer gateway =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext("/", exchange -> exchange.sendResponseHeaders(400, -1));
    gateway.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
      IOException e =
          assertThrows(
              IOException.class,
              () -> InputFiles.find(List.of("s3://course"), access(address, false), lines::add));
      assertThat(e.getMessage(), containsString("the server refuses the request (400)"));
    } finally {
      gateway.stop(0);
    }
  }

  @Test
  void connectionsThatBreakAreTakenUpAtTheByte() throws IOException {
    try (BreakingProxy proxy = new BreakingProxy(server.endpoint(), 3)) {
      requireRows("s3://runs/large.csv", access(proxy.address(), false), 0, 600_000);
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
    InputStream in = find("s3://runs/changing.csv", access).get(0).open(0, lines::add);
    assertThat(in.read(), is((int) 'H'));
    server.put("runs", "changing.csv", Dataset.changed(Dataset.csv(0, 1_000_000)));
    assertThat(
        assertThrows(SourceFault.class, in::readAllBytes).getMessage(),
        matchesPattern("byte \\d+: it has changed while it was read .*"));
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
      requireRows("s3://public", access(open.endpoint(), true), 0, 30);
    }
  }

  private InputFile listed(String source) throws IOException {
    return InputFiles.find(List.of(source), access, lines::add).get(0);
  }

  private String failure(InputFile file, long from) throws IOException {
    try (InputStream in = file.open(from, lines::add)) {
      return assertThrows(SourceFault.class, in::readAllBytes).getMessage();
    }
  }

  @Test
  void aListingKnowsSizesAndVersionsWithoutAskingForAnObject() throws IOException {
    try (BreakingProxy proxy = new BreakingProxy(server.endpoint(), 3)) {
      List<InputFile> files =
          InputFiles.find(List.of("s3://course"), access(proxy.address(), false), lines::add);
      assertThat(files.size(), is(81));
      for (InputFile file : files) {
        assertThat(file.size(), greaterThan(0L));
        assertThat(file.version(), matchesPattern("\".+\""));
        assertThat(file.isSplittable(), is(true));
      }
      assertThat(proxy.rangeStarts(), empty());
    }
    assertThat(listed("s3://runs/run10/data+1.csv.gz").isSplittable(), is(false));
  }

  @Test
  void anObjectOpensAtAnyByte() throws IOException {
    byte[] whole = Dataset.csv(0, 600_000);
    InputFile file = listed("s3://runs/large.csv");
    assertThat(file.size(), is((long) whole.length));
    for (int from : new int[] {0, 1, 7_000_000, whole.length - 1, whole.length}) {
      try (InputStream in = file.open(from, lines::add)) {
        assertThat(
            "from " + from,
            Arrays.equals(in.readAllBytes(), Arrays.copyOfRange(whole, from, whole.length)),
            is(true));
      }
    }
    assertThat(lines, empty());
  }

  @Test
  void anObjectThatChangedSinceItWasListedIsNotRead() throws IOException {
    server.put("runs", "listed.csv", Dataset.csv(0, 10));
    InputFile file = listed("s3://runs/listed.csv");
    server.put("runs", "listed.csv", Dataset.changed(Dataset.csv(0, 10)));
    assertThat(
        failure(file, 5),
        is(
            "byte 5: it has changed since it was listed (was version "
                + file.version()
                + "); start again once nothing writes to it"));
    server.put("runs", "listed.csv", new byte[3]);
    assertThat(failure(file, 5), startsWith("byte 5: it has changed since it was listed ("));
  }

  @Test
  void anObjectThatIsGoneSinceItWasListedIsToldSo() throws Exception {
    server.put("runs", "gone.csv", Dataset.csv(0, 10));
    InputFile file = listed("s3://runs/gone.csv");
    server.delete("runs", "gone.csv");
    assertThat(failure(file, 0), startsWith("byte 0: it does not exist (404: NoSuchKey, "));
  }

  @Test
  void whoOpensAnObjectElsewhereTakesTheCredentialsThere() throws Exception {
    InputFile file = listed("s3://runs/run1");
    String sent = new String(Copies.sent(file), StandardCharsets.ISO_8859_1);
    assertThat(
        sent, allOf(containsString(server.endpoint().toString()), containsString("us-east-1")));
    assertThat(sent, not(containsString(S3Server.SECRET)));
    InputFile copy = Copies.of(file);
    assertThat(copy, is(file));
    try (InputStream in = copy.open(0, lines::add)) {
      assertThat(in.readAllBytes(), is(Dataset.csv(0, 5)));
    }
    System.setProperty("aws.secretAccessKey", "wrong");
    assertThat(
        failure(copy, 0), startsWith("byte 0: it may not be read (403: SignatureDoesNotMatch, "));
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
  }

  @Test
  void theStoreThatTheEnvironmentNamesTravelsWithTheFile() throws Exception {
    System.setProperty("aws.endpointUrlS3", server.endpoint().toString());
    System.setProperty("aws.region", "eu-south-1");
    InputFile file;
    try {
      file = InputFiles.find(List.of("s3://runs/run1"), RemoteAccess.DEFAULT, lines::add).get(0);
    } finally {
      System.clearProperty("aws.endpointUrlS3");
      System.clearProperty("aws.region");
    }
    assertThat(
        new String(Copies.sent(file), StandardCharsets.ISO_8859_1),
        allOf(containsString(server.endpoint().toString()), containsString("eu-south-1")));
    try (InputStream in = Copies.of(file).open(0, lines::add)) {
      assertThat(in.readAllBytes(), is(Dataset.csv(0, 5)));
    }
  }
}
