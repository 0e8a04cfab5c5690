package org.driftwatch.emulator.faults;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MalformationTest {
  @TempDir static Path folder;

  static Stream<Arguments> ofEachDetector() throws IOException {
    List<DetectorDescription> detectors = new ArrayList<>(Descriptions.shipped());
    detectors.add(
        Descriptions.changed(
            folder, "two-stations", text -> text.replace("19", "64").replace("24.95", "25")));
    return detectors.stream()
        .flatMap(detector -> Malformation.of(detector).stream().map(m -> arguments(detector, m)));
  }

  @ParameterizedTest
  @MethodSource("ofEachDetector")
  void eachIsOneMalformedRecordForItsOwnReason(
      DetectorDescription detector, Malformation malformation) {
    List<String> reasons = new ArrayList<>();
    new RecordParser(detector)
        .parse(
            malformation.value(detector),
            malformation.isMarked(detector) ? ValueFormat.BLOCK : ValueFormat.UNMARKED,
            new RecordSink() {
              @Override
              public void hit(long word, long orbitAbove) {
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

  @Test
  void wordsAreMalformedOnlyAsWordsCanBe() throws IOException {
    assertThat(
        Malformation.of(DetectorDescription.load("daq-blocks")),
        contains(Malformation.EMPTY, Malformation.WORD));
  }

  @Test
  void aHitOfTheCourseIsSpelledWithItsColumns() {
    assertThat(
        new String(Malformation.TRAILING.value(Course.DETECTOR), StandardCharsets.US_ASCII),
        is(
            "{\"HEAD\":2,\"FPGA\":0,\"TDC_CHANNEL\":17,\"ORBIT_CNT\":616953,"
                + "\"BX_COUNTER\":2871,\"TDC_MEAS\":26} {}"));
    assertThat(
        new String(Malformation.MISSING.value(Course.DETECTOR), StandardCharsets.US_ASCII),
        is(
            "{\"HEAD\":2,\"FPGA\":0,\"TDC_CHANNEL\":17,\"ORBIT_CNT\":616953,"
                + "\"BX_COUNTER\":2871}"));
    assertThat(
        new String(Malformation.FIELDS.value(Course.DETECTOR), StandardCharsets.US_ASCII),
        is("2,0,17,616953,2871"));
  }
}
