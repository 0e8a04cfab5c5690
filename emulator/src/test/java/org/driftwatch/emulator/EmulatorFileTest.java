package org.driftwatch.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.emulator.file.WholeFile;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.FileSequence;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.RowBatch;
import org.driftwatch.emulator.source.StartPoint;
import org.driftwatch.emulator.source.UnreadableRows;
import org.driftwatch.files.InputFiles;
import org.driftwatch.files.remote.Dataset;
import org.driftwatch.files.remote.RemoteAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The emulator writes files in place of a topic. */
@Timeout(120)
class EmulatorFileTest {
  private static final int ROWS = 20_000;

  @TempDir Path folder;

  private Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes a file in this JVM. */
  private Path written(String name, String... options) {
    List<String> all = new ArrayList<>(List.of("--quiet", "--to", file(name).toString()));
    all.addAll(List.of(options));
    StringWriter err = new StringWriter();
    CommandLine emulator = Programs.commandLine(new EmulatorMain());
    emulator.setErr(new PrintWriter(err, true));
    assertThat(err.toString(), emulator.execute(all.toArray(String[]::new)), is(0));
    return file(name);
  }

  private void requireRefused(int status, String options, String line) {
    Refusal.require(status, "--quiet " + options.replace("DIR", folder.toString()), line);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** Rows as they are, but for trigger words only HEAD, which is what some formats keep. */
  private static List<DaqRecord> rows(
      DetectorDescription detector, RecordSource source, int limit, boolean whole)
      throws IOException {
    RecordPacking packing = new RecordPacking(detector);
    RowBatch batch = new RowBatch(packing, 4096);
    List<DaqRecord> rows = new ArrayList<>();
    while (rows.size() < limit && source.read(batch)) {
      for (int i = 0; i < batch.size() && rows.size() < limit; i++) {
        DaqRecord row = batch.row(i);
        rows.add(
            whole || batch.isHit(i) ? row : new DaqRecord(row.head(), 0, 0, 0, 0, /* tick= */ 0));
      }
      batch.clear();
    }
    source.close();
    return rows;
  }

  private static List<DaqRecord> rows(DetectorDescription detector, Path file, boolean whole)
      throws IOException {
    UnreadableRows unreadable =
        new UnreadableRows(
            line -> {
              throw new AssertionError(line);
            });
    return rows(
        detector,
        new FileSequence(
            detector,
            InputFiles.find(List.of(file.toString()), RemoteAccess.DEFAULT, line -> {}),
            StartPoint.FIRST,
            false,
            unreadable,
            line -> {}),
        Integer.MAX_VALUE,
        whole);
  }

  @ParameterizedTest
  @CsvSource({
    "course, a.csv, true",
    "course, a.CSV.GZ, true",
    "course, a.txt, true",
    "course, a.jsonl, false",
    "course, a.dat, false",
    "course, a.dat.gz, false",
    "daq-blocks, a.bin, true",
    "daq-blocks, a.bin.gz, true",
    "daq-blocks, a.dat, true",
    "daq-text, a.csv, true",
    "two-stations, a.csv, true",
    "two-stations, a.jsonl.gz, true",
  })
  void whatIsWrittenIsReadAgain(String name, String file, boolean whole) throws Exception {
    DetectorDescription detector = DetectorDescription.load(name);
    Path written =
        written(file, "--detector", name, "--limit", Integer.toString(ROWS), "--seed", "7");
    List<DaqRecord> expected = rows(detector, new Simulator(detector, 7), ROWS, whole);
    assertThat(rows(detector, written, whole), is(expected));
    assertThat(names(), is(List.of(file)));
  }

  @Test
  void csvIsAsTheCourseHasItAndGzipIsTheSameCompressed() throws Exception {
    Path plain = written("a.csv", "--limit", "1000");
    List<String> lines = Files.readAllLines(plain, US_ASCII);
    assertThat(lines.size(), is(1001));
    assertThat(lines.get(0), is("HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS"));
    assertThat(lines.get(1), startsWith("1,1,0,33873"));
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(written("a.csv.gz", "--limit", "1000")))) {
      assertThat(in.readAllBytes(), is(Files.readAllBytes(plain)));
    }
  }

  @Test
  void theSeedRepeatsAFile() throws Exception {
    byte[] one = Files.readAllBytes(written("one.dat", "--limit", "5000", "--seed", "3"));
    assertThat(Files.readAllBytes(written("two.dat", "--limit", "5000", "--seed", "3")), is(one));
    assertThat(
        Files.readAllBytes(written("other.dat", "--limit", "5000", "--seed", "4")), not(one));
  }

  @Test
  void durationAndFaultsCountTheDetectorsTime() throws Exception {
    String[] tenSeconds = {"--duration", "10"};
    List<String> healthy = Files.readAllLines(written("healthy.csv", tenSeconds));
    List<String> faulty =
        Files.readAllLines(
            written("faulty.csv", "--duration", "10", "--fault", "dead:chamber0@2s-7s"));
    List<String> hits = healthy.stream().filter(row -> row.startsWith("2,")).toList();
    assertThat((double) hits.size(), closeTo(24_750, 1000));
    assertThat(faulty, everyItem(in(healthy)));
    List<String> lost = new ArrayList<>(healthy);
    lost.removeAll(faulty);
    // Chamber 0 has 17 % of the hits, and is dead for half of the time.
    assertThat((double) (healthy.size() - faulty.size()), closeTo(0.17 * 24_750 / 2, 200));
    assertThat(lost, everyItem(startsWith("2,0,")));
  }

  @Test
  void aFileThatExistsIsReplacedOnlyByForce() throws Exception {
    Path file = Files.writeString(file("a.csv"), "dear data");
    requireRefused(1, "--to DIR/a.csv --limit 10", "a.csv already exists; remove it, choose");
    assertThat(Files.readString(file), is("dear data"));
    written("a.csv", "--limit", "10", "--force");
    assertThat(Files.readAllLines(file).size(), is(11));
    assertThat(names(), is(List.of("a.csv")));
  }

  @Test
  void aStoppedFileIsNotThereAndTheOldOneIs() throws Exception {
    Files.writeString(file("a.csv"), "dear data");
    try (Program emulator =
        Program.start(
            folder,
            EmulatorMain.class,
            "--to",
            file("a.csv").toString(),
            "--force",
            "--limit",
            "100000000000")) {
      Path part = file("a.csv.part");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.exists(part) && Files.size(part) > 1_000_000);
      emulator.terminate();
      assertThat(emulator.err(), emulator.awaitStatus(), is(1));
      assertThat(
          emulator.err(), allOf(containsString("stopped behind row"), containsString("not kept")));
    }
    assertThat(Files.readString(file("a.csv")), is("dear data"));
    assertThat(Files.exists(file("a.csv.part")), is(false));
  }

  @Test
  void aFullDiskIsOneLineAndLeavesNothing() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "needs a device that is full");
    for (String name : List.of("a.csv", "a.csv.gz", "a.dat")) {
      Files.createSymbolicLink(file(name + ".part"), Path.of("/dev/full"));
      requireRefused(
          1,
          "--to DIR/" + name + " --limit 1000000",
          name + " cannot be written: No space left on device; nothing of it is kept");
      assertThat(names(), is(List.of()));
    }
  }

  @Test
  void aSourceThatFailsLeavesNothing() throws Exception {
    byte[] whole = Dataset.gzip(Dataset.csv(0, 20_000));
    Files.write(file("cut.csv.gz"), Arrays.copyOf(whole, whole.length - 2000));
    requireRefused(
        1, "--to DIR/a.csv --source DIR/cut.csv.gz", "its gzip data ends early, at byte");
    assertThat(names(), is(List.of("cut.csv.gz")));
  }

  @Test
  void aHitThatFitsNoWordIsLeftOutAndCounted() throws Exception {
    Files.writeString(file("in.csv"), "2,0,900,5,5,5\n2,0,1,5,5,5\n4,0,1,5,5,-0.5\n9,0,1,5,5,5\n");
    try (Program emulator =
        Program.start(
            folder,
            EmulatorMain.class,
            "--to",
            file("a.dat").toString(),
            "--source",
            file("in.csv").toString())) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(
          emulator.out(),
          allOf(
              containsString("wrote 2 rows (1 hits) to"),
              containsString("only HEAD of 1 trigger words"),
              containsString("left out, as they fit no word, 2")));
    }
    assertThat(Files.size(file("a.dat")), is(16L));
  }

  @Test
  void aRunThatBeginsInTheMiddleOfABlockIsRefused() throws Exception {
    requireRefused(
        1,
        "--to DIR/a.bin --detector daq-blocks --run 591,592@1s --duration 3",
        "in the middle of a block of run 591; write each run to a file of its own");
    assertThat(names(), is(List.of()));
  }

  @Test
  void twoProgramsDoNotWriteTheSameFile() throws Exception {
    try (WholeFile first = new WholeFile(file("a.csv"), true)) {
      requireRefused(1, "--to DIR/a.csv --limit 10 --force", "is being written by another program");
      first.write("a whole file".getBytes(US_ASCII));
      assertThat(first.finish(), is(12L));
    }
    assertThat(Files.readString(file("a.csv")), is("a whole file"));
  }

  @Test
  void whatAKilledProgramHasLeftIsInNobodysWay() throws Exception {
    Files.writeString(file("a.csv.part"), "x".repeat(1_000_000));
    assertThat(
        Files.size(written("a.csv", "--limit", "10")), allOf(greaterThan(100L), not(1_000_000L)));
    assertThat(names(), is(List.of("a.csv")));
  }

  @Test
  void optionsThatMakeNoSenseAreOneLine() throws Exception {
    Files.createDirectory(file("folder.csv"));
    Object[][] cases = {
      {2, "--to DIR/a.csv", "a.csv needs --limit or --duration: the rows never end"},
      {2, "--to DIR/a.csv --source x.csv --loop", "the rows never end"},
      {
        2, "--to DIR/a.parquet --limit 5", "expected a name that ends in .csv, .jsonl, .dat or .bin"
      },
      {2, "--to / --limit 5", "expected a name that ends in"},
      {
        2, "--to DIR/a.csv --limit 5 --rate 5", "--rate does not go with --to: a file is written at"
      },
      {2, "--to DIR/a.csv --limit 5 --topic t", "--topic does not go with --to"},
      {2, "--to DIR/a.csv --limit 5 --kafka a:1", "--kafka does not go with --to"},
      {2, "--to DIR/a.csv --limit 5 --inject late=1", "--inject does not go with --to"},
      {2, "--to DIR/a.csv --limit 5 --replay x.rec", "--replay does not go with --to"},
      {
        2, "--to DIR/a.bin --limit 5", "\"course\" has no blocks (record.blockWords); expected .dat"
      },
      {2, "--to DIR/a.dat --limit 5 --detector two-stations", "has no bit fields (lowestBit)"},
      {2, "--force", "--force needs --to FILE"},
      {1, "--to DIR/no/a.csv --limit 5", "a.csv cannot be created: there is no such folder"},
      {1, "--to DIR/folder.csv --limit 5", "folder.csv is a folder; expected the name of a file"},
    };
    for (Object[] c : cases) {
      requireRefused((Integer) c[0], (String) c[1], (String) c[2]);
    }
    assertThat(names(), is(List.of("folder.csv")));
  }
}
