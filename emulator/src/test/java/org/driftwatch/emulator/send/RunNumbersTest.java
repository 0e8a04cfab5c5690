package org.driftwatch.emulator.send;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.source.RowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunNumbersTest {
  private static final long START = 1_800_000_000_000L;

  private final RowBatch batch = Course.batch(2);

  @Test
  void aRunBeginsAtItsTimeAfterTheFirstRow() {
    batch.add(Course.hit(0, 1, 2, 3, 4), 0);
    RunNumbers runs = RunNumbers.parse("591, 592@30s,593@1.5m,10@1h");
    assertThat(runs.of(batch, 0, START), is(591L));
    assertThat(runs.of(batch, 0, START + 29_999), is(591L));
    assertThat(runs.of(batch, 0, START + 30_000), is(592L));
    assertThat(runs.of(batch, 0, START + 89_999), is(592L));
    assertThat(runs.of(batch, 0, START + 90_000), is(593L));
    assertThat(runs.of(batch, 0, START + 3_600_000), is(10L));
    assertThat(runs.largest(), is(593L));
  }

  @Test
  void theRunThatTheSourceSaysHolds() {
    batch.setRun(7);
    batch.add(Course.hit(0, 1, 2, 3, 4), 0);
    assertThat(RunNumbers.parse("591").of(batch, 0, START), is(7L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|expected a run number",
        "-1|expected a run number",
        "591@30s|expected a run number",
        "591,592|each further one with the time",
        "591,592@30|each further one with the time",
        "591,592@30s,593@30s|expected a time after that of the run before",
        "1234567890123456789|expected a run number",
      })
  void whatIsNoRunIsRefusedInOneLine(String text, String why) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> RunNumbers.parse(text));
    assertThat(refused.getMessage(), containsString(why));
  }
}
