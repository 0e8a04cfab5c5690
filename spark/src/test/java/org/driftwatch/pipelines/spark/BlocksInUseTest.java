package org.driftwatch.pipelines.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlocksInUseTest {
  private final BlocksInUse blocks = new BlocksInUse();

  @Test
  void theBatchAtWorkNeedsItsOwnAndThoseOfTheBatchBefore() {
    blocks.jobBegins(500, List.of(1, 2, 3));
    blocks.jobBegins(1000, List.of(2, 4, 5));
    blocks.jobBegins(1000, List.of(4, 6));

    assertThat(IntStream.rangeClosed(1, 6).allMatch(blocks::needs), is(true));
  }

  @Test
  void whatLiesTwoBatchesBackIsNotNeededThoughALaterBatchDescendsFromIt() {
    blocks.jobBegins(500, List.of(1, 2, 3));
    blocks.jobBegins(1000, List.of(2, 4, 5));
    blocks.jobBegins(1500, List.of(2, 5, 7));

    assertThat(IntStream.of(1, 2, 3).anyMatch(blocks::needs), is(false));
    assertThat(IntStream.of(4, 5, 7).allMatch(blocks::needs), is(true));
  }

  @Test
  void whatNoJobHasShownYetIsNeeded() {
    assertThat(blocks.needs(1), is(true));
    blocks.jobBegins(500, List.of(1, 2));

    assertThat(blocks.needs(3), is(true));
  }

  @Test
  void aLongRunForgetsWhatNoBatchNeedsAndNothingElse() {
    for (int batch = 0; batch < 10_000; batch++) {
      int first = batch * 20;
      blocks.jobBegins(
          batch * 500L, IntStream.range(Math.max(0, first - 100), first + 20).boxed().toList());
    }

    assertThat(blocks.needs(9_999 * 20 - 20), is(true));
    assertThat(blocks.needs(9_999 * 20 - 21), is(false));
    assertThat(blocks.needs(5), is(false));
  }
}
