package org.driftwatch.pipelines.clock;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class FarAheadTest {
  private static final long WINDOW = 1_000;

  @Test
  void aThousandWindowsMayWaitForTheirTimeAndNoMore() {
    FarAhead ahead = new FarAhead(WINDOW, Long.MAX_VALUE);
    for (int i = 0; i < FarAhead.MOST_WINDOWS; i++) {
      assertThat(ahead.admits(i * WINDOW, 1, 0), is(true));
    }

    assertThat(ahead.admits(FarAhead.MOST_WINDOWS * WINDOW, 1, 0), is(false));
    assertThat("one that is open", ahead.admits(5 * WINDOW + 7, 1, 0), is(true));
  }

  @Test
  void windowsWhoseTimeHasComeMakeRoom() {
    FarAhead ahead = new FarAhead(WINDOW, Long.MAX_VALUE);
    for (int i = 0; i < FarAhead.MOST_WINDOWS; i++) {
      ahead.admits(i * WINDOW, 1, 0);
    }

    assertThat(ahead.admits(FarAhead.MOST_WINDOWS * WINDOW, 1, WINDOW - 1), is(false));
    assertThat(ahead.admits(FarAhead.MOST_WINDOWS * WINDOW, 1, WINDOW), is(true));
  }

  @Test
  void soManyBytesMayWait() {
    FarAhead ahead = new FarAhead(WINDOW, 100);
    assertThat(ahead.admits(0, 60, 0), is(true));
    assertThat(ahead.admits(0, 41, 0), is(false));
    assertThat(ahead.admits(0, 40, 0), is(true));
    assertThat(ahead.admits(WINDOW, 60, WINDOW), is(true));
  }
}
