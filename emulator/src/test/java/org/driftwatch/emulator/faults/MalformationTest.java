package org.driftwatch.emulator.faults;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MalformationTest {
  @ParameterizedTest
  @EnumSource(Malformation.class)
  void eachIsOneMalformedRecordForItsOwnReason(Malformation malformation) {
    List<String> reasons = new ArrayList<>();
    new RecordParser()
        .parse(
            malformation.value(),
            malformation.isWords(),
            new RecordSink() {
              @Override
              public void hit(long word) {
                throw new AssertionError("a hit");
              }

              @Override
              public void triggerWord(int head) {
                throw new AssertionError("a trigger word");
              }

              @Override
              public void malformed(RecordFault fault, int index, int from, int to, String reason) {
                reasons.add(reason);
              }
            });
    assertThat(reasons.toString(), reasons.size(), is(1));
    assertThat(reasons.get(0), containsString(malformation.reason()));
  }
}
