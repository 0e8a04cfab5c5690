package org.driftwatch.pipelines.summarise;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;
import org.driftwatch.pipelines.orbits.PackedHit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class MapToChambersTest {
  @Test
  void everyHitGetsItsCellAndKeepsOrbitAndTime(TestPipeline pipeline) {
    long[] words = {
      HitWord.hit(0, 63, 4_294_967_295L, 4095, 31),
      HitWord.hit(1, 64, 0, 0, 0),
      HitWord.hit(1, 128, 7, 8, 9),
      HitWord.hit(1, 138, 2_147_483_648L, 3563, 30)
    };

    PCollection<WordBlock> hits =
        pipeline
            .apply(
                Create.of(new WordBlock(9, 2, words), new WordBlock(0, 1, new long[0]))
                    .withCoder(WordBlockCoder.of()))
            .apply(new MapToChambers(RunConfiguration.course()));

    PAssert.that(hits)
        .containsInAnyOrder(
            new WordBlock(
                9,
                2,
                new long[] {
                  PackedHit.of(words[0], 63),
                  PackedHit.of(words[1], 192),
                  PackedHit.of(words[2], ChannelMap.SCINTILLATOR),
                  PackedHit.of(words[3], ChannelMap.OTHER)
                }),
            new WordBlock(0, 1, new long[0]));
    pipeline.run();
  }

  @Test
  void aPackedHitGivesBackWhatWasPacked() {
    for (int cell : new int[] {0, 63, 64, 255, ChannelMap.SCINTILLATOR, ChannelMap.OTHER}) {
      for (long orbit : new long[] {0, 2_147_483_648L, 4_294_967_295L}) {
        long hit = PackedHit.of(HitWord.hit(7, 511, orbit, 4095, 31), cell);
        assertThat(PackedHit.cell(hit), is(cell));
        assertThat(PackedHit.orbit(hit), is(orbit));
        assertThat(PackedHit.bx(hit), is(4095));
        assertThat(PackedHit.tdc(hit), is(31));
      }
    }
  }
}
