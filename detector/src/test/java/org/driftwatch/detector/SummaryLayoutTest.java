package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.driftwatch.detector.testing.RandomSummaries;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;

class SummaryLayoutTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final SummaryLayout LAYOUT = SummaryLayout.of(COURSE);

  private static WindowSummary summary(WindowSummary like, long[] counts) {
    return LAYOUT.summary(
        like.head(), chamber -> COURSE.chambers().get(chamber).firstBin(), counts);
  }

  @Test
  void aSummaryIsMadeOfItsCountsAgain() {
    RandomSummaries summaries = new RandomSummaries(Seed.random("layout"));
    for (int i = 0; i < 100; i++) {
      WindowSummary summary = summaries.next();
      assertThat(summary(summary, LAYOUT.counts(summary)), is(summary));
    }
  }

  @Test
  void aSummaryOfAnyShapeIsMadeOfItsCountsAgain() {
    RandomSummaries summaries = new RandomSummaries(Seed.random("layouts of any shape"));
    for (int i = 0; i < 50; i++) {
      WindowSummary summary = summaries.nextOfAnyShape();
      SummaryLayout layout = SummaryLayout.of(summary);
      WindowSummary again =
          layout.summary(
              summary.head(),
              chamber -> summary.chamber(chamber).occupancy().edge(0),
              layout.counts(summary));
      assertThat(again, is(summary));
    }
  }

  @Test
  void layoutsAreTheSameWhereTheChambersHaveTheSameNumbersOfCells() {
    assertThat(LAYOUT, is(new SummaryLayout(64, 64, 64, 64)));
    assertThat(LAYOUT.hashCode(), is(new SummaryLayout(64, 64, 64, 64).hashCode()));
    assertThat(LAYOUT, is(not(new SummaryLayout(64, 64, 64))));
    assertThat(LAYOUT, is(not(new SummaryLayout(64, 64, 64, 63))));
  }

  @Test
  void theCountsLieInTheOrderOfTheJson() throws IOException {
    long[] counts = LongStream.range(0, LAYOUT.size()).toArray();
    WindowSummary any = new RandomSummaries(new Random(1)).next();

    JsonNode json = new ObjectMapper().readTree(SummaryJson.write(summary(any, counts)));

    List<Long> found = new ArrayList<>();
    json.fields()
        .forEachRemaining(
            field -> {
              if (!List.of("version", "window", "revision", "incomplete", "run")
                  .contains(field.getKey())) {
                collect(field.getValue(), found);
              }
            });
    // The hits of the chambers stand between the scalars.
    assertThat(found.subList(0, 3), is(List.of(0L, 1L, 2L)));
    assertThat(found.subList(3, 7), is(List.of(7L, 8L, 9L, 10L)));
    assertThat(found.subList(7, 11), is(List.of(3L, 4L, 5L, 6L)));
    // That segments were looked for is told by their being there.
    Set<Long> tracked =
        IntStream.range(0, LAYOUT.chambers())
            .mapToObj(i -> (long) LAYOUT.tracks(i) + SummaryLayout.TRACKED)
            .collect(Collectors.toSet());
    assertThat(
        found.subList(11, found.size()),
        is(Arrays.stream(counts).skip(11).filter(i -> !tracked.contains(i)).boxed().toList()));
  }

  /** The numbers of a field in the order in which they come, bin edges left out. */
  private static void collect(JsonNode node, List<Long> numbers) {
    if (node.isNumber()) {
      numbers.add(node.asLong());
    }
    node.fields()
        .forEachRemaining(
            field -> {
              if (!field.getKey().equals("bin_edges")) {
                collect(field.getValue(), numbers);
              }
            });
    if (node.isArray()) {
      node.forEach(element -> collect(element, numbers));
    }
  }

  @Test
  void theNamedIndicesAreWhereTheSummaryHasItsNumbers() {
    long[] counts = LongStream.range(0, LAYOUT.size()).toArray();
    WindowSummary any = new RandomSummaries(new Random(1)).next();
    WindowSummary summary = summary(any, counts);

    assertThat(summary.totImport(), is((long) SummaryLayout.RECORDS));
    assertThat(summary.malformed(), is((long) SummaryLayout.MALFORMED));
    assertThat(summary.hits(), is((long) SummaryLayout.HITS));
    assertThat(summary.scintillatorHits(), is((long) SummaryLayout.SCINTILLATOR_HITS));
    assertThat(summary.otherHits(), is((long) SummaryLayout.OTHER_HITS));
    assertThat(summary.orbits(), is((long) SummaryLayout.ORBITS));
    assertThat(summary.scintillatorOrbits(), is((long) SummaryLayout.SCINTILLATOR_ORBITS));
    int from = SummaryLayout.CHAMBER_HITS + LAYOUT.chambers();
    for (int i = 0; i < LAYOUT.chambers(); i++) {
      ChamberSummary chamber = summary.chamber(i);
      assertThat(chamber.hits(), is((long) SummaryLayout.CHAMBER_HITS + i));
      int firstBin = COURSE.chambers().get(i).firstBin();
      for (ChamberHistogram which : ChamberHistogram.values()) {
        int bins = which.bins(LAYOUT.cells(i));
        Histogram expected =
            Histogram.of(
                which.edges(firstBin, LAYOUT.cells(i)),
                LongStream.range(from, from + bins).toArray(),
                which.hasFlows() ? from + bins : 0,
                which.hasFlows() ? from + bins + 1 : 0);
        assertThat(LAYOUT.index(which, i), is(from));
        assertThat(LAYOUT.bins(which, i), is(bins));
        assertThat(chamber.histogram(which), is(expected));
        from += bins + (which.hasFlows() ? 2 : 0);
      }
    }
    for (int i = 0; i < LAYOUT.chambers(); i++) {
      assertThat(LAYOUT.tracks(i), is(from));
      TrackSummary tracks = summary.chamber(i).tracks().orElseThrow();
      assertThat(tracks.segments(), is((long) from + SummaryLayout.SEGMENTS));
      assertThat(tracks.segments4(), is((long) from + SummaryLayout.SEGMENTS4));
      assertThat(tracks.ambiguous(), is((long) from + SummaryLayout.AMBIGUOUS));
      assertThat(tracks.busy(), is((long) from + SummaryLayout.BUSY));
      assertThat(tracks.tested().get(0), is((long) LAYOUT.tested(i)));
      assertThat(tracks.found().get(63), is(LAYOUT.found(i) + 63L));
      assertThat(tracks.noise().get(1), is(LAYOUT.noise(i) + 1L));
      for (TrackHistogram which : TrackHistogram.values()) {
        assertThat(tracks.histogram(which).count(2), is(LAYOUT.index(which, i) + 2L));
      }
      assertThat(tracks.sum(TrackSum.FREE_SEGMENTS), is((long) LAYOUT.sums(i)));
      from = LAYOUT.sums(i) + TrackSum.values().length;
    }
    assertThat(from, is(LAYOUT.size()));
  }
}
