package org.driftwatch.pipelines.summarise;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.api.Test;

class ShardCountsTest {
  private static final HistogramCombiner COMBINER = Course.combiner();
  private static final int SHARDS = 3;
  private static final int HITS = 5;

  private final HitAccumulator[] first = bundle(orbitOf(1));
  private final HitAccumulator[] second = bundle(orbitOf(2));

  @Test
  void aWindowIsWholeOnceAllIsThereThatTheFirstShardHasAnnounced() {
    ShardCounts announcing = shard(0, 1, first[0]);

    assertThat(ShardCounts.whole(List.of(announcing)), is(Optional.empty()));
    assertThat(ShardCounts.whole(List.of(shard(1, 1, first[1]))), is(Optional.empty()));

    Optional<ShardCounts.Whole> whole =
        ShardCounts.whole(List.of(shard(1, 1, first[1]), announcing));

    assertThat(whole.map(ShardCounts.Whole::revision), is(Optional.of(0)));
    assertThat(whole.orElseThrow().counts().counts()[SummaryLayout.HITS], is((long) HITS));
  }

  @Test
  void asManyHitsAsAnnouncedButOfAnotherPartOfTheStreamAreNotWhole() {
    ShardCounts announcingTheFirst = shard(0, 1, first[0]);
    ShardCounts hitsOfTheSecond = shard(2, 1, second[2]);

    assertThat(
        ShardCounts.whole(List.of(announcingTheFirst, hitsOfTheSecond)), is(Optional.empty()));
  }

  @Test
  void ofSeveralFromOneShardTheOneMadeOfTheMostPanesHolds() {
    ShardCounts announcing = shard(0, 2, first[0], second[0]);

    Optional<ShardCounts.Whole> whole =
        ShardCounts.whole(
            List.of(
                shard(0, 1, first[0]), announcing, shard(1, 1, first[1]), shard(2, 1, second[2])));

    assertThat(whole.map(ShardCounts.Whole::revision), is(Optional.of(1)));
    assertThat(whole.orElseThrow().counts().counts()[SummaryLayout.HITS], is(2L * HITS));
  }

  private static ShardCounts shard(int shard, int panes, HitAccumulator... hits) {
    return new ShardCounts(
        shard, panes, COMBINER.extractOutput(COMBINER.mergeAccumulators(List.of(hits))));
  }

  private static HitAccumulator[] bundle(long orbit) {
    List<Long> words = new ArrayList<>();
    for (int channel = 0; channel < HITS; channel++) {
      words.add(Course.hit(0, channel, orbit, 100, 0));
    }
    return COMBINER.addInput(COMBINER.createAccumulator(), Course.packed(words)).split(SHARDS);
  }

  /** An orbit whose hits go to this shard. */
  private static long orbitOf(int shard) {
    for (long orbit = 0; ; orbit += 1000) {
      HitAccumulator[] split = bundle(orbit);
      if (split[shard].size() > 0) {
        assertThat(split[0].announced(), is(split[shard].marks()));
        return orbit;
      }
    }
  }
}
