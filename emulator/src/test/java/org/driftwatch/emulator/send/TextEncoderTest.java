package org.driftwatch.emulator.send;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.source.RowBatch;
import org.junit.jupiter.api.Test;

class TextEncoderTest {
  private final Sent sent = new Sent();
  private final RowBatch batch = Course.batch(8);

  private String value(int i) {
    return new String(sent.messages.get(i).value(), StandardCharsets.UTF_8);
  }

  @Test
  void aRowBecomesOneJsonObject() {
    batch.add(Course.hit(1, 128, 3387315431L, 3563, 30), 0);
    TextEncoder.json(Course.DETECTOR, sent, KeyRule.none(), RunNumbers.parse("1")).row(batch, 0, 5);
    assertThat(
        value(0),
        is(
            "{\"HEAD\":2,\"FPGA\":1,\"TDC_CHANNEL\":128,\"ORBIT_CNT\":3387315431,"
                + "\"BX_COUNTER\":3563,\"TDC_MEAS\":30}"));
  }

  @Test
  void aRowBecomesOneCsvLine() {
    batch.add(new DaqRecord(5, 1, 0, 3387315431L, 0, 45.5));
    TextEncoder.csv(Course.DETECTOR, sent, KeyRule.none(), RunNumbers.parse("1")).row(batch, 0, 5);
    assertThat(value(0), is("5,1,0,3387315431,0,45.5"));
  }

  @Test
  void hitsAreStampedByOrbitAndTriggerWordsByTheirDueTime() {
    batch.add(Course.hit(0, 1, 42, 0, 1), 0);
    batch.add(new DaqRecord(4, 0, 0, 42, 0, -0.5));
    batch.add(Course.hit(1, 2, 42, 0, 1), 0);
    batch.add(Course.hit(1, 2, 43, 0, 1), 0);
    TextEncoder encoder =
        TextEncoder.json(Course.DETECTOR, sent, KeyRule.none(), RunNumbers.parse("1"));
    for (int i = 0; i < batch.size(); i++) {
      encoder.row(batch, i, 1000 + 10 * i);
    }
    assertThat(
        sent.messages.stream().map(Message::stamp).toList(), contains(1000L, 1010L, 1000L, 1030L));
  }

  @Test
  void aHitWithAnOrbitBeyondTheCounterIsSentAsItIs() {
    batch.add(new DaqRecord(2, 0, 1, 4294967296L, 0, 1));
    TextEncoder.csv(Course.DETECTOR, sent, KeyRule.none(), RunNumbers.parse("1")).row(batch, 0, 7);
    assertThat(value(0), is("2,0,1,4294967296,0,1"));
    assertThat(sent.messages.get(0).stamp(), is(7L));
  }
}
