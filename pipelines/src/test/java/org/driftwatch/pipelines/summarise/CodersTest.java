package org.driftwatch.pipelines.summarise;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.block.HitGroup;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.orbits.HitAccumulatorCoder;
import org.driftwatch.pipelines.orbits.PackedRun;
import org.driftwatch.pipelines.testing.CoderChecks;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.tracks.MuonOrbit;
import org.junit.jupiter.api.Test;

class CodersTest {
  private static final SummaryLayout LAYOUT = SummaryLayout.of(Course.DETECTOR);

  private final Random random = Seed.random("coders");
  private final HistogramCombiner combiner = Course.combiner();

  @Test
  void accumulatorsSurviveTheirCoder() throws Exception {
    CoderChecks.assertSound(
        HitAccumulatorCoder.of(),
        List.of(
            combiner.createAccumulator(),
            accumulator(block(1)),
            accumulator(block(300)),
            accumulator(block(20_000)),
            accumulator(new WordBlock(Long.MAX_VALUE, 7, new long[0]))));
  }

  @Test
  void accumulatorsOfSeveralRunsAndTurnsSurviveTheirCoder() throws Exception {
    long[] first = block(50).words();
    long[] second = block(50).words();
    HitAccumulator several = accumulator(first, second);

    CoderChecks.assertSound(HitAccumulatorCoder.of(), List.of(several));
    HitAccumulator decoded = CoderUtils.clone(HitAccumulatorCoder.of(), several);
    assertThat(decoded.runs(), is(new TreeSet<>(List.of(0L, 591L, Long.MAX_VALUE))));
    assertThat("which hits are of which", decoded, is(not(accumulator(second, first))));
  }

  /** Hits of several groups, each as many. */
  private HitAccumulator accumulator(long[] first, long[] second) {
    HitAccumulator hits = combiner.createAccumulator();
    List<WordBlock> blocks =
        List.of(
            new WordBlock(new HitGroup(591, 0, 0), 50, 0, first),
            new WordBlock(new HitGroup(591, 0, 1), 50, 0, second),
            new WordBlock(new HitGroup(0, 7, 1), 50, 0, first),
            new WordBlock(
                new HitGroup(Long.MAX_VALUE, Long.MAX_VALUE, (1L << 52) - 1), 50, 0, second));
    for (WordBlock block : blocks) {
      hits = combiner.addInput(hits, block);
    }
    return hits;
  }

  @Test
  void moreHitsOfAShardThanAMessageOfARunnerHoldsAreRefusedInOneLine() {
    HitAccumulator part = accumulator(block(1_000_000));
    List<PackedRun> parts = Collections.nCopies(500, part.packed().get(0));
    HitAccumulator tooMany = new HitAccumulator(0, 0, List.of(), 0, parts);

    CoderException refused =
        assertThrows(
            CoderException.class,
            () -> HitAccumulatorCoder.of().encode(tooMany, OutputStream.nullOutputStream()));

    assertThat(
        refused.getMessage(),
        matchesPattern(
            "500000000 hits of a shard take \\d{10} bytes, expected 2146435071 or fewer:"
                + " use more --shards, or fewer or smaller files in one batch"));
  }

  @Test
  void countsSurviveTheirCoder() throws Exception {
    long[] largest = new long[LAYOUT.size()];
    Arrays.fill(largest, Long.MAX_VALUE);
    CoderChecks.assertSound(
        WindowCountsCoder.of(),
        List.of(
            counts(0),
            counts(500),
            new WindowCounts(largest, List.of(0L, Long.MAX_VALUE), Long.MIN_VALUE, -1, List.of()),
            new WindowCounts(
                largest,
                List.of(),
                0,
                0,
                List.of(
                    new MuonOrbit(-1, true, new long[] {Long.MAX_VALUE, 3}),
                    new MuonOrbit(0, false, new long[0])))));
  }

  @Test
  void countsAreWrittenInTheirLayoutThenTheRunsThenTheMarksThenTheEvents() throws Exception {
    long[] counts = new long[LAYOUT.size()];
    counts[SummaryLayout.RECORDS] = 1;
    counts[SummaryLayout.MALFORMED] = 2;
    counts[SummaryLayout.HITS] = 3;
    counts[SummaryLayout.SCINTILLATOR_HITS] = 4;
    counts[SummaryLayout.OTHER_HITS] = 5;
    counts[SummaryLayout.ORBITS] = 6;
    counts[SummaryLayout.SCINTILLATOR_ORBITS] = 7;
    int size = LAYOUT.size();
    byte[] expected = new byte[2 + size];
    expected[0] = (byte) (size % 128 + 128);
    expected[1] = (byte) (size / 128);
    for (int i = 0; i < size; i++) {
      expected[2 + i] = (byte) (i < 7 ? i + 1 : i % 100);
      counts[i] = expected[2 + i];
    }
    byte[] behind = {2, 5, 91, 8, 9, 1, 77, 1, 1, 6, 5, 4, 3, 2, 1, 0, 0};
    expected = Arrays.copyOf(expected, 2 + size + behind.length);
    System.arraycopy(behind, 0, expected, 2 + size, behind.length);
    List<MuonOrbit> events = List.of(new MuonOrbit(77, true, new long[] {0x010203040506L}));

    assertThat(
        CoderUtils.encodeToByteArray(
            WindowCountsCoder.of(), new WindowCounts(counts, List.of(91L, 5L), 8, 9, events)),
        is(expected));
  }

  @Test
  void shardsSurviveTheirCoder() throws Exception {
    CoderChecks.assertSound(
        ShardCountsCoder.of(),
        List.of(new ShardCounts(0, 0, counts(0)), new ShardCounts(7, 300, counts(500))));
  }

  @Test
  void heldWindowsSurviveTheirCoder() throws Exception {
    CoderChecks.assertSound(
        HeldWindowCoder.of(),
        List.of(
            HeldWindow.none(0, combiner),
            new HeldWindow(
                1_795_207_009_999L,
                200,
                accumulator(block(700)),
                List.of(
                    new WindowPane(1_795_207_009_999L, 201, accumulator(block(1))),
                    new WindowPane(1_795_207_009_999L, 300, accumulator(block(20)))))));
  }

  @Test
  void panesOfWindowsSurviveTheirCoder() throws Exception {
    CoderChecks.assertSound(
        WindowPaneCoder.of(),
        List.of(
            new WindowPane(0, 0, combiner.createAccumulator()),
            new WindowPane(1_795_207_009_999L, 1L << 40, accumulator(block(700)))));
  }

  @Test
  void placesSurviveTheirCoder() throws Exception {
    CoderChecks.assertSound(PlaceCoder.of(), List.of(new Place(0, 0), new Place(7, (1 << 20) - 1)));
  }

  private WordBlock block(int size) {
    long[] hits = random.longs(size, 0, 1L << 58).toArray();
    return new WordBlock(random.nextInt(1 << 20), random.nextInt(1 << 20), hits);
  }

  private HitAccumulator accumulator(WordBlock block) {
    return combiner.addInput(combiner.createAccumulator(), block);
  }

  private WindowCounts counts(int hits) {
    List<WordBlock> blocks = hits == 0 ? List.of() : List.of(cells(hits));
    return combiner.apply(blocks);
  }

  /** Hits in cells that exist, as the map gives them. */
  private WordBlock cells(int size) {
    long[] hits =
        random
            .longs(size, 0, 1L << 58)
            .map(hit -> (hit & ~(0x1FFL << 17)) | ((long) random.nextInt(258) << 17))
            .toArray();
    return new WordBlock(size, 0, hits);
  }
}
