package org.driftwatch.pipelines.summarise;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.OutputBuilder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.testing.Course;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** The stateful step alone, with panes in every order that a runner may bring them in. */
class RefineTest {
  private static final HistogramCombiner COMBINER = Course.combiner();
  private static final int SHARD = 3;
  private static final long WINDOW = 1_795_207_009_999L;
  private static final long NEWER = WINDOW + 110_000;
  private static final List<String> NEW_STARTS = new ArrayList<>();

  private final Refine.HoldFn step = new Refine.HoldFn(COMBINER, NEW_STARTS::add);
  private final Held state = new Held();
  private final Published published = new Published();

  RefineTest() {
    NEW_STARTS.clear();
  }

  @Test
  void eachPaneInItsOrderPublishesTheWindowWithAllBeforeIt() {
    comes(WINDOW, 0, 5);
    comes(WINDOW, 1, 6);
    comes(WINDOW, 2, 7, 8);

    assertThat(published.shards, contains(shard(1, 5), shard(2, 5, 6), shard(3, 5, 6, 7, 8)));
    assertThat(published.times, contains(WINDOW, WINDOW, WINDOW));
  }

  @Test
  void aPaneThatOvertookAnotherWaitsForIt() {
    comes(WINDOW, 2, 7);
    comes(WINDOW, 1, 6);

    assertThat(published.shards, is(empty()));

    comes(WINDOW, 0, 5);

    assertThat(published.shards, contains(shard(3, 5, 6, 7)));

    comes(WINDOW, 4, 9);

    assertThat(published.shards, contains(shard(3, 5, 6, 7)));

    comes(WINDOW, 3, 8);

    assertThat(published.shards, contains(shard(3, 5, 6, 7), shard(5, 5, 6, 7, 8, 9)));
    assertThat(NEW_STARTS, is(empty()));
  }

  @Test
  void aNewerWindowTakesThePlaceOfAnOlder() {
    comes(WINDOW, 0, 5);
    comes(WINDOW, 1, 6);
    comes(NEWER, 0, 7);
    comes(NEWER, 1, 8);

    assertThat(
        published.shards, contains(shard(1, 5), shard(2, 5, 6), shard(1, 7), shard(2, 7, 8)));
    assertThat(NEW_STARTS, is(empty()));
  }

  @Test
  void aLatePaneWhosePlaceANewerWindowHasTakenIsNeverPublishedAndAsksForANewStart() {
    comes(WINDOW, 0, 5);
    comes(NEWER, 0, 7);
    comes(WINDOW, 1, 6);

    assertThat(published.shards, contains(shard(1, 5), shard(1, 7)));
    assertThat(
        NEW_STARTS,
        contains(
            containsString(
                "the window up to 2026-11-20T20:36:49.999Z came after the window up to"
                    + " 2026-11-20T20:38:39.999Z had taken its place")));

    comes(NEWER, 1, 8);

    assertThat("the newer window is untouched", published.shards.get(2), is(shard(2, 7, 8)));
  }

  @Test
  void theFirstPaneOfAnOlderWindowIsWholeAndPublishedThoughItsPlaceIsTaken() {
    comes(NEWER, 0, 7);
    comes(WINDOW, 0, 5);
    comes(NEWER, 1, 8);

    assertThat(published.shards, contains(shard(1, 7), shard(1, 5), shard(2, 7, 8)));
    assertThat(published.times, contains(NEWER, WINDOW, NEWER));
    assertThat(NEW_STARTS, is(empty()));

    comes(WINDOW, 1, 6);

    assertThat(published.shards.size(), is(3));
    assertThat(NEW_STARTS.size(), is(1));
  }

  @Test
  void aWindowOfWhichAPaneStillWaitsIsNotReplacedInSilence() {
    comes(WINDOW, 1, 6);
    comes(NEWER, 0, 7);

    assertThat(published.shards, is(empty()));
    assertThat(NEW_STARTS.size(), is(1));
  }

  private void comes(long window, long index, int... channels) {
    step.hold(
        KV.of(new Place(SHARD, 0), new WindowPane(window, index, hits(channels))),
        state,
        published);
  }

  private static ShardCounts shard(int panes, int... channels) {
    return new ShardCounts(SHARD, panes, COMBINER.extractOutput(hits(channels)));
  }

  /** A part of its own for each hit: the same parts, whatever panes they come in. */
  private static HitAccumulator hits(int... channels) {
    HitAccumulator hits = COMBINER.createAccumulator();
    for (int channel : channels) {
      List<Long> word = List.of(Course.hit(0, channel, 1000, 100, 0));
      hits.add(COMBINER.addInput(COMBINER.createAccumulator(), Course.packed(word)));
    }
    return hits;
  }

  /** The state of one place, through its coder as runners take it. */
  private static final class Held implements ValueState<HeldWindow> {
    private byte @Nullable [] bytes;

    @Override
    public void write(HeldWindow window) {
      try {
        bytes = CoderUtils.encodeToByteArray(HeldWindowCoder.of(), window);
      } catch (CoderException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public @Nullable HeldWindow read() {
      try {
        return bytes == null ? null : CoderUtils.decodeFromByteArray(HeldWindowCoder.of(), bytes);
      } catch (CoderException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public ValueState<HeldWindow> readLater() {
      return this;
    }

    @Override
    public void clear() {
      bytes = null;
    }
  }

  private static final class Published implements DoFn.OutputReceiver<KV<Integer, ShardCounts>> {
    private final List<ShardCounts> shards = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    @Override
    public void outputWithTimestamp(KV<Integer, ShardCounts> shard, Instant timestamp) {
      shards.add(shard.getValue());
      times.add(timestamp.getMillis());
    }

    @Override
    public OutputBuilder<KV<Integer, ShardCounts>> builder(KV<Integer, ShardCounts> shard) {
      throw new UnsupportedOperationException("a shard is published at its window's time");
    }
  }
}
