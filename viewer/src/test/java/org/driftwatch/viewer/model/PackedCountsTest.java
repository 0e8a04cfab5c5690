package org.driftwatch.viewer.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import java.util.Arrays;
import java.util.Random;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.viewer.Summaries;
import org.junit.jupiter.api.Test;

class PackedCountsTest {
  @Test
  void countsOfAnySizeAndRunsOfZerosOfAnyLengthComeBackAsTheyWere() {
    long seed = Long.getLong("driftwatch.seed", 20);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      long[] row = new long[1 + random.nextInt(700)];
      double zeros = random.nextDouble();
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextDouble() < zeros ? 0 : random.nextLong() >>> (1 + random.nextInt(63));
      }
      byte[] packed = PackedCounts.pack(row);
      assertThat("seed " + seed, unpacked(packed, row.length), equalTo(row));
      int index = random.nextInt(row.length);
      assertThat("seed " + seed, PackedCounts.get(packed, index), equalTo(row[index]));
      long[] first = new long[index];
      PackedCounts.first(packed, first);
      assertThat("seed " + seed, first, equalTo(Arrays.copyOf(row, index)));
    }
  }

  private static long[] unpacked(byte[] packed, int length) {
    long[] row = new long[length];
    PackedCounts.add(packed, row);
    return row;
  }

  @Test
  void foursOfSmallCountsAreASinglePart() {
    long seed = Long.getLong("driftwatch.seed", 20);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      PackedCounts.Packer packer = new PackedCounts.Packer(1_000);
      packer.put(7);
      packer.clear();
      long[] row = new long[random.nextInt(900)];
      for (int i = 0; i < row.length; ) {
        boolean isFour = row.length - i >= 4 && random.nextBoolean();
        long limit = isFour ? 128 : 1_000;
        int many = isFour ? 4 : 1;
        long four = 0;
        for (int k = 0; k < many; k++) {
          row[i + k] = random.nextBoolean() ? 0 : random.nextLong(limit);
          four |= row[i + k] << (8 * k);
        }
        if (isFour) {
          packer.four((int) four);
        } else if (row[i] == 0) {
          packer.zeros(1);
        } else {
          packer.put(row[i]);
        }
        i += many;
      }
      assertThat("seed " + seed, packer.take(), equalTo(PackedCounts.pack(row)));
    }
  }

  @Test
  void aRowOfZerosIsAFewBytes() {
    assertThat(
        PackedCounts.pack(new long[SummaryLayout.of(Summaries.COURSE).size()]).length, equalTo(3));
  }

  @Test
  void theLargestCountSurvives() {
    long[] row = new long[300];
    Arrays.fill(row, Long.MAX_VALUE);
    assertThat(unpacked(PackedCounts.pack(row), row.length), equalTo(row));
  }

  @Test
  void aWindowTakesLessThanAThirdOfItsJson() {
    long[] row = SummaryLayout.of(Summaries.COURSE).counts(Summaries.window(0, 0, new Random(1)));
    assertThat(PackedCounts.pack(row).length, lessThan(800));
  }

  @Test
  void aSumBelowZeroIsKept() {
    long[] sum = {1, 2, 3};
    byte[] packed = PackedCounts.pack(new long[] {5, 0, -7});
    PackedCounts.add(packed, sum);
    assertThat(sum, equalTo(new long[] {6, 2, -4}));
    assertThat(PackedCounts.get(packed, 2), equalTo(-7L));
  }
}
