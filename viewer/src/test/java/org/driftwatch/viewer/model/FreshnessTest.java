package org.driftwatch.viewer.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreshnessTest {
  @Test
  void aResultIsFreshUntilTheSecondNextWindowIsDue() {
    Duration window = Duration.ofSeconds(5);
    assertThat(Freshness.of(Duration.ZERO, window), is(Freshness.FRESH));
    assertThat(Freshness.of(Duration.ofSeconds(12), window), is(Freshness.FRESH));
    assertThat(Freshness.of(Duration.ofSeconds(13), window), is(Freshness.OVERDUE));
    assertThat(Freshness.of(Duration.ofSeconds(27), window), is(Freshness.OVERDUE));
    assertThat(Freshness.of(Duration.ofSeconds(28), window), is(Freshness.SILENT));
  }

  @Test
  void longWindowsMayBeOlder() {
    assertThat(Freshness.of(Duration.ofSeconds(50), Duration.ofMinutes(1)), is(Freshness.FRESH));
  }
}
