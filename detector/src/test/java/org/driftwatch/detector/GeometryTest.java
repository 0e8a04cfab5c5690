package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.HashSet;
import java.util.Set;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();

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
    for (int chamber = 0; chamber < COURSE.chambers().size(); chamber++) {
      assertThat(COURSE.chambers().get(chamber).layer(cell), is(layer));
      assertThat(COURSE.chambers().get(chamber).wire(cell), is(wire));
      assertThat(COURSE.wireX(chamber, cell), is(closeTo(x, 1e-9)));
      assertThat(COURSE.wireZ(chamber, cell), is(closeTo(z, 1e-9)));
    }
  }

  @Test
  void noTwoCellsOfAChamberShareAPlace() {
    for (Chamber chamber : COURSE.chambers()) {
      Set<String> places = new HashSet<>();
      for (int cell = 0; cell < chamber.size(); cell++) {
        places.add(chamber.layer(cell) + "/" + chamber.wire(cell));
      }
      assertThat(places, hasSize(chamber.layers() * chamber.wires()));
    }
  }

  @Test
  void anOrbitLastsEightyNinePointOneMicroseconds() {
    assertThat(COURSE.clock().orbitNs(), is(89_100.0));
    assertThat(COURSE.clock().tickNs(), is(closeTo(0.8333, 1e-4)));
  }
}
