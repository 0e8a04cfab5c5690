package org.driftwatch.pipelines.orbits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrbitTurnsTest {
  @ParameterizedTest
  @CsvSource({
    // bits of the counter, of orbits of 89.1 us; window, ms; how its turns are told apart
    "8, 11, ONE",
    "8, 12, STAMPED", // a turn is 22.8 ms
    "12, 182, ONE",
    "12, 183, STAMPED",
    "19, 5000, ONE", // 46.7 s
    "19, 60000, STAMPED",
    "29, 86400000, STAMPED", // 13.3 hours
    "30, 86400000, ONE", // 26.6 hours
    "32, 86400000, ONE",
    "64, 86400000, ONE",
  })
  void aWindowOfHalfATurnHasOneTurnAndACounterThatLastsADayHasOneInAnyWindow(
      int bits, long windowMillis, OrbitTurns.Kind kind) {
    assertThat(OrbitTurns.inWindows(counter(bits), windowMillis).kind(), is(kind));
  }

  @ParameterizedTest
  @CsvSource({"8, COUNTED", "19, COUNTED", "29, COUNTED", "30, ONE", "64, ONE"})
  void inFilesTurnsAreCountedUnlessACounterLastsADay(int bits, OrbitTurns.Kind kind) {
    assertThat(OrbitTurns.inFiles(counter(bits)).kind(), is(kind));
  }

  @ParameterizedTest
  @CsvSource({
    // bits of the counter; ms after the window's start; step of an eighth of a turn
    "8, 0, 0", // of 2.8512 ms
    "8, 2, 0",
    "8, 3, 1",
    "8, 4999, 1753",
    "12, 45, 0", // of 45.6192 ms
    "12, 46, 1",
    "12, 4999, 109",
  })
  void stepsAreEighthsOfATurnAndStandBelowTheOrbit(int bits, long millis, long step) {
    OrbitTurns turns = OrbitTurns.inWindows(counter(bits), 5000);

    assertThat(turns.step(millis), is(step));
    assertThat(turns.withStep(3, step), is((3L << turns.stepBits()) + step));
    assertThat(turns.withStep(3, step) >>> turns.stepBits(), is(3L));
  }

  @ParameterizedTest
  @CsvSource({
    // bits of the counter; orbit; the one before, counted on; this one, counted on
    "8, 5, 3, 5",
    "8, 3, 5, 3",
    "8, 1, 255, 257",
    "8, 255, 256, 255",
    "8, 0, 1000, 1024",
    "8, 128, 1, 128",
    "8, 128, 0, -128", // as near as 128: the earlier turn
    "8, 129, 0, -127",
    "8, 255, 0, -1",
    "19, 0, 524287, 524288",
    "19, 524287, 0, -1",
    "32, 0, 4294967295, 4294967296",
  })
  void anOrbitIsOfTheTurnThatTakesItNearestToTheOneBefore(
      int bits, long orbit, long before, long counted) {
    OrbitTurns turns = OrbitTurns.inFiles(counter(bits));

    assertThat(turns.nearest(orbit, before), is(counted));
  }

  private static DetectorDescription counter(int bits) {
    return Course.BOTH
        .with(
            tree -> {
              ((ObjectNode) tree.get("clock")).put("orbitBits", bits);
              for (JsonNode field : tree.at("/record/fields")) {
                boolean isOrbit = field.get("is").textValue().equals("orbit");
                ((ObjectNode) field)
                    .remove(isOrbit ? List.of("bits", "lowestBit") : List.of("lowestBit"));
              }
            })
        .description();
  }
}
