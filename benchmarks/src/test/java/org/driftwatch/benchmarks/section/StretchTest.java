package org.driftwatch.benchmarks.section;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.driftwatch.benchmarks.section.LiveRun.Stretch;
import org.junit.jupiter.api.Test;

class StretchTest {
  private static final List<Double> EVEN = List.of(0.5, 0.7, 0.4, 0.6, 0.5, 0.7);

  @Test
  void aRateIsHeldWhileResultsDoNotComeLaterAndLater() {
    assertThat(new Stretch(EVEN, 0, false).isHeld(), is(true));
    assertThat(new Stretch(List.of(0.5, 0.7, 0.9, 1.1, 1.3, 1.5), 0, false).isHeld(), is(false));
  }

  @Test
  void aRateIsNotHeldWhereAWindowIsMissing() {
    assertThat(new Stretch(EVEN, 1, false).isHeld(), is(false));
    assertThat(new Stretch(List.of(), 0, false).isHeld(), is(false));
  }

  @Test
  void aRateThatTheEmulatorDidNotHoldProvesNothing() {
    assertThat(new Stretch(EVEN, 0, true).isHeld(), is(false));
  }

  @Test
  void aLatencyIsThatOfAWindow() {
    Stretch stretch = new Stretch(EVEN, 0, false);

    assertThat(stretch.latency(0.5), is(0.5));
    assertThat(stretch.latency(0.99), is(0.7));
  }
}
