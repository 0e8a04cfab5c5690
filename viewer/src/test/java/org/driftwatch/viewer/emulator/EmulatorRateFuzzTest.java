package org.driftwatch.viewer.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.testing.Fuzzer;
import org.junit.jupiter.api.Test;

/** No answer of what listens at the emulator's port makes its reader fail or hang. */
class EmulatorRateFuzzTest {
  @Test
  void answersAreReadOrRefused() {
    Fuzzer.run(
        "answers of the rate port",
        Fuzzer.texts(
            "{\"pace\":\"rate\",\"rate\":5000,\"sent\":123460}\n",
            "{\"pace\":\"detector\",\"speed\":2,\"sent\":123470}\n"),
        List.of("\"rate\":", "{", "}", "[", "]", "null", ","),
        IOException.class,
        input -> pace(Fuzzer.text(input)));
  }

  private static Object pace(String answer) throws IOException {
    try {
      Optional<Pace> pace = EmulatorRate.pace(answer);
      assertThat(
          pace.stream().allMatch(p -> p.number() >= 0 && Double.isFinite(p.number())), is(true));
      return pace.isPresent() ? pace : new Fuzzer.Refused("no pace");
    } catch (JsonProcessingException e) {
      // Nobody is told of it: what answers there is no emulator.
      return new Fuzzer.Refused(e.getOriginalMessage());
    }
  }
}
