package org.driftwatch.emulator.pace;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.source.RowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeablePaceTest {
  private static final long SECOND = 1_000_000_000;
  private static final RowBatch NONE = Course.batch(0);

  private final FakeClock clock = new FakeClock();
  private final ChangeablePace pace =
      new ChangeablePace(
          new SteadyPace(0.01),
          clock,
          (choice, start) ->
              choice.number() == 0 ? new FullSpeed(clock, start) : new SteadyPace(choice.number()));

  private static PaceChoice rate(double rate) {
    return new PaceChoice(PaceChoice.Kind.RATE, rate);
  }

  private void send() {
    pace.due(NONE, 0);
    pace.sent();
  }

  @Test
  void theNewPaceBeginsNowAndDoesNotWaitForTheOld() {
    send();
    assertThat(pace.due(NONE, 0), is(100 * SECOND));
    clock.pass(3 * SECOND);
    pace.change(rate(10));
    assertThat(pace.due(NONE, 0), is(3 * SECOND));
    send();
    assertThat(pace.due(NONE, 0), is(3 * SECOND + SECOND / 10));
  }

  @Test
  void theNewPaceDoesNotMakeUpForWhatTheOldOneWasBehind() {
    pace.change(rate(1000));
    send();
    clock.pass(60 * SECOND);
    pace.change(rate(1));
    assertThat(pace.due(NONE, 0), is(60 * SECOND));
    send();
    assertThat(pace.due(NONE, 0), is(61 * SECOND));
  }

  @Test
  void theLastOfSeveralChangesHolds() {
    pace.change(rate(5));
    pace.change(rate(0));
    pace.change(rate(2));
    send();
    assertThat(pace.due(NONE, 0), is(SECOND / 2));
    assertThat(pace.chosen(), is(rate(2)));
  }

  @Test
  void asFastAsPossibleIsDueNow() {
    clock.pass(5 * SECOND);
    pace.change(rate(0));
    assertThat(pace.due(NONE, 0), is(5 * SECOND));
  }

  @ParameterizedTest
  @CsvSource({
    "5000, RATE, 5000",
    "0, RATE, 0",
    "0.5, RATE, 0.5",
    "detector, DETECTOR, 1",
    "' Detectorx2.5 ', DETECTOR, 2.5",
    "detector x 10, DETECTOR, 10",
    "recordedx.25, RECORDED, 0.25",
  })
  void pacesAreReadAsTheUserWritesThem(String text, PaceChoice.Kind kind, double number) {
    assertThat(PaceChoice.parse(text), is(new PaceChoice(kind, number)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "1e9", "2000000000", "detectorx0", "detectorx", "fast", "NaN", "1\n2"})
  void whatIsNoPaceIsToldInOneLine(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> PaceChoice.parse(text));
    assertThat(e.getMessage(), containsString("expected"));
    assertThat(e.getMessage().lines().count(), is(1L));
  }
}
