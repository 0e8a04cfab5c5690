package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HistogramTest {
  private static final int[] EDGES = {0, 10, 20};

  @Test
  void entriesAreAllCountsWithUnderAndOverflow() {
    Histogram h = Histogram.of(EDGES, new long[] {1, 2}, 4, 8);

    assertThat(h.bins(), is(2));
    assertThat(h.entries(), is(15L));
    assertThat(h.underflow(), is(4L));
    assertThat(h.overflow(), is(8L));
    assertThat(h.count(1), is(2L));
    assertThat(h.edge(0), is(0));
    assertThat(h.edge(2), is(20));
    assertThat(h.toString(), is("Histogram{[0, 20) 15}"));
  }

  @Test
  void theArraysItWasMadeOfAndThoseItGivesAreCopies() {
    int[] edges = EDGES.clone();
    long[] counts = {1, 2};
    Histogram h = Histogram.of(edges, counts, 0, 0);

    edges[0] = 99;
    counts[0] = 99;
    h.edges()[1] = 99;
    h.counts()[1] = 99;

    assertThat(h, is(Histogram.of(EDGES, new long[] {1, 2}, 0, 0)));
  }

  @Test
  void histogramsHaveTheSameBinsIfTheirEdgesAreTheSame() {
    Histogram a = Histogram.of(EDGES, new long[] {1, 2}, 0, 0);

    assertThat(a.hasSameBinsAs(Histogram.of(EDGES, new long[] {3, 4}, 5, 6)), is(true));
    assertThat(
        a.hasSameBinsAs(Histogram.of(new int[] {0, 10, 30}, new long[] {1, 2}, 0, 0)), is(false));
  }

  @Test
  void edgesAreOneMoreThanBins() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Histogram.of(EDGES, new long[3], 0, 0));

    assertThat(refused.getMessage(), is("3 bin edges for 3 bins, expected one more than bins"));
  }

  @Test
  void equalityLooksAtEveryNumber() {
    Histogram h = Histogram.of(EDGES, new long[] {1, 2}, 3, 4);

    assertThat(h, is(not(Histogram.of(EDGES, new long[] {1, 3}, 3, 4))));
    assertThat(h, is(not(Histogram.of(EDGES, new long[] {1, 2}, 0, 4))));
    assertThat(h, is(not(Histogram.of(EDGES, new long[] {1, 2}, 3, 0))));
    assertThat(h, is(not(Histogram.of(new int[] {1, 10, 20}, new long[] {1, 2}, 3, 4))));
    assertThat(h.hashCode(), is(Histogram.of(EDGES, new long[] {1, 2}, 3, 4).hashCode()));
  }

  @Test
  void theContractsEdgesAreWholeAndInOrder() {
    int[] drift = ChamberHistogram.DRIFT_TIME.edges(64, 64);
    assertThat(drift.length, is(81));
    assertThat(drift[0], is(-150));
    assertThat(drift[80], is(650));
    for (int cells : new int[] {1, 64, 1024}) {
      int[] active = ChamberHistogram.ACTIVE_CHANNELS.edges(64, cells);
      assertThat(active[0], is(1));
      assertThat(active[cells], is(cells + 1));
      int[] occupancy = ChamberHistogram.OCCUPANCY.edges(64, cells);
      assertThat(occupancy[0], is(64));
      assertThat(occupancy[cells], is(64 + cells));
      assertThat(ChamberHistogram.SCINTILLATOR_OCCUPANCY.edges(64, cells), is(occupancy));
    }
  }
}
