package org.driftwatch.files.remote;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.InputFiles;
import org.driftwatch.files.SourceFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container of real files over TLS, with an authority of its own. */
@Timeout(60)
class WebContainerTest {
  @TempDir static Path folder;
  private static PrivateAuthority authority;
  private static RemoteAccess trusting;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final long seed = Long.getLong("driftwatch.seed", 20);
  private ContainerServer server;

  @BeforeAll
  static void makeAuthority() throws Exception {
    authority = PrivateAuthority.shared();
    trusting =
        new RemoteAccess(
            Optional.empty(), Optional.empty(), false, Optional.of(authority.pem()), false);
  }

  @BeforeEach
  void startServer() throws Exception {
    server = new ContainerServer(authority.valid(), seed);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private List<InputFile> find(String source) throws IOException {
    return InputFiles.findAnyVersion(List.of(source), trusting, lines::add);
  }

  private void requireRows(String source, long from, long to) throws IOException {
    Dataset.requireRows(find(source), from, to, lines::add);
  }

  private String findFailure(String source, RemoteAccess access) {
    return assertThrows(
            IOException.class, () -> InputFiles.findAnyVersion(List.of(source), access, lines::add))
        .getMessage();
  }

  /** Every request for an object begins where the one before it ended. */
  private void requireNoByteTwice() {
    Map<String, Integer> ends = new HashMap<>();
    for (ContainerServer.Served part : server.served) {
      assertThat(part.toString(), part.ranged(), is(true));
      assertThat(part.toString(), part.from(), is(ends.getOrDefault(part.name(), 0)));
      ends.put(part.name(), part.to());
    }
    ends.forEach((name, end) -> assertThat(name, end, is(server.objects.get(name).length)));
  }

  @Test
  void everyRowOf81FilesComesOnceAndInOrder() throws Exception {
    server.objects.putAll(Dataset.files(81, 1000));
    requireRows(server.address(), 0, 81_000);
    assertThat(lines, empty());
    assertThat(server.served, hasSize(81));
  }

  @Test
  void connectionsThatBreakAnywhereAreTakenUpAtTheByte() throws Exception {
    server.objects.putAll(Dataset.files(81, 1000));
    server.objects.put("data_000081.csv", Dataset.csv(81_000, 341_000));
    server.objects.put("data_000082.csv.gz", Dataset.gzip(Dataset.csv(341_000, 351_000)));
    server.cutShare = 0.4;
    requireRows(server.address(), 0, 351_000);
    requireNoByteTwice();
    assertThat("seed " + seed, lines.size(), greaterThan(10));
    assertThat(server.served, hasSize(greaterThan(83 + lines.size() - 1)));
    for (String line : lines) {
      assertThat(
          line,
          allOf(
              startsWith(server.address() + "data_0"), matchesPattern(".*; try \\d of 10 in .*")));
    }
  }

  @Test
  void ofALargeFileNoMoreThanTwoPartsAreFetchedAhead() throws Exception {
    server.objects.put("data_000000.csv", Dataset.csv(0, 1_000_000));
    try (InputStream in = openAndAwaitTwoParts()) {
      assertThat(server.served.get(1).to(), is(2 * ObjectStream.PART_BYTES));
      assertThat(in.read(), is((int) 'E'));
    }
  }

  @Test
  void aServerWithoutRangesIsReadAgainFromTheBeginning() throws Exception {
    server.objects.putAll(Dataset.files(20, 1000));
    server.objects.put("data_000020.csv", Dataset.csv(20_000, 320_000));
    server.knowsRanges = false;
    server.cutShare = 0.5;
    requireRows(server.address(), 0, 320_000);
    assertThat("seed " + seed, lines.size(), greaterThan(0));
  }

  @Test
  void aBusyServerIsAskedAgain() throws Exception {
    server.objects.putAll(Dataset.files(2, 10));
    server.busyAnswers.set(2);
    requireRows(server.address(), 0, 20);
    assertThat(
        lines,
        contains(
            containsString("the server cannot answer (503: "),
            containsString("; try 3 of 10 in 0.20 s")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aListOverManyPagesIsReadWhole(boolean knowsMarkers) throws Exception {
    server.objects.putAll(Dataset.files(25, 10));
    server.listingLimit = knowsMarkers ? 7 : 25;
    server.knowsMarkers = knowsMarkers;
    requireRows(server.address(), 0, 250);
  }

  @Test
  void aContainerIsNamedWithOrWithoutItsSlashAndWithAPrefix() throws Exception {
    server.objects.put("run 1/data.csv", Dataset.csv(0, 5));
    server.objects.put("run+2/d\u00e4ta?.csv", Dataset.csv(5, 9));
    String bare = server.address().substring(0, server.address().length() - 1);
    requireRows(bare, 0, 9);
    requireRows(bare + "?prefix=run%2B2/", 5, 9);
    requireRows(server.address() + "run%201/data.csv", 0, 5);
  }

  @Test
  void foreignObjectsAreToldInOneLineAndPassedOver() throws Exception {
    server.objects.putAll(Dataset.files(2, 10));
    for (String name : List.of("README", "SHA256SUMS", "a.html", "z.png", ".hidden.csv")) {
      server.objects.put(name, new byte[] {1, 2, 3});
    }
    requireRows(server.address(), 0, 20);
    assertThat(lines, contains(containsString("README, SHA256SUMS, a.html and 1 more")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectThatChangesIsAFailureThatNamesTheByte(boolean knowsTags) throws Exception {
    server.knowsTags = knowsTags;
    server.objects.put("data_000000.csv", Dataset.csv(0, 1_000_000));
    InputStream in = openAndAwaitTwoParts();
    server.objects.computeIfPresent(
        "data_000000.csv",
        (name, content) -> knowsTags ? Dataset.changed(content) : Dataset.csv(0, 1_000_001));
    assertThat(
        assertThrows(SourceFault.class, in::readAllBytes).getMessage(),
        startsWith("byte " + 2 * ObjectStream.PART_BYTES + ": it has changed while it was read ("));
  }

  private InputStream openAndAwaitTwoParts() throws IOException {
    InputStream in = find(server.address()).get(0).open(0, lines::add);
    Awaitility.await().until(() -> server.served.size() == 1);
    assertThat(in.read(), is((int) 'H'));
    Awaitility.await().until(() -> server.served.size() == 2);
    return in;
  }

  @Test
  void anObjectThatShrinksIsAFailure() throws Exception {
    server.knowsTags = false;
    server.objects.put("data_000000.csv", Dataset.csv(0, 1_000_000));
    InputStream in = openAndAwaitTwoParts();
    server.objects.put("data_000000.csv", Dataset.csv(0, 10));
    assertThat(
        assertThrows(SourceFault.class, in::readAllBytes).getMessage(),
        containsString("it has changed while it was read (it ends before this byte now)"));
  }

  @Test
  void anObjectThatAlwaysEndsEarlyIsGivenUpWithItsByte() throws Exception {
    server.objects.put("data_000000.csv", Dataset.csv(0, 10));
    StoredObject truncated =
        new StoredObject() {
          private final StoredObject whole =
              new WebObject(
                  "short.csv", java.net.URI.create(server.address() + "data_000000.csv"), trusting);

          @Override
          public String name() {
            return whole.name();
          }

          @Override
          public String path() {
            return whole.path();
          }

          @Override
          public Body open(long from, long count, String version) throws IOException {
            Body body = whole.open(from, count, version);
            return new Body(
                new java.io.ByteArrayInputStream(
                    Arrays.copyOf(body.in().readAllBytes(), (int) Math.max(0, 100 - from))),
                body.from(),
                body.end(),
                body.size(),
                body.version(),
                body.abort());
          }
        };
    Retries quick = new Retries(3, java.time.Duration.ofMillis(1), java.time.Duration.ofMillis(1));
    ObjectReader reader =
        new ObjectReader(truncated, 0, StoredObject.UNKNOWN, "", quick, lines::add);
    byte[] part = new byte[1000];
    assertThat(reader.read(part), is(100));
    assertThat(
        assertThrows(IOException.class, () -> reader.read(part)).getMessage(),
        allOf(containsString("byte 100: "), containsString("given up after 3 tries")));
    assertThat(lines, hasSize(2));
  }

  @Test
  void aGzipThatEndsEarlyIsToldWithItsByte() throws Exception {
    byte[] whole = Dataset.gzip(Dataset.csv(0, 50_000));
    int half = whole.length / 2 + 1000;
    server.objects.put("data_000000.csv.gz", Arrays.copyOf(whole, half));
    assertThat(
        assertThrows(SourceFault.class, () -> requireRows(server.address(), 0, 0)).getMessage(),
        is("its gzip data ends early, at byte " + half));
  }

  @Test
  void certificatesThatAreNotInOrderAreRefusedInOneLine() throws Exception {
    assertThat(
        findFailure(server.address(), RemoteAccess.DEFAULT),
        allOf(
            startsWith("source " + server.address() + ": the server's certificate is of an"),
            containsString("--ca-file")));
    try (ContainerServer expired = new ContainerServer(authority.expired(), 1);
        ContainerServer elsewhere = new ContainerServer(authority.forAnotherHost(), 1)) {
      assertThat(
          findFailure(expired.address(), trusting),
          containsString("the server's certificate has expired (NotAfter: "));
      assertThat(
          findFailure(elsewhere.address(), trusting),
          containsString("the server's certificate is not accepted (No subject alternative"));
    }
    assertThat(lines, empty());
  }

  @Test
  void caFilesThatAreNoneAreSaidToBe() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "hello");
    Path none = Files.createFile(folder.resolve("empty.pem"));
    for (Path file : List.of(text, none, folder.resolve("missing.pem"))) {
      RemoteAccess access =
          new RemoteAccess(Optional.empty(), Optional.empty(), false, Optional.of(file), false);
      assertThat(
          findFailure(server.address(), access),
          startsWith("source " + server.address() + ": the file of certificates " + file + " "));
    }
  }

  @Test
  void addressesThatLeadNowhereAreOneLine() throws Exception {
    server.objects.put("page", "<html>".getBytes(StandardCharsets.US_ASCII));
    String host = server.address().replaceFirst("/v1/.*", "");
    String[][] cases = {
      {host + "/v1/none/", "it does not exist (404"},
      {server.address() + "none.csv", "it does not exist (404"},
      {server.address() + "secret.csv", "it may not be read (403"},
      {
        server.address(),
        "holds no .csv, .txt, .dat, .bin or .jsonl file (also with .gz), only page"
      },
      {server.address() + "?prefix=x", "holds no files"},
      {"https://127.0.0.1:1/c/", "the server cannot be reached"},
      {"https://no-such-host.invalid/c/", "the host no-such-host.invalid is unknown"},
      {"http://example.org/c/", "is not protected; use https://"},
      {"https://user:secret@example.org/c/", "with a password in it is not supported"},
      {"https:///c", "is not an address"},
    };
    for (String[] c : cases) {
      String failure = findFailure(c[0], trusting);
      assertThat(failure, allOf(startsWith("source "), containsString(c[1])));
      assertThat(failure, failure.lines().count(), is(1L));
    }
    server.listingType = "text/html";
    assertThat(
        findFailure(server.address(), trusting),
        containsString("answers with text/html, expected a plain list"));
  }
}
