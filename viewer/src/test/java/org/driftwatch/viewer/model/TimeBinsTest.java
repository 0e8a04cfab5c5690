package org.driftwatch.viewer.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.TimeBins.Bin;
import org.junit.jupiter.api.Test;

class TimeBinsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final long seed = Long.getLong("driftwatch.seed", 20);
  private final Random random = new Random(seed);
  private final RunHistory history = new RunHistory();
  private final AtomicInteger made = new AtomicInteger();
  private final TimeBins<Long> hits =
      new TimeBins<>(
          sum -> {
            made.incrementAndGet();
            return sum.hits();
          });

  private void windows(int from, int to) {
    for (int n = from; n < to; n++) {
      history.put(Summaries.window(n, 0, random));
    }
  }

  private List<Bin<Long>> bins() {
    return hits.of(history.series(), Summaries.start(0), Summaries.start(100), MINUTE);
  }

  @Test
  void eachWindowIsInTheBinThatItStartsIn() {
    windows(0, 100);
    WindowSeries series = history.series();
    List<Bin<Long>> bins = bins();
    assertThat("500 s from 45 s past a minute on", bins.size(), is(10));
    Instant from = Summaries.START;
    for (Bin<Long> bin : bins) {
      assertThat("seed " + seed, bin.from(), is(from));
      int first = series.indexOf(bin.from());
      int end = series.firstStartingFrom(bin.to());
      assertThat(bin.value(), is(series.sum(first, end).orElseThrow().hits()));
      from = bin.to();
    }
    assertThat(bins.get(1).from(), is(Instant.parse("2026-11-20T20:37:00Z")));
    assertThat(bins.get(1).to(), is(Instant.parse("2026-11-20T20:38:00Z")));
  }

  @Test
  void binsWithoutWindowsAreLeftOut() {
    windows(0, 3);
    windows(90, 91);
    assertThat(bins().size(), is(2));
    assertThat(
        hits.of(WindowSeries.EMPTY, Summaries.start(0), Summaries.start(9), MINUTE), is(List.of()));
  }

  @Test
  void onlyWhatChangedIsAddedUpAgain() {
    windows(0, 50);
    bins();
    int before = made.get();
    windows(50, 51);
    bins();
    assertThat("the newest bin", made.get(), is(before + 1));
    history.put(Summaries.window(20, 1, random));
    List<Bin<Long>> refined = bins();
    assertThat("the bin of the refined window", made.get(), is(before + 2));
    assertThat(
        refined,
        is(
            new TimeBins<>(sum -> sum.hits())
                .of(history.series(), Summaries.start(0), Summaries.start(100), MINUTE)));
  }
}
