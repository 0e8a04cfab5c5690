package org.driftwatch.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
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
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND);
        if (!record.words()) {
          Files.writeString(
              folder.resolve(i % 7 + ".txt"), "\n", java.nio.file.StandardOpenOption.APPEND);
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
      summaries.put(file.getKey(), (ObjectNode) new ObjectMapper().readTree(message));
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

  /** The pieces of a file, of a megabyte each, are read in their order. */
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
        "two-stations | a.dat | holds words, but the detector's description gives its fields no"
            + " lowestBit; expected text, or a description of the words",
        "two-stations | a.bin | holds words, but the detector's description gives its fields no"
            + " lowestBit; expected text, or a description of the words",
        "course | a.bin | holds blocks of words, but the detector's description does not say how"
            + " long they are; expected record.blockWords there",
        "course | a.bin.gz | holds blocks of words, but the detector's description does not say how"
            + " long they are; expected record.blockWords there",
      })
  void aFileThatTheDescriptionDoesNotFitIsToldInOneLine(String detector, String file, String why)
      throws IOException {
    Path path = Files.write(folder.resolve(file), new byte[16]);

    UsageException refused =
        assertThrows(
            UsageException.class,
            () -> Batch.run(options("--input=" + folder, "--detector=" + detector)));

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
        assertThrows(UsageException.class, () -> Batch.run(options())).getMessage(),
        is("--input is missing, expected files, a folder or a glob"));
    for (String nothing : List.of(folder.toString(), folder + "/none.csv", folder + "/*.dat")) {
      assertThat(
          assertThrows(UsageException.class, () -> Batch.run(options("--input=" + nothing)))
              .getMessage(),
          containsString("matches no file; expected files, a folder with files or a glob"));
    }
  }

  @Test
  void aFileThatDisappearsFailsTheBatchByName() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "2,0,5,1,1,1\n", UTF_8);
    Pipeline pipeline =
        Batch.pipeline(
            options(), folder.resolve("*.csv").toString(), results.resolve("s.json").toString());
    Files.delete(file);

    Exception failure =
        assertThrows(
            Pipeline.PipelineExecutionException.class, () -> pipeline.run().waitUntilFinish());

    assertThat(failure.getMessage(), containsString(folder.toString()));
  }

  private byte[] run(String... arguments) throws IOException {
    Path output = results.resolve("summary.json");
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--output=" + output);
    Batch.run(options(all.toArray(String[]::new)));
    return Files.readAllBytes(output);
  }

  private static BatchOptions options(String... arguments) {
    return Program.options(arguments, BatchOptions.class);
  }
}
