package org.driftwatch.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Samples;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.SameSummary;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.Detector;
import org.driftwatch.pipelines.testing.SimulatedStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  @TempDir Path results;

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void filesOfAnyFormatGiveTheReferencesSummary(int shards) throws IOException {
    List<StreamRecord> records = new SimulatedStream(Seed.random("batch")).records(400, 0, 1);
    List<StreamRecord> inFiles = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      StreamRecord record = records.get(i);
      if (record.value() != null) {
        Files.write(
            folder.resolve(i % 7 + (record.words() ? "-" + i + ".dat" : ".txt")),
            record.value(),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        if (!record.words()) {
          Files.writeString(folder.resolve(i % 7 + ".txt"), "\n", StandardOpenOption.APPEND);
        }
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (Files.size(file) > 0) {
          inFiles.add(
              new StreamRecord(Files.readAllBytes(file), file.toString().endsWith(".dat"), 0));
        }
      }
    }

    byte[] summary = run("--input=" + folder, "--shards=" + shards);

    assertThat(summary, is(SameSummary.as(ReferenceMonitor.batch(inFiles, Course.JSON))));
  }

  @Test
  void theCoursesFirstRowsGiveTheFiguresKnownOfThem() throws IOException {
    Path sample = Samples.file("minidt-first-999.csv");

    byte[] message = run("--input=" + sample);

    WindowSummary summary = SummaryJson.read(message);
    assertThat(summary.window().isPresent(), is(false));
    assertThat(summary.revision(), is(0));
    assertThat(summary.totImport(), is(999L));
    assertThat(summary.malformed(), is(0L));
    assertThat(summary.hits(), is(499L));
    assertThat(
        summary.chambers().stream().map(ChamberSummary::hits).toList(),
        contains(80L, 171L, 103L, 143L));
    assertThat(summary.otherHits(), is(2L));
    assertThat(summary.orbits(), is(280L));
    JsonNode expected =
        ReferenceMonitor.batch(
            List.of(new StreamRecord(Files.readAllBytes(sample), false, 0)), Course.JSON);
    assertThat(message, is(SameSummary.as(expected)));
  }

  @Test
  void aRawDaqFileGivesTheReferencesSummary() throws IOException {
    Path sample = Samples.file("minidt-run591-head.dat");

    byte[] message = run("--input=" + sample, "--shards=3");

    assertThat(
        message,
        is(
            SameSummary.as(
                ReferenceMonitor.batch(
                    List.of(new StreamRecord(Files.readAllBytes(sample), true, 0)), Course.JSON))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"course", "daq-blocks", "daq-text", "two-stations"})
  void theSameHitsGiveTheSameSummaryInEveryFormatOfADetector(String name) throws IOException {
    Detector detector = Detector.shipped(name);
    DetectorDescription.Format format = detector.description().format();
    RandomRecords any =
        new RandomRecords(Seed.random("formats of " + name), detector.description());
    List<DaqRecord> hits = Stream.generate(any::hit).limit(2000).toList();
    RecordPacking packing = new RecordPacking(detector.description());
    RecordWriter writer = new RecordWriter(detector.description()).run(591);
    Map<String, byte[]> files = new TreeMap<>();
    hits.forEach(hit -> writer.json(hit).newLine());
    files.put("hits.jsonl", writer.take());
    hits.forEach(hit -> writer.csv(hit).newLine());
    files.put("hits.csv", writer.take());
    if (format.hasWords()) {
      hits.forEach(hit -> writer.word(packing.word(hit), 0));
      files.put("hits.dat", writer.take());
    }
    if (format.blockWords() > 0) {
      for (int i = 0; i < hits.size(); i++) {
        if (i % format.blockWords() == 0) {
          writer.blockHeader();
        }
        writer.word(packing.word(hits.get(i)), 0);
      }
      files.put("hits.bin", writer.take());
    }

    Map<String, ObjectNode> summaries = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = Files.write(folder.resolve(file.getKey()), file.getValue());
      byte[] message = run("--input=" + path, "--detector=" + name);
      assertThat(message, is(SameSummary.as(reference(path, detector))));
      summaries.put(file.getKey(), (ObjectNode) JSON.readTree(message));
    }

    boolean hasRun = format.blockHeader().stream().anyMatch(DetectorDescription.HeaderWord::isRun);
    summaries.forEach(
        (file, summary) -> {
          JsonNode runs = summary.remove("run");
          assertThat(
              file,
              runs == null ? "none" : runs.toString(),
              is(hasRun && file.endsWith(".bin") ? "[591]" : "none"));
          assertThat(file, summary, is(summaries.get("hits.csv")));
          assertThat(summary.get("hits").intValue(), is(hits.size()));
        });
  }

  /** What the reference says of a file, whose format is known by its ending. */
  private static JsonNode reference(Path file, Detector detector) throws IOException {
    String name = file.toString();
    ValueFormat format =
        name.endsWith(".bin")
            ? ValueFormat.BLOCK
            : name.endsWith(".dat") ? ValueFormat.BARE_WORDS : ValueFormat.TEXT;
    return ReferenceMonitor.batch(
        List.of(new StreamRecord(Files.readAllBytes(file), format, 0)), detector.json());
  }

  @ParameterizedTest
  @CsvSource({
    // sample, detector, hits
    "daq-blocks-64x1032.bin, daq-blocks, 8192",
    "daq-text-first-2000.csv, daq-text, 2000",
    "made-two-stations.jsonl, two-stations, 2000",
    "minidt-run591-head.dat, daq-blocks, 65536",
  })
  void samplesOfOtherDetectorsGiveTheReferencesSummary(String sample, String name, long hits)
      throws IOException {
    Path file = Samples.file(sample);

    byte[] message = run("--input=" + file, "--detector=" + name, "--shards=2");

    assertThat(SummaryJson.read(message).hits(), is(hits));
    assertThat(message, is(SameSummary.as(reference(file, Detector.shipped(name)))));
  }

  @Test
  void theTextOfADaqFileGivesTheSummaryOfItsWords() throws IOException {
    byte[] words = Files.readAllBytes(Samples.file("minidt-run591-head.dat"));
    Files.write(folder.resolve("head.dat"), Arrays.copyOf(words, 2000 * 8));

    byte[] ofWords = run("--input=" + folder, "--detector=daq-blocks");
    byte[] ofText =
        run("--input=" + Samples.file("daq-text-first-2000.csv"), "--detector=daq-text");

    assertThat(new String(ofText, UTF_8), is(new String(ofWords, UTF_8)));
  }

  /** The pieces of a file, of two megabytes each, are read in any order. */
  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void turnsOfTheCounterAreCountedThroughAFileOfManyPieces(int orbitBits) throws IOException {
    Detector detector =
        Course.BOTH.with(
            tree -> {
              ((ObjectNode) tree.get("clock")).put("orbitBits", orbitBits);
              for (JsonNode field : tree.at("/record/fields")) {
                boolean isOrbit = field.get("is").textValue().equals("orbit");
                ((ObjectNode) field)
                    .remove(isOrbit ? List.of("bits", "lowestBit") : List.of("lowestBit"));
              }
            });
    Path description = Files.writeString(results.resolve("detector.json"), detector.json());
    Random random = Seed.random("turns in files");
    int turn = 1 << orbitBits;
    Set<Integer> counters = new HashSet<>();
    for (int file = 0; file < 2; file++) {
      StringBuilder text = new StringBuilder();
      int orbit = random.nextInt(turn);
      for (int i = 0; i < 15_000; i++) {
        // On the whole forward, now and then back, by less than half a turn.
        orbit = Math.floorMod(orbit + random.nextInt(turn / 4) - turn / 12, turn);
        counters.add(orbit);
        text.append("2,0,5,").append(orbit).append(",100,7").append(" ".repeat(200)).append('\n');
      }
      Files.writeString(folder.resolve(file + ".csv"), text);
    }

    byte[] message = run("--input=" + folder, "--detector=" + description, "--shards=3");

    List<StreamRecord> files = new ArrayList<>();
    for (int file = 0; file < 2; file++) {
      byte[] bytes = Files.readAllBytes(folder.resolve(file + ".csv"));
      files.add(new StreamRecord(bytes, ValueFormat.TEXT, 0));
    }
    assertThat(message, is(SameSummary.as(ReferenceMonitor.batch(files, detector.json()))));
    assertThat(SummaryJson.read(message).orbits(), is(greaterThan((long) counters.size())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two-stations | a.dat | holds words, but the detector description \"two-stations\" has no"
            + " bit fields (lowestBit); choose another with --detector",
        "two-stations | a.bin | holds words, but the detector description \"two-stations\" has no"
            + " bit fields (lowestBit); choose another with --detector",
      })
  void aFileThatTheDescriptionDoesNotFitIsToldInOneLine(String detector, String file, String why)
      throws IOException {
    Path path = Files.write(folder.resolve(file), new byte[16]);

    UsageException refused =
        assertThrows(
            UsageException.class,
            () -> new Batch(options("--input=" + folder, "--detector=" + detector)));

    assertThat(refused.getMessage(), is(path + " " + why));
  }

  @Test
  void aFileOfBlocksThatEndsWithinOneCostsTheRestOnly() throws IOException {
    ByteBuffer blocks = ByteBuffer.allocate(2 * 1032 - 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int block = 0; block < 2; block++) {
      blocks.putLong(7 + block);
      while (blocks.position() % 1032 != 0 && blocks.remaining() >= 8) {
        blocks.putLong(1L << 62 | 5 << 17);
      }
    }
    Path file = Files.write(folder.resolve("cut.bin"), blocks.array());

    WindowSummary summary = SummaryJson.read(run("--input=" + file, "--detector=daq-blocks"));

    assertThat(summary.hits(), is(255L));
    assertThat(summary.malformed(), is(1L));
    assertThat(summary.runs(), contains(7L, 8L));
    assertThat(summary.orbits(), is(2L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"  ", ""})
  void recordsThatSpanLinesAreWholeInFilesOfManyMegabytes(String indent) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      text.append("{\n").append(indent).append("\"HEAD\": 2,\n").append(indent);
      text.append("\"FPGA\": 1, \"TDC_CHANNEL\": 70,\n").append(indent).append("\"BX_COUNTER\"\n");
      text.append(indent).append(": 5\n").append(indent).append(", \"TDC_MEAS\": 7,\n");
      text.append(indent).append("\"ORBIT_CNT\": ").append(i).append("\n}\n");
    }
    Files.writeString(folder.resolve("pretty.json"), text);

    WindowSummary summary = SummaryJson.read(run("--input=" + folder.resolve("pretty.json")));

    assertThat(summary.hits(), is(30_000L));
    assertThat(summary.malformed(), is(0L));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anEmptyFileGivesASummaryOfZeros(int shards) throws IOException {
    Files.write(folder.resolve("empty.csv"), new byte[0]);

    byte[] message = run("--input=" + folder.resolve("empty.csv"), "--shards=" + shards);

    assertThat(message, is(SameSummary.as(ReferenceMonitor.batch(List.of(), Course.JSON))));
  }

  @Test
  void whatIsMissingIsToldInOneLine() {
    assertThat(
        assertThrows(UsageException.class, () -> new Batch(options())).getMessage(),
        startsWith("--input is missing, expected files, a folder, a glob"));
    for (String nothing : List.of(folder.toString(), folder + "/none.csv", folder + "/*.dat")) {
      assertThat(
          assertThrows(UsageException.class, () -> new Batch(options("--input=" + nothing)))
              .getMessage(),
          startsWith("source " + nothing));
    }
  }

  @Test
  void aFileThatDisappearsFailsTheBatchByName() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "2,0,5,1,1,1\n", UTF_8);
    Batch batch = new Batch(options("--input=" + file));
    Files.delete(file);

    FailureException failure = assertThrows(FailureException.class, batch::run);

    assertThat(failure.getMessage(), startsWith(file + ": it has disappeared"));
  }

  @Test
  void aFileThatHasGrownFailsTheBatchAndLeavesNoOutput() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "2,0,5,1,1,1\n", UTF_8);
    Batch batch = new Batch(options("--input=" + file, "--output=" + results.resolve("a.json")));
    Files.writeString(file, "2,0,5,1,1,1\n", UTF_8, StandardOpenOption.APPEND);

    FailureException failure = assertThrows(FailureException.class, batch::run);

    assertThat(failure.getMessage(), startsWith(file + ": "));
    assertThat(failure.getMessage(), containsString("since it was listed"));
    assertThat(results.toFile().list(), is(emptyArray()));
  }

  @Test
  void whatCannotBeWrittenIsToldBeforeAnythingIsRead() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "2,0,5,1,1,1\n", UTF_8);
    for (String[] refused :
        new String[][] {
          {"--output=" + results, "is a folder, expected a file"},
          {"--output=" + results + "/none/a.json", "/none does not exist; create it first"},
          {"--output=kafka:results", "takes a message for each window; give their length"},
          {"--output=kafka:", "expected kafka:TOPIC or kafka:HOST:PORT/TOPIC"},
          {"--windows=0s", "expected more than 0"},
          {"--start=yesterday", "expected a time such as"},
          {"--start=1969-12-31T23:59:59Z", "expected 1970-01-01T00:00:00Z or later"},
        }) {
      UsageException usage =
          assertThrows(
              UsageException.class, () -> new Batch(options("--input=" + file, refused[0])));
      assertThat(usage.getMessage(), containsString(refused[1]));
    }
  }

  @Test
  void malformedRecordsAreKeptWithWhereTheyWere() throws Exception {
    Path text =
        Files.writeString(folder.resolve("a.csv"), "2,0,5,1,1,1\n2,0,5\n\n2,0,5,1,1,77\n", UTF_8);
    byte[] words = ByteBuffer.allocate(17).putLong(1L << 62).array();
    Path cut = Files.write(folder.resolve("b.dat"), words);
    Path rejected = results.resolve("rejected.jsonl");

    WindowSummary summary = SummaryJson.read(run("--input=" + folder, "--rejected=" + rejected));

    assertThat(summary.malformed(), is(3L));
    List<JsonNode> kept = new ArrayList<>();
    for (String line : Files.readAllLines(rejected)) {
      kept.add(JSON.readTree(line));
    }
    kept.sort(Comparator.comparing(JsonNode::toString));
    assertThat(kept.get(0).get("file").textValue(), is(text.toString()));
    assertThat(kept.get(0).get("byte").intValue(), is(12));
    assertThat(kept.get(0).get("text").textValue(), is("2,0,5"));
    assertThat(kept.get(0).get("reason").textValue(), containsString("3 fields, expected 6"));
    assertThat(kept.get(1).get("byte").intValue(), is(19));
    assertThat(kept.get(2).get("file").textValue(), is(cut.toString()));
    assertThat(kept.get(2).get("byte").intValue(), is(16));
    try (Stream<Path> left = Files.list(results)) {
      assertThat(
          left.map(path -> path.getFileName().toString()).toList(),
          containsInAnyOrder("rejected.jsonl", "summary.json"));
    }
  }

  /** Rows of 200 bytes, so that a few of them are several parts and pieces. */
  private static String row(int head, int board, int channel, long orbit, int crossing) {
    return String.join(
            ",",
            String.valueOf(head),
            String.valueOf(board),
            String.valueOf(channel),
            String.valueOf(orbit),
            String.valueOf(crossing),
            "7")
        + " ".repeat(200)
        + "\n";
  }

  /** Rows of a detector whose readout is not quite in order. */
  private static List<String> rows(Random random, long firstOrbit, int count) {
    List<String> rows = new ArrayList<>();
    long orbit = firstOrbit;
    while (rows.size() < count) {
      orbit += random.nextInt(500);
      for (int hits = 1 + random.nextInt(8); hits > 0; hits--) {
        int head = random.nextInt(20) == 0 ? 0 : 2;
        int channel = random.nextInt(12) == 0 ? 128 : random.nextInt(128);
        long of = Math.max(0, orbit - (random.nextInt(5) == 0 ? random.nextInt(2000) : 0));
        rows.add(
            row(head, channel == 128 ? 1 : random.nextInt(2), channel, of, random.nextInt(3564)));
      }
    }
    return rows;
  }

  private static JsonNode reference(List<String> rows) {
    return ReferenceMonitor.batch(
        List.of(new StreamRecord(String.join("", rows).getBytes(UTF_8), ValueFormat.TEXT, 0)),
        Course.JSON);
  }

  /** Parts of files and pieces of parts end within orbits; whoever reads them knows none. */
  @ParameterizedTest
  @ValueSource(strings = {"one", "two", "gzip"})
  void orbitsThatStraddlePartsAndFilesAreWhole(String how) throws Exception {
    List<String> rows = rows(Seed.random("straddling " + how), 1_000_000, 50_000);
    int cut = how.equals("two") ? 23_456 : rows.size();
    writeRows("run-1.csv", rows.subList(0, cut), how.equals("gzip"));
    if (cut < rows.size()) {
      writeRows("run-2.csv", rows.subList(cut, rows.size()), false);
    }

    byte[] message = run("--input=" + folder);

    assertThat(message, is(SameSummary.as(reference(rows))));
  }

  private void writeRows(String name, List<String> rows, boolean gzip) throws IOException {
    byte[] text = String.join("", rows).getBytes(UTF_8);
    try (OutputStream out =
        gzip
            ? new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".gz")))
            : Files.newOutputStream(folder.resolve(name))) {
      out.write(text);
    }
  }

  /** Windows are the orbits of the counter's time; the reference summarises those of each alone. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 3600})
  void windowsOfDetectorTimeAreTheReferencesOfTheirOrbits(int seconds) throws Exception {
    Random random = Seed.random("windows " + seconds);
    List<String> rows = rows(random, random.nextInt(1 << 30), 40_000);
    writeRows("run.csv", rows, false);

    List<byte[]> windows = runInWindows(seconds, "--input=" + folder);

    TreeMap<Long, List<String>> expected = new TreeMap<>();
    for (long[] place : places(rows)) {
      long window = window(place[1], seconds);
      expected.computeIfAbsent(window, w -> new ArrayList<>()).add(rows.get((int) place[0]));
    }
    assertWindows(windows, expected, seconds);
  }

  /** Of each row its number, and its orbit: of one that is no hit, that of the hit before. */
  private static List<long[]> places(List<String> rows) {
    List<long[]> places = new ArrayList<>();
    int first = 0;
    while (!rows.get(first).startsWith("2,")) {
      first++;
    }
    long orbit = orbit(rows.get(first));
    for (int i = 0; i < rows.size(); i++) {
      orbit = rows.get(i).startsWith("2,") ? orbit(rows.get(i)) : orbit;
      places.add(new long[] {i, orbit});
    }
    return places;
  }

  private static long orbit(String row) {
    return Long.parseLong(row.split(",", -1)[3]);
  }

  private static long window(long orbit, int seconds) {
    return orbit * 3564 * 25 / (seconds * 1_000_000_000L);
  }

  private static void assertWindows(
      List<byte[]> found, Map<Long, List<String>> expected, int seconds) throws IOException {
    assertThat(found.size(), is(expected.size()));
    int i = 0;
    for (Map.Entry<Long, List<String>> window : expected.entrySet()) {
      JsonNode summary = JSON.readTree(found.get(i++));
      Instant start = Instant.ofEpochSecond(window.getKey() * seconds);
      assertThat(Instant.parse(summary.at("/window/start").textValue()), is(start));
      assertThat(
          Instant.parse(summary.at("/window/end").textValue()), is(start.plusSeconds(seconds)));
      byte[] counts = JSON.writeValueAsBytes(((ObjectNode) summary).putNull("window"));
      assertThat(counts, is(SameSummary.as(reference(window.getValue()))));
    }
  }

  private List<byte[]> runInWindows(int seconds, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--windows=" + seconds + "s");
    String messages = new String(run(all.toArray(String[]::new)), UTF_8);
    return messages.lines().map(line -> line.getBytes(UTF_8)).toList();
  }

  /** Two runs, one behind the other in a file that does not say so: only the counter tells. */
  @Test
  void orbitsBeforeAndAfterTheCounterIsSetAnewAreCountedApart() throws Exception {
    Random random = Seed.random("epochs");
    List<String> first = rows(random, 5_000_000, 20_000);
    List<String> second = rows(random, 5_000_000, 20_000);
    List<String> both = new ArrayList<>(first);
    both.addAll(second);
    writeRows("runs.csv", both, false);

    WindowSummary summary = SummaryJson.read(run("--input=" + folder));

    long orbits = reference(first).get("orbits").longValue();
    orbits += reference(second).get("orbits").longValue();
    assertThat(summary.orbits(), is(orbits));
    assertThat(reference(both).get("orbits").longValue(), is(lessThan(orbits)));
  }

  /** After a pause of the detector a board brings the hits from before it, for a while. */
  @Test
  void whatABoardBringsOfTheTimeBeforeAPauseSetsNoCounterAnew() throws Exception {
    Random random = Seed.random("slow board");
    List<String> before = rows(random, 5_000_000, 15_000);
    List<String> after = rows(random, 9_000_000, 15_000);
    int late = before.size() - 100;
    List<String> rows = new ArrayList<>(before.subList(0, late));
    rows.addAll(after.subList(0, 20));
    rows.addAll(before.subList(late, before.size()));
    rows.addAll(after.subList(20, after.size()));
    writeRows("run.csv", rows, false);

    byte[] message = run("--input=" + folder);

    assertThat(message, is(SameSummary.as(reference(rows))));
  }

  /** The second run goes on with the next window, as nobody knows how long the counter stood. */
  @Test
  void windowsGoOnWhereTheCounterIsSetAnew() throws Exception {
    Random random = Seed.random("epochs in windows");
    List<String> first = rows(random, 5_000_000, 10_000);
    List<String> second = rows(random, 1_000_000, 10_000);
    List<String> both = new ArrayList<>(first);
    both.addAll(second);
    writeRows("runs.csv", both, false);

    List<byte[]> windows = runInWindows(5, "--input=" + folder);

    TreeMap<Long, List<String>> expected = new TreeMap<>();
    for (long[] place : places(both.subList(0, first.size()))) {
      expected
          .computeIfAbsent(window(place[1], 5), w -> new ArrayList<>())
          .add(first.get((int) place[0]));
    }
    long shift = expected.lastKey() + 1 - window(least(second), 5);
    for (long[] place : places(both)) {
      if (place[0] >= first.size()) {
        // What comes before its first hit is of the hit before, as the file has it.
        boolean isOfFirst = place[1] >= 5_000_000 - 2000;
        expected
            .computeIfAbsent(window(place[1], 5) + (isOfFirst ? 0 : shift), w -> new ArrayList<>())
            .add(both.get((int) place[0]));
      }
    }
    assertWindows(windows, expected, 5);
  }

  private static long least(List<String> rows) {
    return rows.stream()
        .filter(row -> row.startsWith("2,"))
        .mapToLong(BatchTest::orbit)
        .min()
        .orElseThrow();
  }

  @Test
  void filesWithoutRecordsGiveAFileWithoutWindows() throws Exception {
    Files.write(folder.resolve("empty.csv"), new byte[0]);

    assertThat(runInWindows(5, "--input=" + folder), is(empty()));
  }

  @Test
  void aStrayHitMakesNoWindowOfItsOwn() throws Exception {
    List<String> rows = rows(Seed.random("stray"), 5_000_000, 1000);
    rows.add(500, row(2, 0, 5, 4_000_000_000L, 100));
    writeRows("run.csv", rows, false);

    List<byte[]> windows = runInWindows(5, "--input=" + folder);

    long hits = 0;
    for (byte[] window : windows) {
      WindowSummary summary = SummaryJson.read(window);
      assertThat(
          summary.window().orElseThrow().start().isAfter(Instant.ofEpochSecond(600)), is(false));
      hits += summary.hits();
    }
    assertThat(hits, is(reference(rows).get("hits").longValue()));
  }

  private byte[] run(String... arguments) throws IOException {
    Path output = results.resolve("summary.json");
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--output=" + output);
    try {
      new Batch(options(all.toArray(String[]::new))).run();
    } catch (InterruptedException e) {
      throw new InterruptedIOException(e.getMessage());
    }
    return Files.readAllBytes(output);
  }

  private static BatchOptions options(String... arguments) {
    return Program.options(arguments, BatchOptions.class);
  }
}
