package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordPackingTest {
  private static final RecordPacking COURSE = new RecordPacking(DetectorDescription.course());

  @ParameterizedTest
  @CsvSource({
    "8, 0, 0, 0, 0, 0",
    "-1, 0, 0, 0, 0, 0",
    "2, 8, 0, 0, 0, 0",
    "2, -1, 0, 0, 0, 0",
    "2, 0, 512, 0, 0, 0",
    "2, 0, -1, 0, 0, 0",
    "2, 0, 0, 4294967296, 0, 0",
    "2, 0, 0, -1, 0, 0",
    "2, 0, 0, 0, 4096, 0",
    "2, 0, 0, 0, -1, 0",
    "2, 0, 0, 0, 0, 32",
    "2, 0, 0, 0, 0, -1",
    "4, 0, 0, 0, 0, 1.5",
  })
  void aRecordThatDoesNotFitSaysSo(
      int head, int board, int channel, long orbit, int crossing, double tick) {
    DaqRecord record = new DaqRecord(head, board, channel, orbit, crossing, tick);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> COURSE.word(record));

    assertThat(refused.getMessage(), is(record + " does not fit the widths of a DAQ word"));
  }

  @Test
  void aHitOfTheCourseKeepsItsFieldsAsAWord() {
    RandomRecords records = new RandomRecords(Seed.random("records as words"));
    for (int i = 0; i < 1000; i++) {
      DaqRecord hit = records.hit();
      assertThat(COURSE.record(COURSE.word(hit), 0), is(hit));
    }
  }

  @Test
  void channelsThatCountFromOneCountFromZeroInAWord() throws IOException {
    RecordPacking packing = new RecordPacking(DetectorDescription.load("daq-text"));
    long word = packing.word(new DaqRecord(1, 1, 129, 7, 5, 3));
    assertThat(packing.layout().channel(word), is(128));
    assertThat(packing.layout().tick(word), is(3));
    long zero = packing.word(new DaqRecord(1, 1, 0, 7, 5, 3));
    assertThat("what is below the first", packing.layout().channel(zero), is(511));
    assertThat(packing.record(zero, 0).channel(), is(0));
  }

  @Test
  void withoutAHeadEveryRecordIsAHit() throws IOException {
    RecordPacking packing = new RecordPacking(DetectorDescription.load("two-stations"));
    assertThat(packing.isHit(new DaqRecord(0, 9, 99, -7, 5, 1.5)), is(true));
    assertThat(COURSE.isHit(new DaqRecord(2, 9, 99, -7, 5, 1.5)), is(true));
    assertThat(COURSE.isHit(new DaqRecord(0, 0, 0, 0, 0, 0)), is(false));
    assertThat(COURSE.isHit(new DaqRecord(9, 0, 0, 0, 0, 0)), is(false));
  }
}
