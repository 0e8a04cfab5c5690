package org.driftwatch.viewer.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void countsAreGroupedByThousands() {
    assertThat(Numbers.grouped(0), is("0"));
    assertThat(Numbers.grouped(1_234_567), is("1,234,567"));
  }

  @Test
  void briefNumbersHaveThreeFiguresAndNeverAThousandOfAUnit() {
    assertThat(Numbers.brief(0), is("0"));
    assertThat(Numbers.brief(950), is("950"));
    assertThat(Numbers.brief(1_234), is("1.23k"));
    assertThat(Numbers.brief(45_600_000), is("45.6M"));
    assertThat(Numbers.brief(999_600), is("1.00M"));
  }

  @Test
  void ticksBearNoZerosThatSayNothing() {
    assertThat(Numbers.tick(0), is("0"));
    assertThat(Numbers.tick(2_500), is("2.5k"));
    assertThat(Numbers.tick(20_000_000), is("20M"));
    assertThat(Numbers.tick(100), is("100"));
  }

  @Test
  void ratesAreReadableFromFractionsToMillions() {
    assertThat(Numbers.rate(0.4), is("0.4"));
    assertThat(Numbers.rate(999.96), is("1,000"));
    assertThat(Numbers.rate(1_004.4), is("1,004"));
    assertThat(Numbers.rate(1_340_000), is("1.34M"));
  }

  @Test
  void smallSharesAreNotNone() {
    assertThat(Numbers.share(0, 100), is("0.0 %"));
    assertThat(Numbers.share(372, 1_000), is("37.2 %"));
    assertThat(Numbers.share(24, 1_933_761), is("0.0012 %"));
    assertThat(Numbers.share(3, 0), is("–"));
  }

  @Test
  void durationsUseTheTwoUnitsThatMatter() {
    assertThat(Numbers.duration(Duration.ofMillis(1_440)), is("1.4 s"));
    assertThat(Numbers.duration(Duration.ofSeconds(200)), is("3 min 20 s"));
    assertThat(Numbers.duration(Duration.ofMinutes(10)), is("10 min"));
    assertThat(Numbers.duration(Duration.ofMinutes(303)), is("5 h 3 min"));
    assertThat(Numbers.duration(Duration.ofHours(52)), is("2 d 4 h"));
    assertThat(Numbers.windowLength(Duration.ofSeconds(5)), is("5 s"));
    assertThat(Numbers.windowLength(Duration.ofMillis(500)), is("0.5 s"));
    assertThat(Numbers.windowLength(Duration.ofMinutes(2)), is("2 min"));
  }

  @Test
  void aMeasuredNumberHasTwoFiguresOfItsError() {
    assertThat(Numbers.measured(53.8123, 0.0412), is("53.812 ± 0.041"));
    assertThat(Numbers.measured(-0.26, 1.34), is("-0.3 ± 1.3"));
    assertThat(Numbers.measured(261.4, 25.2), is("261 ± 25"));
    assertThat(Numbers.measured(2, 0), is("2.0 ± 0.0"));
  }
}
