package org.driftwatch.emulator.simulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.simulator.Truth.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How settings of the simulated detector are read. */
class TruthTest {
  private static Truth course(String... settings) {
    return Truth.parse(List.of(settings), Course.DETECTOR);
  }

  @Test
  void theMorePreciseSettingCountsInAnyOrder() {
    for (Truth truth :
        List.of(
            course("efficiency=0.9", "efficiency:chamber1=80%", "efficiency:chamber1.cell5=.5"),
            course("efficiency:chamber1.cell5=50%", "efficiency:chamber1=0.8", "efficiency=0.9"))) {
      double[][] efficiency = truth.ofCells(Property.EFFICIENCY);
      assertThat(efficiency[0][5], is(0.9));
      assertThat(efficiency[1][4], is(0.8));
      assertThat(efficiency[1][5], is(0.5));
    }
    Truth truth = course("t0:chamber2=-3ns", "t0:all=1.5ns");
    assertThat(truth.ofChambers(Property.T0), is(new double[] {1.5, 1.5, -3, 1.5}));
    assertThat(truth.ofChambers(Property.TILT), is(new double[4]));
  }

  @Test
  void aLayerAndAWireNameCellsAsTheDescriptionDoes() {
    double[][] noise =
        course("noise:chamber3.layer4=x2", "noise:chamber3.layer4.wire2=x0")
            .ofCells(Property.NOISE);
    // Channel 0 of each four is of layer 4.
    assertThat(noise[3][0], is(2.0));
    assertThat(noise[3][1], is(1.0));
    assertThat(noise[3][4], is(0.0));
    assertThat(noise[2][0], is(1.0));
  }

  @Test
  void resolutionIsInNanosecondsOrMicrometres() {
    assertThat(course("resolution=260um").ofChambers(Property.RESOLUTION)[0], closeTo(4.83, 0.01));
    assertThat(course("resolution=4.8ns").ofChambers(Property.RESOLUTION)[0], is(4.8));
  }

  @Test
  void aDeadCellLivesOnlyWhereItIsNamed() {
    int dead = Course.DETECTOR.chambers().get(0).deadCells().get(0);
    CellResponse all = new CellResponse(Course.DETECTOR, course("efficiency=1"));
    assertThat(all.efficiency(0)[dead], is(0.0));
    String named = "efficiency:chamber0.cell" + dead + "=1";
    assertThat(new CellResponse(Course.DETECTOR, course(named)).efficiency(0)[dead], is(1.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "efficency=0.9|key \"efficency\", did you mean efficiency?",
        "speed=3|key \"speed\", expected resolution, efficiency, drift-velocity, t0, displacement",
        "efficiency|expected =0.98, or another value: a share, 0 to 1 or in %",
        "efficiency=|expected =0.98",
        "efficiency=1.1|expected =0.98, or another value: a share, 0 to 1 or in %",
        "efficiency:chamber1.cell64=1|chamber1 has 64 cells, expected cell0 to cell63",
        "efficiency:chamber4=1|\"course\" has 4 chambers, expected chamber0 to chamber3",
        "efficiency:chamer1=1|did you mean chamber1?",
        "efficiency:scintillator=1|scintillator, expected all, chamberN, chamberN.layerM, chamberN.c",
        "resolution=3|expected =260um, or another value: 0 to 100ns",
        "resolution=-1ns|expected =260um",
        "resolution:chamber1.cell3=3ns|chamber1.cell3, expected all, chamberN",
        "drift-velocity=5um/ns|expected =54.2um/ns, or another value: half to twice the described 53",
        "drift-velocity=54.2|expected =54.2um/ns",
        "t0=2000ns|expected =3ns, or another value: -1000ns to 1000ns",
        "displacement=1cm|expected =0.5mm, or another value: -100mm to 100mm",
        "tilt=1deg|expected =2mrad, or another value: -100mrad to 100mrad",
        "delta-rays=101%|expected =6%",
        "noise=3|expected =x3, or another value: times the usual noise, x0 to x1000",
      })
  void whatIsNotUnderstoodIsToldInOneLine(String text, String message) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> course(text));
    assertThat(e.getMessage(), containsString(message));
    assertThat(e.getMessage(), containsString("\"" + text + "\": "));
    assertThat(e.getMessage().lines().count(), is(1L));
  }

  @Test
  void twoValuesForAPlaceAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> course("noise:chamber0.cell3=x2", "noise:chamber0.layer1.wire1=x3"));
    assertThat(
        e.getMessage(),
        is(
            "\"noise:chamber0.layer1.wire1=x3\": also given as \"noise:chamber0.cell3=x2\","
                + " expected one value for a place"));
  }
}
