package org.driftwatch.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0s, 0",
    "500ms, 500",
    "5s, 5000",
    "2m, 120000",
    "1h, 3600000",
    "30d, 2592000000",
    "999999999s, 999999999000"
  })
  void aNumberWithAUnitIsADuration(String text, long millis) {
    assertThat(Durations.parse("window", text).getMillis(), is(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-5s", "5 s", "5.5s", "5w", "5S", "9999999999s", "\u0665s"})
  void anythingElseIsRefusedWithAnExample(String text) {
    UsageException refused =
        assertThrows(UsageException.class, () -> Durations.parse("window", text));

    assertThat(
        refused.getMessage(),
        is(
            "--window="
                + text
                + " is not a valid duration, expected a number with a unit: 500ms, 5s, 2m, 1h, 30d"));
  }
}
