package org.driftwatch.viewer.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueScaleTest {
  private static List<String> labels(ValueScale scale) {
    return scale.ticks().stream().map(Tick::label).filter(label -> !label.isEmpty()).toList();
  }

  @Test
  void linearTicksAreRound() {
    assertThat(labels(ValueScale.of(false, 4_581)), is(List.of("0", "2k", "4k", "6k")));
    assertThat(labels(ValueScale.of(false, 90)), is(List.of("0", "25", "50", "75", "100")));
    assertThat(labels(ValueScale.of(false, 0)), is(List.of("0", "1", "2")));
  }

  @Test
  void countsAreWholeSoTicksAreToo() {
    assertThat(labels(ValueScale.of(false, 3)), is(List.of("0", "1", "2", "3", "4")));
    assertThat(labels(ValueScale.of(false, 8)), is(List.of("0", "5", "10")));
  }

  @Test
  void everyCountUpToTheLargestFits() {
    long seed = Long.getLong("driftwatch.seed", 20);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      long max = random.nextLong() >>> (1 + random.nextInt(62));
      for (boolean log : new boolean[] {false, true}) {
        ValueScale scale = ValueScale.of(log, max);
        String where = "seed " + seed + " max " + max + " log " + log;
        assertThat(where, scale.fraction(max), lessThanOrEqualTo(1.0));
        assertThat(where, scale.fraction(0), is(0.0));
        assertThat(where, scale.ticks().size(), lessThanOrEqualTo(log ? 180 : 7));
      }
    }
  }

  @Test
  void onALogarithmicScaleASingleEntryIsSeenAndDecadesAreNamed() {
    ValueScale scale = ValueScale.of(true, 2_000);
    assertThat(labels(scale), is(List.of("1", "10", "100", "1k")));
    assertThat(scale.fraction(1), greaterThan(0.05));
    double decade = scale.fraction(10) - scale.fraction(1);
    assertThat(scale.fraction(1_000) - scale.fraction(100), closeTo(decade, 1e-9));
    assertThat(scale.top(), greaterThanOrEqualTo(2_000.0));
  }

  @Test
  void aScaleBetweenTwoNumbersHasRoundTicksWithinThem() {
    ValueScale scale = ValueScale.between(52.2, 55.4);
    assertThat(labels(scale), is(List.of("53", "54", "55")));
    assertThat(scale.height(52.2), is(0.0));
    assertThat(scale.height(55.4), is(1.0));
    assertThat(scale.height(50), lessThan(0.0));
    assertThat(labels(ValueScale.between(-15, 15)), is(List.of("-10", "0", "10")));
    assertThat(labels(ValueScale.between(70, 100)), is(List.of("70", "80", "90", "100")));
  }
}
