package org.driftwatch.pipelines.summarise;

import static org.apache.beam.sdk.testing.CombineFnTester.testCombineFn;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.SameSummary;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.Detector;
import org.hamcrest.FeatureMatcher;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramCombinerTest {
  private static final Detector COURSE = Course.BOTH;
  private static final long ORBIT = 3_387_315_431L;

  @Test
  void anyOrderAndAnyGroupingOfHitsGivesTheReferencesCounts() {
    Random random = Seed.random("combiner");
    for (int round = 0; round < 10; round++) {
      List<List<Long>> blocks = new ArrayList<>();
      for (int n = random.nextInt(8); n >= 0; n--) {
        blocks.add(hits(random, random.nextInt(60)));
      }
      testCombineFn(
          Course.combiner(),
          blocks.stream().map(hits -> Course.packed(hits)).collect(Collectors.toList()),
          countsOf(COURSE, blocks));
    }
  }

  @Test
  void moreHitsThanASmallSortTakesGiveTheReferencesCounts() {
    Random random = Seed.random("large combiner");
    List<List<Long>> blocks = List.of(hits(random, 3000), hits(random, 5000));
    HistogramCombiner combiner = Course.combiner();
    HitAccumulator first =
        combiner.addInput(combiner.createAccumulator(), Course.packed(blocks.get(0)));
    HitAccumulator second =
        combiner.addInput(combiner.createAccumulator(), Course.packed(blocks.get(1)));

    WindowCounts counts =
        combiner.extractOutput(combiner.mergeAccumulators(List.of(first, second)));

    assertThat(counts, is(countsOf(COURSE, blocks)));
  }

  @Test
  void extractingDoesNotDisturbAnAccumulatorThatGoesOn() {
    Random random = Seed.random("accumulator goes on");
    for (int size : new int[] {100, 2000}) {
      List<List<Long>> blocks = List.of(hits(random, size), hits(random, size));
      HistogramCombiner combiner = Course.combiner();
      HitAccumulator accumulator =
          combiner.addInput(combiner.createAccumulator(), Course.packed(blocks.get(0)));

      assertThat(combiner.extractOutput(accumulator), is(countsOf(COURSE, blocks.subList(0, 1))));
      combiner.addInput(accumulator, Course.packed(blocks.get(1)));
      assertThat(combiner.extractOutput(accumulator), is(countsOf(COURSE, blocks)));
    }
  }

  @Test
  void nothingGivesAllZeros() {
    testCombineFn(Course.combiner(), List.of(), countsOf(COURSE, List.of()));
  }

  @Test
  void recordsAndMalformedOnesOfBlocksAddUp() {
    HistogramCombiner combiner = Course.combiner();

    testCombineFn(
        combiner,
        List.of(new WordBlock(5, 1, new long[0]), new WordBlock(0, 7, new long[0])),
        new FeatureMatcher<WindowCounts, List<Long>>(is(List.of(5L, 8L)), "counts", "counts") {
          @Override
          protected List<Long> featureValueOf(WindowCounts counts) {
            WindowSummary summary = summary(counts, COURSE);
            return List.of(summary.totImport(), summary.malformed());
          }
        });
  }

  @Test
  void activeChannelsCountsDistinctChannelsNotHits() {
    List<Long> hits =
        List.of(hit(0, 5, 10, 0), hit(0, 5, 20, 0), hit(0, 6, 10, 0), hit(0, 64, 10, 0));

    WindowSummary summary = summary(combine(COURSE, hits), COURSE);

    assertThat(summary.orbits(), is(1L));
    assertThat(summary.chamber(0).activeChannels().count(1), is(1L));
    assertThat(summary.chamber(0).activeChannels().entries(), is(1L));
    assertThat(summary.chamber(0).occupancy().count(5), is(2L));
    assertThat(summary.chamber(1).activeChannels().count(0), is(1L));
    assertThat(summary.chamber(2).activeChannels().entries(), is(0L));
  }

  @Test
  void allChannelsOfAChamberInOneOrbitFillTheLastBin() {
    List<Long> hits = IntStream.range(64, 128).mapToObj(channel -> hit(1, channel, 3, 0)).toList();

    WindowSummary summary = summary(combine(COURSE, hits), COURSE);

    assertThat(summary.chamber(3).activeChannels().count(63), is(1L));
    assertThat(summary.chamber(3).activeChannels().edge(63), is(64));
  }

  @Test
  void theEarliestScintillatorHitOfAnOrbitOpensItsGateOnce() {
    List<Long> hits =
        List.of(hit(1, 128, 101, 3), hit(0, 0, 104, 0), hit(1, 128, 100, 29), hit(1, 128, 101, 0));

    WindowSummary summary = summary(combine(COURSE, hits), COURSE);

    // (104 * 30 - (100 * 30 + 29)) * 25/30 + 93.9 ns = 169.73 ns
    ChamberSummary chamber = summary.chamber(0);
    assertThat(chamber.driftTime().count((160 + 150) / 10), is(1L));
    assertThat(chamber.driftTime().entries(), is(1L));
    assertThat(chamber.scintillatorOccupancy().count(0), is(1L));
    assertThat(summary.scintillatorHits(), is(3L));
    assertThat(summary.scintillatorOrbits(), is(1L));
  }

  @Test
  void anOrbitAboveTwoToTheThirtyOneIsAnOrbitOfItsOwn() {
    List<Long> hits =
        LongStream.of(0, 2_147_483_647L, 2_147_483_648L, 4_294_967_295L)
            .mapToObj(orbit -> Course.hit(0, 1, orbit, 1, 1))
            .toList();

    assertThat(summary(combine(COURSE, hits), COURSE).orbits(), is(4L));
  }

  /** With whole offsets, edges are hit exactly: 12 ticks of 25/30 ns are 10 ns. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "5", "-10", "93.75", "0.000", "3.333"})
  void aDriftTimeOnAnEdgeBelongsToTheBinAboveIt(String offset) {
    Detector run = withOffset(offset);
    List<Long> hits = new ArrayList<>();
    int scintillator = 2000 * 30;
    // Every tick from below the first edge to above the last, an orbit each.
    for (int ticks = -330; ticks <= 960; ticks++) {
      long orbit = ORBIT + ticks;
      hits.add(Course.hit(1, 128, orbit, 2000, 0));
      int at = scintillator + ticks;
      hits.add(Course.hit(0, 7, orbit, at / 30, at % 30));
    }

    assertThat(combine(run, hits), is(countsOf(run, List.of(hits))));
  }

  @Test
  void withoutOffsetTwelveTicksFillOneBinAndTheEdgesAreWhereTheyStand() {
    Detector run = withOffset("0");
    List<Long> hits =
        List.of(
            Course.hit(1, 128, 1, 2000, 0),
            Course.hit(0, 1, 1, 2000, 0), // 0 ns
            Course.hit(0, 1, 1, 2000, 11), // 9.17 ns
            Course.hit(0, 1, 1, 2000, 12), // 10 ns
            Course.hit(0, 1, 1, 1994, 0), // -150 ns
            Course.hit(0, 1, 1, 1993, 29), // -150.83 ns
            Course.hit(0, 1, 1, 2025, 29), // 649.17 ns
            Course.hit(0, 1, 1, 2026, 0)); // 650 ns

    ChamberSummary chamber = summary(combine(run, hits), run).chamber(0);

    assertThat(chamber.driftTime().count(15), is(2L));
    assertThat(chamber.driftTime().count(16), is(1L));
    assertThat(chamber.driftTime().count(0), is(1L));
    assertThat(chamber.driftTime().underflow(), is(1L));
    assertThat(chamber.driftTime().count(79), is(1L));
    assertThat(chamber.driftTime().overflow(), is(1L));
  }

  @Test
  void anotherRunsMappingAndOffsetsAreTaken() {
    Detector run =
        COURSE.with(
            tree -> {
              ArrayNode chambers = (ArrayNode) tree.get("chambers");
              chambers.insert(0, chambers.remove(1));
              ((ArrayNode) tree.get("scintillators"))
                  .removeAll()
                  .addObject()
                  .put("board", 3)
                  .put("channel", 200);
            });
    List<Long> hits =
        List.of(hit(0, 5, 100, 0), hit(0, 69, 101, 0), hit(1, 128, 50, 0), hit(3, 200, 100, 0));

    WindowCounts counts = combine(run, hits);

    assertThat(counts, is(countsOf(run, List.of(hits))));
    assertThat(summary(counts, run).chamber(0).occupancy().edge(5), is(69));
    assertThat(summary(counts, run).otherHits(), is(1L));
  }

  private static Detector withOffset(String offset) {
    return COURSE.with(
        tree ->
            tree.get("chambers")
                .forEach(
                    chamber ->
                        ((ObjectNode) chamber).put("driftOffsetNs", new BigDecimal(offset))));
  }

  private static List<Long> hits(Random random, int count) {
    List<Long> hits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long orbit = (ORBIT + random.nextInt(count / 8 + 1)) * (1 + random.nextInt(2)) % (1L << 32);
      hits.add(
          switch (random.nextInt(10)) {
            case 0 -> Course.hit(1, 128, orbit, 100 + random.nextInt(8), random.nextInt(32));
            case 1 -> Course.hit(random.nextInt(8), random.nextInt(512), orbit, 100, 0);
            default ->
                Course.hit(
                    random.nextInt(2),
                    random.nextInt(128),
                    orbit,
                    90 + random.nextInt(45),
                    random.nextInt(32));
          });
    }
    return hits;
  }

  private static long hit(int fpga, int channel, int bx, int tdc) {
    return Course.hit(fpga, channel, ORBIT, bx, tdc);
  }

  private static WindowCounts combine(Detector detector, List<Long> hits) {
    ChannelMap cells = new ChannelMap(detector.description());
    HistogramCombiner combiner =
        new HistogramCombiner(detector.description(), Course.TURNS, true, true);
    return combiner.apply(List.of(Course.packed(hits, cells)));
  }

  private static WindowSummary summary(WindowCounts counts, Detector detector) {
    return counts.summary(detector.description(), Optional.empty(), 0);
  }

  /** Counts whose summary is the reference's of the same hits. */
  private static Matcher<WindowCounts> countsOf(Detector detector, List<List<Long>> blocks) {
    JsonNode expected =
        ReferenceMonitor.batch(
            blocks.stream().filter(b -> !b.isEmpty()).map(Course::record).toList(),
            detector.json());
    return new FeatureMatcher<>(SameSummary.as(expected), "counts of", "summary") {
      @Override
      protected byte[] featureValueOf(WindowCounts counts) {
        return SummaryJson.write(summary(counts, detector));
      }
    };
  }
}
