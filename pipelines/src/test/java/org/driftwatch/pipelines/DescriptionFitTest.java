package org.driftwatch.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.beam.sdk.PipelineResult;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.pipelines.observe.MonitorReadings;
import org.driftwatch.pipelines.orbits.SpillFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the monitor says of records that do not fit the detector's description. */
class DescriptionFitTest {
  private static final int RECORDS = 40;

  @TempDir Path folder;

  private static DetectorDescription shipped(String name) throws IOException {
    return DetectorDescription.load(name);
  }

  /** What is said of a file that is read by a shipped description. */
  private Optional<String> problem(String description, Path file) throws IOException {
    String[] arguments = {"--detector=" + description, "--input=" + file};
    Batch batch = new Batch(Program.options(arguments, BatchOptions.class));
    try (BatchOutput.Place place = BatchOutput.of("", false).open(Optional.empty());
        SpillFile hits = SpillFile.open()) {
      PipelineResult result = batch.pipeline(place, hits).run();
      result.waitUntilFinish();
      return MonitorReadings.fit(result).problem(shipped(description));
    } catch (InterruptedException e) {
      throw new InterruptedIOException(e.getMessage());
    }
  }

  /** Hits of a detector, on the first channels of its board 0. */
  private Path csv(String detector, int head, int board) throws IOException {
    RecordWriter writer = new RecordWriter(shipped(detector));
    for (int i = 0; i < RECORDS; i++) {
      writer.csv(new DaqRecord(head, board, 1 + i, 100 + i, 7 * i, 5)).newLine();
    }
    return Files.write(folder.resolve("hits.csv"), writer.take());
  }

  @Test
  void recordsThatFitAreNotSpokenOf() throws IOException {
    assertThat(problem("course", csv("course", 2, 0)), is(Optional.empty()));
  }

  @Test
  void anEmptyFileIsNotSpokenOf() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("header.csv"), "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS\n");
    assertThat(problem("course", file), is(Optional.empty()));
  }

  @Test
  void recordsWithoutAHitAreToldWithTheirHeadAndTheDescriptionThatFits() throws IOException {
    assertThat(
        problem("course", csv("daq-text", 1, 0)).orElse("nothing"),
        allOf(
            containsString("40 records, but no hit: their HEAD is 1 (40), that of hits is 2"),
            containsString("'course'"),
            containsString("--detector=daq-text")));
  }

  @Test
  void whereNoOtherDescriptionFitsTheRemedyIsTheFieldToCorrect() throws IOException {
    assertThat(
        problem("course", csv("course", 5, 0)).orElse("nothing"),
        allOf(
            containsString("their HEAD is 5 (40)"), containsString("correct its record.hitHeads")));
  }

  @ParameterizedTest
  @CsvSource({"course, daq-text", "two-stations, course", "daq-text, two-stations"})
  void recordsThatCannotBeReadAreToldWithTheDescriptionThatFits(String given, String right)
      throws IOException {
    DetectorDescription detector = shipped(right);
    RecordWriter writer = new RecordWriter(detector);
    int head = detector.format().hitHeads().stream().findFirst().orElse(0);
    for (int i = 0; i < RECORDS; i++) {
      writer.json(new DaqRecord(head, 0, 1 + i, 100 + i, 7 * i, 5)).newLine();
    }
    Path file = Files.write(folder.resolve("hits.jsonl"), writer.take());

    assertThat(
        problem(given, file).orElse("nothing"),
        allOf(containsString("'" + given + "'"), containsString("--detector=" + right)));
  }

  @Test
  void hitsOfNoChamberAreTold() throws IOException {
    assertThat(
        problem("course", csv("course", 2, 6)).orElse("nothing"),
        allOf(
            containsString("None of 40 hits is of a board and channel"),
            containsString("correct its chambers")));
  }
}
