package org.driftwatch.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  /** Nothing listens on port 1. */
  private static final String NOBODY = "127.0.0.1:1";

  @Test
  void aBrokerThatDoesNotAnswerIsToldInOneLineWithItsAddress() {
    FailureException failure =
        assertThrows(FailureException.class, () -> Plan.of(options("--kafka=" + NOBODY)));

    assertThat(failure.getMessage(), startsWith("Kafka at " + NOBODY + ": request failed: "));
    assertThat(
        failure.getMessage(), containsString("is the broker running, and is the address right?"));
    assertThat(failure.getMessage(), not(containsString("\n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--window=0s | --window=0s, expected more than 0",
        "--window=five | --window=five is not a valid duration",
        "--watermarkDelay=1 | --watermarkDelay=1 is not a valid duration",
        "--allowedLateness=-1s | --allowedLateness=-1s is not a valid duration",
        "--window=1ms --allowedLateness=20m | --window=1ms --allowedLateness=20m keep 1230001"
            + " windows"
            + " in memory for late records, expected 1048576 or fewer; use longer windows",
        "--keepResults=always | --keepResults=always is not a valid duration",
        "--keepResults=0d | --keepResults=0d, expected more than 0",
        "--resultsTopic=stream | --streamTopic and --resultsTopic are both stream, expected a topic",
        "--eventsTopic=status | --statusTopic and --eventsTopic are both status, expected a topic",
        "--shards=0 | --shards=0 --readers=1, expected 1 or more of each",
        "--readers=-1 | --shards=1 --readers=-1, expected 1 or more of each",
        "--runConfig=none.json | detector description none.json does not exist",
      })
  void anOptionThatMakesNoSenseIsToldBeforeKafkaIsAsked(String arguments, String message) {
    UsageException refused =
        assertThrows(
            UsageException.class,
            () -> Plan.of(options(("--kafka=" + NOBODY + " " + arguments).split(" "))));

    assertThat(refused.getMessage(), startsWith(message));
    assertThat(refused.getMessage(), not(containsString("\n")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "", "host:", "a:1,,b:2"})
  void anAddressThatIsNoneIsAMistakeInTheOptions(String servers) {
    UsageException refused =
        assertThrows(UsageException.class, () -> Plan.of(options("--kafka=" + servers)));

    assertThat(refused.getMessage(), startsWith("Kafka server \""));
    assertThat(refused.getMessage(), containsString("expected host:port"));
    assertThat(refused.getMessage(), not(containsString("\n")));
  }

  @Test
  void aFileOfClientPropertiesThatIsNotThereIsToldByItsPath() {
    UsageException refused =
        assertThrows(
            UsageException.class, () -> Plan.of(options("--kafkaConfig=/none/client.properties")));

    assertThat(
        refused.getMessage(),
        startsWith("Kafka client properties /none/client.properties does not exist"));
  }

  private static MonitorOptions options(String... arguments) {
    return Program.options(arguments, MonitorOptions.class);
  }
}
