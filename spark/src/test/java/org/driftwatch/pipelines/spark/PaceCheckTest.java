package org.driftwatch.pipelines.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class PaceCheckTest {
  private final PaceCheck pace = new PaceCheck();
  private long due = 1_795_207_000_000L;

  private int batchesUntilTold(int most, long lag) {
    for (int batch = 1; batch <= most; batch++) {
      due += 500;
      if (pace.batchBegins(due, due + lag)) {
        return batch;
      }
    }
    return -1;
  }

  @Test
  void itIsToldOnceThatBatchesBeginInTime() {
    assertThat(batchesUntilTold(1, 3), is(-1));
    assertThat(batchesUntilTold(20, 3), is(PaceCheck.IN_A_ROW));
    assertThat(batchesUntilTold(100, 3), is(-1));
  }

  @Test
  void aBatchThatQueuesBeginsTheCountAnew() {
    batchesUntilTold(1, 3);
    assertThat(batchesUntilTold(PaceCheck.IN_A_ROW - 1, 249), is(-1));
    assertThat(batchesUntilTold(100, 250), is(-1));
    assertThat(batchesUntilTold(20, 249), is(PaceCheck.IN_A_ROW));
  }

  @Test
  void furtherJobsOfABatchDoNotCount() {
    batchesUntilTold(1, 3);
    for (int job = 0; job < 100; job++) {
      assertThat(pace.batchBegins(due, due + 3), is(false));
    }
    assertThat(batchesUntilTold(20, 3), is(PaceCheck.IN_A_ROW));
  }
}
