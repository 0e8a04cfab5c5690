package org.driftwatch.pipelines.summarise;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.orbits.HitAccumulatorCoder;
import org.driftwatch.pipelines.testing.CoderChecks;
import org.junit.jupiter.api.Test;

class CodersTest {
  private final Random random = Seed.random("coders");
  private final HistogramCombiner combiner = new HistogramCombiner(RunConfiguration.course());

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
  void moreHitsOfAShardThanAMessageOfARunnerHoldsAreRefusedInOneLine() {
    HitAccumulator part = accumulator(block(1_000_000));
    List<byte[]> parts = Collections.nCopies(500, part.packed().get(0));
    HitAccumulator tooMany = new HitAccumulator(0, 0, 0, parts);

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
    long[] largest = new long[WindowCounts.SIZE];
    java.util.Arrays.fill(largest, Long.MAX_VALUE);
    CoderChecks.assertSound(
        WindowCountsCoder.of(), List.of(counts(0), counts(500), new WindowCounts(largest)));
  }

  @Test
  void countsAreWrittenAsScalarsThenMarksThenTheCountsOfTheChambers() throws Exception {
    long[] counts = new long[WindowCounts.SIZE];
    counts[SummaryLayout.RECORDS] = 1;
    counts[SummaryLayout.MALFORMED] = 2;
    counts[SummaryLayout.HITS] = 3;
    counts[SummaryLayout.SCINTILLATOR_HITS] = 4;
    counts[SummaryLayout.OTHER_HITS] = 5;
    counts[SummaryLayout.ORBITS] = 6;
    counts[SummaryLayout.SCINTILLATOR_ORBITS] = 7;
    counts[WindowCounts.MARKS] = 8;
    counts[WindowCounts.ANNOUNCED_MARKS] = 9;
    byte[] expected = new byte[9 + 4 * (64 + 64 + 64 + 80 + 2)];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) (i < 9 ? i + 1 : i % 100);
    }
    for (int i = 9; i < expected.length; i++) {
      counts[SummaryLayout.chamber(0) + i - 9] = expected[i];
    }

    assertThat(
        CoderUtils.encodeToByteArray(WindowCountsCoder.of(), new WindowCounts(counts)),
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
