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

class RawResultsTest {
  @TempDir Path folder;

  private static Measurements of(double... values) {
    Measurements measurements = new Measurements();
    for (double value : values) {
      measurements.add("Speed", "a thing", "m/s", value);
    }
    return measurements;
  }

  @Test
  void everyValueIsReadAsItWasWritten() throws IOException {
    Path file = folder.resolve("bench.json");
    Measurements measurements = of(3, 1.25, 250_123);
    measurements.add("Weight", "another", "kg", 1e-9);

    RawResults.write(file, List.of("on a machine"), measurements);

    assertThat(RawResults.read(file).all(), is(measurements.all()));
    assertThat(Files.readString(file), containsString("on a machine"));
  }

  @Test
  void aChangeCountsWhereTheRunsLieApart() {
    assertThat(
        RawResults.comparison(of(1, 2), of(3, 4)),
        hasItem("| a thing | m/s     |   1.50 | 3.50 |         2.33 | changed |"));
    assertThat(
        String.join("\n", RawResults.comparison(of(1, 3), of(2, 4))),
        containsString("within the spread"));
    assertThat(
        String.join("\n", RawResults.comparison(of(1), of(4))), containsString("one run only"));
  }

  @Test
  void whatTheEarlierRunDidNotMeasureIsLeftOut() {
    Measurements now = of(1);
    now.add("Speed", "something new", "m/s", 2);

    assertThat(
        String.join("\n", RawResults.comparison(of(1), now)), not(containsString("something new")));
  }

  @Test
  void aFileThatIsSomethingElseIsRefusedInOneLine() throws IOException {
    Path file = folder.resolve("bench.json");
    for (String text : List.of("", "{", "[1]", "{\"version\":2,\"measurements\":[]}", "7")) {
      Files.writeString(file, text);
      IOException refused = assertThrows(IOException.class, () -> RawResults.read(file), text);
      assertThat(refused.getMessage(), containsString("bench.json"));
      assertThat(refused.getMessage().lines().count(), is(1L));
    }
    assertThrows(IOException.class, () -> RawResults.read(folder.resolve("none.json")));
  }
}
