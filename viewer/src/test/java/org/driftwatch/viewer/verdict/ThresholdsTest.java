package org.driftwatch.viewer.verdict;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.driftwatch.viewer.verdict.Thresholds.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ThresholdsTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("limits.properties"), text);
  }

  @ParameterizedTest
  @EnumSource(Limit.class)
  void theFileThatComesWithTheProgramSetsEveryLimit(Limit key) {
    assertThat(Double.isFinite(Thresholds.standard().get(key)), is(true));
  }

  @Test
  void aFileChangesWhatItNamesAndLeavesTheRest() throws IOException {
    Thresholds mine = Thresholds.load(file("# louder\ncells.noisy.above = 6\nstretch.minutes=2"));
    assertThat(mine.get(Limit.CELLS_NOISY_ABOVE), is(6.0));
    assertThat(mine.stretch(), is(Duration.ofMinutes(2)));
    assertThat(
        mine.get(Limit.CELLS_DEAD_BELOW), is(Thresholds.standard().get(Limit.CELLS_DEAD_BELOW)));
  }

  @ParameterizedTest
  @CsvSource({
    "cells.noisy.abov = 6, unknown limit 'cells.noisy.abov'",
    "cells.noisy.above = loud, 'cells.noisy.above is ''loud'', expected a number from 1.0'",
    "cells.noisy.above = 0.5, 'is ''0.5'', expected a number from 1.0'",
    "share.lowest.percent = 90, share.lowest.percent 90.0 is above share.highest.percent",
  })
  void whatIsWrongIsSaidWithFileAndLimit(String line, String reason) throws IOException {
    Path file = file(line + "\n");
    IOException refused = assertThrows(IOException.class, () -> Thresholds.load(file));
    assertThat(refused.getMessage(), containsString("thresholds " + file + ": "));
    assertThat(refused.getMessage(), containsString(reason));
  }

  @Test
  void aMissingFileIsSaid() {
    Path missing = folder.resolve("none");
    IOException refused = assertThrows(IOException.class, () -> Thresholds.load(missing));
    assertThat(refused.getMessage(), is("thresholds " + missing + " do not exist"));
  }

  @Test
  void aNameOfSeveralLinesIsSaidOnOne() throws IOException {
    Path file = file("cells\\nnoisy = 6\n");
    IOException refused = assertThrows(IOException.class, () -> Thresholds.load(file));
    assertThat(refused.getMessage(), containsString("unknown limit 'cells?noisy'"));
  }
}
