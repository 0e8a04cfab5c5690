package org.driftwatch.benchmarks.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  private static Report report(double... values) throws IOException {
    Measurements measurements = new Measurements();
    for (double value : values) {
      measurements.add("Speed", "a thing", "m/s", value);
    }
    List<Target> targets = List.of(Target.atLeast("a thing, m/s", 2, values[0]));
    return new Report(measurements, targets, List.of("Speed"), "So long.");
  }

  @Test
  void showsMedianAndSpreadAndTheTargetBesideWhatWasReached() throws IOException {
    List<String> lines = report(3, 1, 250_123).lines();

    assertThat(lines, hasItem("| a thing | m/s     |   3.00 |  1.00 | 250,000 |  3 |"));
    assertThat(lines, hasItem("| a thing, m/s | met | >= 2.00 |    3.00 |"));
  }

  @Test
  void whatIsWrittenByHandAroundTheMeasurementsStays() throws IOException {
    Path file = folder.resolve("BENCHMARKS.md");
    report(1).writeInto(file);
    Files.writeString(file, Files.readString(file) + "\n## What cost what\n\nMuch.\n");

    report(7).writeInto(file);

    String text = Files.readString(file);
    assertThat(text, containsString("7.00"));
    assertThat(text, not(containsString("1.00")));
    assertThat(text, containsString("## What cost what\n\nMuch."));
  }

  @Test
  void aFileThatHasLostItsMarksIsLeftAlone() throws IOException {
    Path file = folder.resolve("BENCHMARKS.md");
    Files.writeString(file, "# Mine\n");

    assertThrows(IOException.class, () -> report(1).writeInto(file));

    assertThat(Files.readString(file), is("# Mine\n"));
  }
}
