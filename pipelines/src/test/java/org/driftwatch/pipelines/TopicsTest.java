package org.driftwatch.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void resultsAreKeptForeverUnlessSomethingElseIsSaid() {
    assertThat(config(), is(Map.of("cleanup.policy", "compact")));
    assertThat(config("--keepResults=forever"), is(config()));
  }

  @Test
  void resultsThatAreKeptForSomeTimeAreDeletedByKafkaAfterIt() {
    assertThat(
        config("--keepResults=90d"),
        is(Map.of("cleanup.policy", "compact,delete", "retention.ms", "7776000000")));
  }

  private static Map<String, String> config(String... arguments) {
    return Topics.results(Program.options(arguments, MonitorOptions.class)).configs();
  }
}
