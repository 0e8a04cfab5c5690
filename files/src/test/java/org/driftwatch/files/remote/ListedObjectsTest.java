package org.driftwatch.files.remote;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.driftwatch.files.Copies;
import org.driftwatch.files.FileLayout;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.InputFiles;
import org.driftwatch.files.SourceFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects of a container are read as they were listed, or not at all. */
@Timeout(60)
class ListedObjectsTest {
  private static final String NAME = "data_000000.csv";

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private ContainerServer server;

  @BeforeEach
  void startServer() throws Exception {
    server = new ContainerServer(null, 20);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private List<InputFile> find() throws IOException {
    return find(server.address(), RemoteAccess.DEFAULT);
  }

  private List<InputFile> find(String place, RemoteAccess access) throws IOException {
    return InputFiles.find(List.of(place), access, lines::add);
  }

  private byte[] read(InputFile file, long from) throws IOException {
    try (InputStream in = file.open(from, lines::add)) {
      return in.readAllBytes();
    }
  }

  private String failure(InputFile file, long from) {
    return assertThrows(SourceFault.class, () -> read(file, from)).getMessage();
  }

  private void requireContent(byte[] found, byte[] whole, int from) {
    byte[] expected = Arrays.copyOfRange(whole, from, whole.length);
    assertThat("from " + from, Arrays.equals(found, expected), is(true));
  }

  @Test
  void aListingKnowsSizesAndVersionsByAByteOfEachObject() throws Exception {
    server.objects.putAll(Dataset.files(81, 10));
    List<InputFile> files = find();
    assertThat(
        files.stream().map(InputFile::name).toList(),
        is(server.objects.keySet().stream().map(name -> server.address() + name).toList()));
    for (InputFile file : files) {
      byte[] content = server.objects.get(file.name().substring(server.address().length()));
      assertThat(file.size(), is((long) content.length));
      assertThat(file.version(), is('"' + Integer.toHexString(Arrays.hashCode(content)) + '"'));
      assertThat(file.isSplittable(), is(true));
    }
    assertThat(server.served, hasSize(81));
    assertThat(server.served.stream().map(ContainerServer.Served::to).toList(), everyItem(is(1)));
  }

  @Test
  void anEmptyObjectIsListedAndRead() throws Exception {
    server.objects.put(NAME, new byte[0]);
    InputFile file = find().get(0);
    assertThat(file.size(), is(0L));
    assertThat(read(file, 0).length, is(0));
  }

  @Test
  void anObjectOpensAtAnyByteAndNothingBeforeItIsFetched() throws Exception {
    byte[] whole = Dataset.csv(0, 600_000);
    server.objects.put(NAME, whole);
    InputFile file = find().get(0);
    server.served.clear();
    for (int from : new int[] {0, 1, 7_000_000, whole.length - 1, whole.length}) {
      requireContent(read(file, from), whole, from);
      assertThat(server.served.stream().allMatch(part -> part.from() >= from), is(true));
      server.served.clear();
    }
    assertThat(lines, empty());
  }

  @Test
  void aBrokenConnectionIsTakenUpAtTheByteFromTheMiddleOn() throws Exception {
    byte[] whole = Dataset.csv(0, 600_000);
    server.objects.put(NAME, whole);
    InputFile file = find().get(0);
    server.cutShare = 0.6;
    requireContent(read(file, 5_000_000), whole, 5_000_000);
    assertThat(lines.isEmpty(), is(false));
  }

  @Test
  void aServerWithoutRangesIsReadInOnePiece() throws Exception {
    byte[] whole = Dataset.csv(0, 300_000);
    server.objects.put(NAME, whole);
    server.knowsRanges = false;
    InputFile file = find().get(0);
    assertThat(file.size(), is((long) whole.length));
    assertThat(file.isSplittable(), is(false));
    requireContent(read(file, 0), whole, 0);
    requireContent(read(file, 5_000_000), whole, 5_000_000);
  }

  @Test
  void aCompressedObjectIsReadInOnePiece() throws Exception {
    server.objects.put("a.csv.gz", Dataset.gzip(Dataset.csv(0, 1000)));
    assertThat(find().get(0).isSplittable(), is(false));
    Dataset.requireRows(find(), 0, 1000, lines::add);
  }

  @Test
  void theEndingOfAnAddressIsThatOfItsPath() throws Exception {
    server.objects.put("run.dat.gz", Dataset.gzip(new byte[8]));
    InputFile file =
        find(server.address() + "run.dat.gz?signature=1.csv", RemoteAccess.DEFAULT).get(0);
    assertThat(file.layout(), is(FileLayout.WORDS));
    try (InputStream in = file.content(lines::add)) {
      assertThat(in.readAllBytes(), is(new byte[8]));
    }
  }

  @Test
  void anObjectWithAnotherTagThanListedIsNotRead() throws Exception {
    server.objects.put(NAME, Dataset.csv(0, 10));
    InputFile file = find().get(0);
    server.objects.put(NAME, Dataset.changed(Dataset.csv(0, 10)));
    assertThat(
        failure(file, 5),
        is(
            "byte 5: it has changed since it was listed (was version "
                + file.version()
                + "); start again once nothing writes to it"));
  }

  @Test
  void whereThereAreNoTagsTheTimeOfTheLastChangeTells() throws Exception {
    server.knowsTags = false;
    server.modified = "Fri, 20 Nov 2026 20:36:46 GMT";
    server.objects.put(NAME, Dataset.csv(0, 10));
    InputFile file = find().get(0);
    assertThat(file.version(), is(server.modified));
    requireContent(read(file, 5), Dataset.csv(0, 10), 5);
    server.modified = "Fri, 20 Nov 2026 20:36:47 GMT";
    assertThat(
        failure(file, 5),
        startsWith(
            "byte 5: it has changed since it was listed (version Fri, 20 Nov 2026 20:36:47 GMT, was"
                + " Fri, 20 Nov 2026 20:36:46 GMT); "));
  }

  @Test
  void whereThereAreNoVersionsTheSizeTells() throws Exception {
    server.knowsTags = false;
    server.objects.put(NAME, Dataset.csv(0, 10));
    InputFile file = find().get(0);
    assertThat(file.version(), is(""));
    server.objects.put(NAME, Dataset.csv(0, 11));
    assertThat(failure(file, 5), startsWith("byte 5: it has changed since it was listed ("));
    server.objects.put(NAME, new byte[3]);
    assertThat(
        failure(file, 5),
        startsWith("byte 5: it has changed since it was listed (it ends before this byte now); "));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectThatChangesWhileItIsReadIsAFailureThatNamesTheByte(boolean knowsTags)
      throws Exception {
    server.knowsTags = knowsTags;
    server.objects.put(NAME, Dataset.csv(0, 1_000_000));
    InputFile file = find().get(0);
    server.served.clear();
    try (InputStream in = file.open(1000, lines::add)) {
      assertThat(in.readNBytes(10).length, is(10));
      Awaitility.await().until(() -> server.served.size() == 2);
      server.objects.put(
          NAME, knowsTags ? Dataset.changed(Dataset.csv(0, 1_000_000)) : Dataset.csv(0, 1_000_001));
      assertThat(
          assertThrows(SourceFault.class, in::readAllBytes).getMessage(),
          startsWith(
              "byte "
                  + (1000 + 2 * ObjectStream.PART_BYTES)
                  + ": it has changed while it was read ("));
    }
  }

  @Test
  void anObjectThatMayNotBeReadIsToldWhenItIsListed() throws Exception {
    server.objects.putAll(Dataset.files(30, 10));
    server.objects.put("secret.csv", new byte[1]);
    assertThat(
        assertThrows(IOException.class, this::find).getMessage(),
        startsWith("source " + server.address() + "secret.csv: it may not be read (403: "));
  }

  @Test
  void anObjectThatIsGoneSinceItWasListedIsToldSo() throws Exception {
    server.objects.put(NAME, Dataset.csv(0, 10));
    InputFile file = find().get(0);
    server.objects.remove(NAME);
    assertThat(failure(file, 5), startsWith("byte 5: it does not exist (404"));
  }

  @Test
  void aBusyServerIsAskedAgainForEachObject() throws Exception {
    server.objects.putAll(Dataset.files(20, 10));
    AtomicInteger busy = server.busyAnswers;
    busy.set(1);
    find();
    assertThat(lines, contains(containsString("; try 2 of 10 in 0.10 s")));
  }

  @Test
  void anObjectOverTlsIsReadElsewhereWithTheAuthorityGiven(@TempDir Path folder) throws Exception {
    PrivateAuthority authority = PrivateAuthority.shared();
    Path pem = Files.copy(authority.pem(), folder.resolve("lab.pem"));
    RemoteAccess access =
        new RemoteAccess(Optional.empty(), Optional.empty(), false, Optional.of(pem), false);
    try (ContainerServer tls = new ContainerServer(authority.valid(), 20)) {
      tls.objects.put(NAME, Dataset.csv(0, 10));
      InputFile file = find(tls.address(), access).get(0);
      InputFile copy = Copies.of(file);
      assertThat(copy, is(file));
      requireContent(read(copy, 5), Dataset.csv(0, 10), 5);
    }
  }

  @Test
  void anAuthorityThatIsMissingElsewhereIsToldAtOnce(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("lab.pem");
    RemoteAccess access =
        new RemoteAccess(Optional.empty(), Optional.empty(), false, Optional.of(missing), false);
    StoredObject object =
        new WebObject(NAME, java.net.URI.create("https://127.0.0.1:1/" + NAME), access);
    InputFile file = Copies.of(new RemoteFile(object, 100, "\"a\"", true));
    assertThat(
        failure(file, 0),
        is("byte 0: the file of certificates " + missing + " does not exist on this machine"));
    assertThat(lines, empty());
  }
}
