package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.testing.CollectedRecords;
import org.driftwatch.detector.testing.RandomRecords;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;

class RecordWriterTest {
  private static final DaqRecord HIT = new DaqRecord(2, 1, 128, 3387315431L, 3563, 30);
  private static final DaqRecord TRIGGER = new DaqRecord(4, 1, 0, 3387315431L, 34952, -67.3);

  @Test
  void jsonIsOneLineWithTheColumnsInOrder() {
    assertThat(
        new String(new RecordWriter().json(HIT).take(), US_ASCII),
        is(
            "{\"HEAD\":2,\"FPGA\":1,\"TDC_CHANNEL\":128,\"ORBIT_CNT\":3387315431,"
                + "\"BX_COUNTER\":3563,\"TDC_MEAS\":30}"));
  }

  @Test
  void csvIsTheColumnsInOrder() {
    assertThat(
        new String(new RecordWriter().csv(TRIGGER).take(), US_ASCII),
        is("4,1,0,3387315431,34952,-67.3"));
  }

  @Test
  void takingStartsAnew() {
    RecordWriter writer = new RecordWriter();
    writer.csv(HIT).newLine().csv(HIT);
    assertThat(writer.length(), is(53));

    writer.take();

    assertThat(writer.length(), is(0));
    assertThat(writer.take().length, is(0));
    assertThat(new String(writer.csv(HIT).take(), US_ASCII), is("2,1,128,3387315431,3563,30"));
  }

  @Test
  void whatIsWrittenIsReadBackInEveryFormat() {
    Random random = Seed.random("round trips");
    RandomRecords records = new RandomRecords(random);
    RecordWriter writer = new RecordWriter();
    for (int i = 0; i < 2000; i++) {
      List<DaqRecord> sent = new ArrayList<>();
      for (int n = random.nextInt(200); n >= 0; n--) {
        sent.add(records.any());
      }
      for (DaqRecord record : sent) {
        if (random.nextBoolean()) {
          writer.json(record);
        } else {
          writer.csv(record);
        }
        writer.newLine();
      }
      assertRead(CollectedRecords.of(writer.take(), false), sent);

      List<DaqRecord> words = sent.stream().filter(DaqRecord::isHit).toList();
      words.forEach(hit -> writer.word(hit.word()));
      if (!words.isEmpty()) {
        assertRead(CollectedRecords.of(writer.take(), true), words);
      }
    }
  }

  @Test
  void aTriggerWordsFractionIsWrittenAsItIs() throws IOException {
    Random random = Seed.random("fractions");
    ObjectMapper mapper = new ObjectMapper();
    for (int i = 0; i < 5000; i++) {
      double tdc =
          switch (random.nextInt(4)) {
            case 0 -> random.nextGaussian() * 100;
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> random.nextInt();
            default -> random.nextLong();
          };
      if (!Double.isFinite(tdc)) {
        continue;
      }
      byte[] json = new RecordWriter().json(new DaqRecord(4, 0, 0, 0, 0, tdc)).take();
      JsonNode read = mapper.readTree(json).get("TDC_MEAS");
      assertThat(new String(json, US_ASCII), read.doubleValue(), is(tdc == 0 ? 0.0 : tdc));
      assertThat(CollectedRecords.of(json, false).triggerWords, is(List.of(4)));
    }
  }

  private static void assertRead(CollectedRecords found, List<DaqRecord> sent) {
    assertThat(found.malformed, is(empty()));
    assertThat(
        found.hits, is(sent.stream().filter(DaqRecord::isHit).map(DaqRecord::word).toList()));
    assertThat(
        found.triggerWords,
        is(sent.stream().filter(r -> !r.isHit()).map(DaqRecord::head).toList()));
  }
}
