package org.driftwatch.pipelines.summarise;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;
import org.driftwatch.pipelines.orbits.HitPacking;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class MapToChambersTest {
  @Test
  void everyHitGetsItsCellAndKeepsOrbitAndTime(TestPipeline pipeline) {
    long[] words = {
      Course.hit(0, 63, 4_294_967_295L, 4095, 31),
      Course.hit(1, 64, 0, 0, 0),
      Course.hit(1, 128, 7, 8, 9),
      Course.hit(1, 138, 2_147_483_648L, 3563, 30)
    };

    PCollection<WordBlock> hits =
        pipeline
            .apply(
                Create.of(new WordBlock(9, 2, words), new WordBlock(0, 1, new long[0]))
                    .withCoder(WordBlockCoder.of()))
            .apply(new MapToChambers(Course.DETECTOR, Course.TURNS));

    PAssert.that(hits)
        .containsInAnyOrder(
            new WordBlock(
                9,
                2,
                new long[] {
                  Course.packed(words[0], 63),
                  Course.packed(words[1], 192),
                  Course.packed(words[2], 256),
                  Course.packed(words[3], 257)
                }),
            new WordBlock(0, 1, new long[0]));
    pipeline.run();
  }

  @Test
  void aPackedHitGivesBackWhatWasPacked() {
    HitPacking packing = Course.PACKING;
    for (int cell : new int[] {0, 63, 64, 255, 256, 257}) {
      for (long orbit : new long[] {0, 2_147_483_648L, 4_294_967_295L}) {
        long hit = packing.pack(Course.hit(7, 511, orbit, 4095, 31), cell);
        assertThat(packing.orbit(hit), is(orbit));
        assertThat(hit & ((1L << packing.orbitShift()) - 1), is(((cell + 1L) << 17) - 1));
      }
    }
  }
}
