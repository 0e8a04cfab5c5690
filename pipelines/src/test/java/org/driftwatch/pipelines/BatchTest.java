package org.driftwatch.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.detector.testing.Samples;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.SameSummary;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.SimulatedStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    assertThat(
        summary, is(SameSummary.as(ReferenceMonitor.batch(inFiles, RunConfiguration.course()))));
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
            List.of(new StreamRecord(Files.readAllBytes(sample), false, 0)),
            RunConfiguration.course());
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
                    List.of(new StreamRecord(Files.readAllBytes(sample), true, 0)),
                    RunConfiguration.course()))));
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

    assertThat(
        message, is(SameSummary.as(ReferenceMonitor.batch(List.of(), RunConfiguration.course()))));
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
