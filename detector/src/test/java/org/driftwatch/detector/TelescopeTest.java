package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelescopeTest {
  private static final RunConfiguration COURSE = RunConfiguration.course();

  @ParameterizedTest
  @CsvSource({
    // cell, layer, wire, x and z of the wire in mm
    "0, 4, 1, -315, 19.5",
    "1, 2, 1, -315, -6.5",
    "2, 3, 1, -294, 6.5",
    "3, 1, 1, -294, -19.5",
    "4, 4, 2, -273, 19.5",
    "62, 3, 16, 336, 6.5",
    "63, 1, 16, 336, -19.5",
    "60, 4, 16, 315, 19.5",
  })
  void aCellLiesWhereTheCoursesGeometrySays(int cell, int layer, int wire, double x, double z) {
    assertThat(Telescope.layer(cell), is(layer));
    assertThat(Telescope.wire(cell), is(wire));
    assertThat(COURSE.wireX(cell), is(closeTo(x, 1e-9)));
    assertThat(COURSE.wireZ(cell), is(closeTo(z, 1e-9)));
  }

  @Test
  void noTwoCellsOfAChamberShareAPlace() {
    Set<String> places = new HashSet<>();
    for (int cell = 0; cell < Telescope.CELLS; cell++) {
      places.add(Telescope.layer(cell) + "/" + Telescope.wire(cell));
    }
    assertThat(places, hasSize(Telescope.LAYERS * Telescope.WIRES));
  }

  @Test
  void anOrbitLastsEightyNinePointOneMicroseconds() {
    assertThat(Telescope.ORBIT_NS, is(89_100));
    assertThat(Telescope.ticks(3563, 30), is(106_920));
    assertThat(Telescope.ticks(3, 7), is(97));
  }
}
