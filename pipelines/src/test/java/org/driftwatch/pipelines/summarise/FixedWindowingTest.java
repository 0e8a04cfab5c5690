package org.driftwatch.pipelines.summarise;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.HashSet;
import java.util.Set;
import org.joda.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedWindowingTest {
  /** What the runner is given on top of the allowed lateness, ms. */
  private static final long MARGIN = 30_000;

  private static final long START = 1_795_207_005_000L;

  @ParameterizedTest
  @CsvSource({
    // window, allowed lateness, ms
    "5000, 60000",
    "5000, 0",
    "5000, 1",
    "7000, 61234",
    "60000, 60000",
    "3600000, 60000",
    "1, 1000",
    "1, 1018546",
  })
  void noTwoWindowsThatMayBeRefinedAtOneTimeShareAPlace(long length, long lateness) {
    FixedWindowing windowing =
        new FixedWindowing(Duration.millis(length), Duration.millis(lateness));
    long watermark = START - START % length;
    Set<Integer> places = new HashSet<>();
    int windows = 0;
    for (long end = watermark; end > watermark - lateness - MARGIN; end -= length) {
      places.add(windowing.place(end - 1));
      windows++;
    }

    assertThat(places, hasSize(windows));
    assertThat(windowing.heldWindows(), lessThanOrEqualTo(FixedWindowing.MAX_HELD_WINDOWS));
  }

  @ParameterizedTest
  @CsvSource({"5000, 60000", "5000, 0", "7000, 61234", "60000, 60000", "3600000, 60000", "1, 1000"})
  void aNewStartGoesBackBehindTheWindowThatLostItsPlace(long length, long lateness) {
    FixedWindowing windowing =
        new FixedWindowing(Duration.millis(length), Duration.millis(lateness));
    long lost = START - START % length;
    long next = lost;
    do {
      next += length;
    } while (windowing.place(next + length - 1) != windowing.place(lost + length - 1));
    long alsoPublished = next + length;

    long from = alsoPublished + length - windowing.recomputedMillis();

    assertThat(from - from % length, is(lost));
  }
}
