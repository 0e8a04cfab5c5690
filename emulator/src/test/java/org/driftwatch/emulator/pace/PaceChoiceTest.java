package org.driftwatch.emulator.pace;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PaceChoiceTest {
  @Test
  void whateverIsSentARefusalIsOneLine() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> PaceChoice.parse("recordedx\r\n0"));

    assertThat(refused.getMessage(), is("\"recordedx??0\": expected a speed above 0, as in x2"));
  }
}
