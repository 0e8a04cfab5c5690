package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.driftwatch.detector.reference.Parsed;
import org.driftwatch.detector.reference.ReferenceParser;
import org.driftwatch.detector.testing.CollectedRecords;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Samples;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HitWordTest {
  @ParameterizedTest
  @CsvSource({
    // head, fpga, channel, orbit, bx, tdc, the word: bits 61, 58, 49, 17, 5 and 0 on
    "0, 0, 0, 0, 0, 0, 0000000000000000",
    "0, 0, 0, 0, 0, 31, 000000000000001f",
    "0, 0, 0, 0, 4095, 0, 000000000001ffe0",
    "0, 0, 0, 4294967295, 0, 0, 0001fffffffe0000",
    "0, 0, 511, 0, 0, 0, 03fe000000000000",
    "0, 7, 0, 0, 0, 0, 1c00000000000000",
    "7, 0, 0, 0, 0, 0, e000000000000000",
    "2, 1, 128, 3387315431, 3563, 30, 450193cca9cfbd7e",
    "7, 7, 511, 4294967295, 4095, 31, ffffffffffffffff",
  })
  void everyFieldStandsAtItsBits(
      int head, int fpga, int channel, long orbit, int bx, int tdc, String hex) {
    long word = HitWord.of(head, fpga, channel, orbit, bx, tdc);

    assertThat(String.format("%016x", word), is(hex));
    assertThat(HitWord.head(word), is(head));
    assertThat(HitWord.fpga(word), is(fpga));
    assertThat(HitWord.channel(word), is(channel));
    assertThat(HitWord.boardChannel(word), is(fpga * 512 + channel));
    assertThat(HitWord.orbit(word), is(orbit));
    assertThat(HitWord.bx(word), is(bx));
    assertThat(HitWord.tdc(word), is(tdc));
    assertThat(HitWord.bxAndTdc(word), is(bx * 32 + tdc));
    assertThat(DaqRecord.ofWord(word).word(), is(word));
  }

  @Test
  void anyWordIsTakenApartAndPutTogetherAgain() {
    Random random = Seed.random("any word");
    for (int i = 0; i < 10_000; i++) {
      long word = random.nextLong();
      assertThat(DaqRecord.ofWord(word).word(), is(word));
      assertThat(DaqRecord.ofWord(word).isHit(), is(word >>> 61 == 2));
    }
  }

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
      int head, int fpga, int channel, long orbit, int bx, double tdc) {
    DaqRecord record = new DaqRecord(head, fpga, channel, orbit, bx, tdc);

    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, record::word);

    assertThat(refused.getMessage(), is(record + " does not fit the widths of a DAQ word"));
  }

  @Test
  void aRecordFromAnySourceKeepsItsFieldsAsAWord() {
    RandomRecords records = new RandomRecords(Seed.random("records as words"));
    for (int i = 0; i < 1000; i++) {
      DaqRecord hit = records.hit();
      assertThat(DaqRecord.ofWord(hit.word()), is(hit));
    }
  }

  /** Counts found once in the real file by other means. */
  @Test
  void aRealDaqFileIsHitsWithinTheDetectorsRanges() throws IOException {
    byte[] file = Files.readAllBytes(Samples.file("minidt-run591-head.dat"));
    CollectedRecords found = CollectedRecords.of(file, true);
    assertThat(found.hits, hasSize(65_536));
    assertThat(found.malformed, hasSize(0));

    Parsed expected = ReferenceParser.parse(file, true);
    Map<String, Integer> perChamber = new HashMap<>();
    for (int i = 0; i < found.hits.size(); i++) {
      long word = found.hits.get(i);
      assertThat(
          new Parsed.Hit(
              HitWord.fpga(word),
              HitWord.channel(word),
              HitWord.orbit(word),
              HitWord.bx(word),
              HitWord.tdc(word)),
          is(expected.hits().get(i)));
      perChamber.merge(HitWord.fpga(word) + "/" + HitWord.channel(word) / 64, 1, Integer::sum);
    }
    assertThat(
        perChamber,
        is(Map.of("0/0", 9796, "0/1", 14712, "0/2", 271, "1/0", 25117, "1/1", 15182, "1/2", 458)));
    List<Long> first = found.hits.subList(0, 1);
    assertThat(first, is(List.of(HitWord.hit(0, 71, 46_758, 279, 19))));
    assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(), is(first.get(0)));
  }
}
