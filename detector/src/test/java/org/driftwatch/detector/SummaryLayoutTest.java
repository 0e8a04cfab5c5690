package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.driftwatch.detector.testing.RandomSummaries;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;

class SummaryLayoutTest {
  private static final RunConfiguration COURSE = RunConfiguration.course();

  private static WindowSummary summary(WindowSummary like, long[] counts) {
    return SummaryLayout.summary(
        like.window(),
        like.revision(),
        like.incomplete(),
        chamber -> COURSE.chambers().get(chamber).firstChannel(),
        counts);
  }

  @Test
  void aSummaryIsMadeOfItsCountsAgain() {
    RandomSummaries summaries = new RandomSummaries(Seed.random("layout"));
    for (int i = 0; i < 100; i++) {
      WindowSummary summary = summaries.next();
      assertThat(summary(summary, SummaryLayout.counts(summary)), is(summary));
    }
  }

  @Test
  void theCountsLieInTheOrderOfTheJson() throws IOException {
    long[] counts = LongStream.range(0, SummaryLayout.SIZE).toArray();
    WindowSummary any = new RandomSummaries(new Random(1)).next();

    JsonNode json = new ObjectMapper().readTree(SummaryJson.write(summary(any, counts)));

    List<Long> found = new ArrayList<>();
    json.fields()
        .forEachRemaining(
            field -> {
              if (!List.of("version", "window", "revision", "incomplete")
                  .contains(field.getKey())) {
                collect(field.getValue(), found);
              }
            });
    assertThat(found, is(Arrays.stream(counts).boxed().toList()));
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
    long[] counts = LongStream.range(0, SummaryLayout.SIZE).toArray();
    WindowSummary any = new RandomSummaries(new Random(1)).next();
    WindowSummary summary = summary(any, counts);

    assertThat(summary.totImport(), is((long) SummaryLayout.RECORDS));
    assertThat(summary.malformed(), is((long) SummaryLayout.MALFORMED));
    assertThat(summary.hits(), is((long) SummaryLayout.HITS));
    assertThat(summary.scintillatorHits(), is((long) SummaryLayout.SCINTILLATOR_HITS));
    assertThat(summary.otherHits(), is((long) SummaryLayout.OTHER_HITS));
    assertThat(summary.orbits(), is((long) SummaryLayout.ORBITS));
    assertThat(summary.scintillatorOrbits(), is((long) SummaryLayout.SCINTILLATOR_ORBITS));
    for (int i = 0; i < Telescope.CHAMBERS; i++) {
      ChamberSummary chamber = summary.chamber(i);
      int from = SummaryLayout.chamber(i);
      assertThat(chamber.hits(), is((long) SummaryLayout.CHAMBER_HITS + i));
      assertThat(
          chamber.occupancy(),
          is(
              bins(
                  from + SummaryLayout.OCCUPANCY,
                  ChamberSummary.occupancyEdges(COURSE.chambers().get(i).firstChannel()))));
      assertThat(
          chamber.activeChannels(),
          is(bins(from + SummaryLayout.ACTIVE_CHANNELS, ChamberSummary.activeChannelEdges())));
      assertThat(
          chamber.scintillatorOccupancy().count(5),
          is(from + SummaryLayout.SCINTILLATOR_OCCUPANCY + 5L));
      assertThat(chamber.driftTime().count(79), is(from + SummaryLayout.DRIFT_TIME + 79L));
      assertThat(chamber.driftTime().underflow(), is((long) from + SummaryLayout.DRIFT_UNDERFLOW));
      assertThat(chamber.driftTime().overflow(), is((long) from + SummaryLayout.DRIFT_OVERFLOW));
    }
  }

  private static Histogram bins(int from, int[] edges) {
    return Histogram.of(edges, LongStream.range(from, from + edges.length - 1).toArray(), 0, 0);
  }
}
