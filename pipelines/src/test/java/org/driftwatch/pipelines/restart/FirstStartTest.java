package org.driftwatch.pipelines.restart;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.format.DateTimeParseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstStartTest {
  @ParameterizedTest
  @ValueSource(strings = {"+999999999-12-31T23:59:59-18:00", "-999999999-01-01T00:00:00Z"})
  void aTimeBeyondWhatMillisecondsTellIsRefused(String time) {
    assertThrows(DateTimeParseException.class, () -> FirstStart.parse(time));
  }
}
