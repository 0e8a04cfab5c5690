package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelMapTest {
  private static final RunConfiguration COURSE = RunConfiguration.course();

  @Test
  void everyChannelOfEveryBoardIsWhereTheCourseSays() {
    ChannelMap map = new ChannelMap(COURSE);
    for (int fpga = 0; fpga <= 7; fpga++) {
      for (int channel = 0; channel <= 511; channel++) {
        int expected =
            fpga == 1 && channel == 128
                ? ChannelMap.SCINTILLATOR
                : fpga > 1 || channel > 127 ? ChannelMap.OTHER : fpga * 128 + channel;
        assertThat(
            fpga + "/" + channel, map.cell(HitWord.hit(fpga, channel, 7, 8, 9)), is(expected));
      }
    }
  }

  @Test
  void onlyBoardAndChannelDecide() {
    ChannelMap map = new ChannelMap(COURSE);

    assertThat(map.cell(HitWord.hit(1, 128, 4294967295L, 4095, 31)), is(ChannelMap.SCINTILLATOR));
    assertThat(map.cell(HitWord.hit(0, 0, 4294967295L, 4095, 31)), is(0));
    assertThat(map.cell(HitWord.hit(1, 127, 0, 0, 0)), is(255));
  }

  @Test
  void chambersOfAnotherRunMayLieAnywhere() {
    List<RunConfiguration.Chamber> chambers = new ArrayList<>(COURSE.chambers());
    Collections.swap(chambers, 0, 1);
    chambers.set(3, at(chambers.get(3), 7, 448));
    ChannelMap map =
        new ChannelMap(
            new RunConfiguration(
                "other",
                chambers,
                new RunConfiguration.Channel(1, 64),
                COURSE.cellWidthMm(),
                COURSE.cellHeightMm(),
                COURSE.driftVelocityUmPerNs(),
                COURSE.maxDriftNs()));

    assertThat(map.cell(HitWord.hit(0, 64, 1, 1, 1)), is(0));
    assertThat(map.cell(HitWord.hit(0, 0, 1, 1, 1)), is(64));
    assertThat(map.cell(HitWord.hit(7, 511, 1, 1, 1)), is(3 * 64 + 63));
    assertThat(map.cell(HitWord.hit(1, 64, 1, 1, 1)), is(ChannelMap.SCINTILLATOR));
    assertThat(map.cell(HitWord.hit(1, 128, 1, 1, 1)), is(ChannelMap.OTHER));
  }

  private static RunConfiguration.Chamber at(
      RunConfiguration.Chamber chamber, int fpga, int firstChannel) {
    return new RunConfiguration.Chamber(
        fpga,
        firstChannel,
        chamber.driftOffsetNs(),
        chamber.zMm(),
        chamber.turned(),
        chamber.deadCells(),
        chamber.weakCells(),
        chamber.hotCells());
  }
}
