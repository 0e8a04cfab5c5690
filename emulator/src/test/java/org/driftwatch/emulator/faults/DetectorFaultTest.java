package org.driftwatch.emulator.faults;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.faults.DetectorFault.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorFaultTest {
  private static DetectorFault course(String text) {
    return DetectorFault.parse(text, Course.DETECTOR);
  }

  @Test
  void kindPlaceAmountAndTimesAreRead() {
    DetectorFault fault = course("noisy:chamber3.cell5=x20@60s-1.5m");
    assertThat(fault.kind(), is(Kind.NOISY));
    assertThat(fault.places().get(0).cells(), contains(3 * 64 + 5));
    assertThat(fault.amount(), is(20.0));
    assertThat(fault.fromNs(), is(60_000_000_000L));
    assertThat(fault.toNs(), is(90_000_000_000L));
    assertThat(course("dead:scintillator@500ms").fromNs(), is(500_000_000L));
    assertThat(course("dead:board1@2h").toNs(), is(Long.MAX_VALUE));
    assertThat(course("efficiency:chamber1=70%@1s").amount(), is(0.7));
    assertThat(course("rate:all=.25@1s").amount(), is(0.25));
    assertThat(course("shift:chamber2=-12.5ns@1s-2s").amount(), is(-12.5));
    assertThat(course("shift:chamber2=+25ns@1s-2s").amount(), is(25.0));
    assertThat(course("swap:chamber0, chamber2@1s").places(), hasSize(2));
  }

  /** Layer 3 of the course has the channels 2, 6, 10 and so on, see docs/detectors.md. */
  @Test
  void aLayerIsThatOfTheDescriptionAndAWireIsACell() {
    List<Integer> layer = course("dead:chamber1.layer3@1s").places().get(0).cells();
    assertThat(layer, hasSize(16));
    for (int wire = 1; wire <= 16; wire++) {
      int cell = layer.get(wire - 1) - 64;
      assertThat(Course.DETECTOR.chambers().get(1).layer(cell), is(3));
      assertThat(Course.DETECTOR.chambers().get(1).wire(cell), is(wire));
      assertThat(
          course("dead:chamber1.layer3.wire" + wire + "@1s").places().get(0).cells(),
          contains(cell + 64));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dead|expected KIND:WHERE[=AMOUNT]@FROM[-TO], as in dead:chamber2@60s-120s",
        "daed:chamber0@1s|kind \"daed\", did you mean dead?",
        "broken:chamber0@1s|kind \"broken\", expected noisy, dead, efficiency, shift, swap, rate",
        "dead:chamber0|without a time, expected @FROM or @FROM-TO",
        "dead:chamber0@|time \"\", expected FROM or FROM-TO in ms, s, m or h",
        "dead:chamber0@60|time \"60\", expected FROM",
        "dead:chamber0@60s-|time \"\", expected",
        "dead:chamber0@60s-50s|time 60s-50s, expected the end after the beginning",
        "dead:chamber0@60s-1m|time 60s-1m, expected the end after",
        "dead:chamber7@1s|\"course\" has 4 chambers, expected chamber0 to chamber3",
        "dead:chamber0.cell64@1s|chamber0 has 64 cells, expected cell0 to cell63",
        "dead:chamber0.layer0@1s|chamber0 has 4 layers, expected layer1 to layer4",
        "dead:chamber0.layer5@1s|chamber0 has 4 layers, expected layer1 to layer4",
        "dead:chamber0.layer1.wire17@1s|chamber0 has 16 wires a layer, expected wire1 to wire16",
        "dead:board7@1s|has no such board, expected board0, board1",
        "dead:chamer0@1s|\"chamer0\", did you mean chamber0?",
        "dead:chamber0.lyer2@1s|did you mean chamber0.layer2?",
        "dead:hall@1s|\"hall\", expected chamberN, chamberN.layerM, chamberN.cellK, scintillator",
        "dead:everything@1s|\"everything\", expected chamberN",
        "dead:@1s|\"\", expected chamberN",
        "dead:all@1s|all, expected chamberN, chamberN.layerM",
        "dead:chamber0=0.5@1s|dead has no amount",
        "noisy:board0=x3@1s|board0, expected chamberN.cellK, chamberN.layerM, chamberN",
        "noisy:chamber0.cell1@1s|no amount, expected how many times the mean rate",
        "noisy:chamber0.cell1=20@1s|amount 20, expected how many times the mean rate, above x1",
        "noisy:chamber0.cell1=x1@1s|amount x1, expected",
        "efficiency:chamber0=1.5@1s|amount 1.5, expected the share of hits that are kept, 0 to",
        "efficiency:chamber0=70@1s|amount 70, expected the share of hits that are kept",
        "efficiency:chamber0=-1@1s|amount -1, expected",
        "shift:chamber0=25@1s|amount 25, expected ns",
        "shift:chamber0=0.4ns@1s|ticks of 0.833 ns, expected at least half of one",
        "shift:chamber0=9000000ns@1s|amount 9000000ns, expected ns, -1000000ns to 1000000ns",
        "swap:chamber0@1s|\"chamber0\", expected two places, as in chamber0,chamber2",
        "swap:chamber0,chamber0@1s|both are the same, expected two different places",
        "swap:chamber0,chamber1.layer2@1s|chamber0 has 64 cells and chamber1.layer2 16",
      })
  void whatIsNotUnderstoodIsToldInOneLine(String text, String message) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> course(text));
    assertThat(e.getMessage(), containsString(message));
    assertThat(e.getMessage(), containsString("\"" + text + "\": "));
    assertThat(e.getMessage().lines().count(), is(1L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dead:chamber0@1s|dead:chamber0@5s-9s|expected different times or places",
        "rate:all=0.5@1s-9s|rate:all=0.7@8s|expected different times or places",
        "dead:chamber0.cell3@1s|dead:chamber0.layer1.wire1@2s|expected different times or places",
        "swap:chamber0,chamber1@1s|swap:chamber1,chamber2@2s|expected different places to be swap",
        "swap:chamber0,chamber1@1s|swap:chamber2.cell1,chamber1.cell9@2s|different places",
      })
  void faultsThatContradictEachOtherAreRefused(String one, String other, String message) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> DetectorFault.parse(List.of(one, other), Course.DETECTOR));
    assertThat(
        e.getMessage(),
        containsString("\"" + other + "\": at the same time as \"" + one + "\", expected "));
    assertThat(e.getMessage(), containsString(message));
  }

  @Test
  void faultsThatComposeAreTaken() {
    List<String> several =
        List.of(
            "dead:chamber0@1s-2s",
            "dead:chamber0@2s-3s",
            "dead:chamber0.layer1@1s",
            "efficiency:chamber1=0.5@1s",
            "efficiency:chamber1.layer1=0.5@1s",
            "swap:chamber0,chamber1@1s",
            "swap:chamber2,chamber3@1s");
    assertThat(DetectorFault.parse(several, Course.DETECTOR), hasSize(several.size()));
  }

  @Test
  void aDetectorWithoutAScintillatorHasNone() throws IOException {
    DetectorDescription stations = DetectorDescription.load("two-stations");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> DetectorFault.parse("dead:scintillator@1s", stations));
    assertThat(e.getMessage(), is("\"dead:scintillator@1s\": detector \"two-stations\" has none"));
  }
}
