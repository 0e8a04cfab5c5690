package org.driftwatch.detector;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackGeometryTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();

  private static DetectorDescription with(int layers, List<Double> shifts) {
    DetectorDescription.Chamber c = COURSE.chambers().get(0);
    DetectorDescription.Chamber changed =
        new DetectorDescription.Chamber(
            "7",
            c.channels(),
            c.cells(),
            layers,
            c.wires(),
            c.view(),
            c.xMm(),
            c.zMm(),
            shifts,
            c.driftOffsetNs(),
            c.deadCells(),
            c.weakCells(),
            c.hotCells());
    return new DetectorDescription(
        COURSE.name(),
        COURSE.clock(),
        COURSE.format(),
        List.of(changed),
        COURSE.scintillators(),
        COURSE.cellWidthMm(),
        COURSE.cellHeightMm(),
        COURSE.driftVelocityUmPerNs(),
        COURSE.maxDriftNs(),
        COURSE.expected());
  }

  @Test
  void theCoursesChambersHaveSegments() {
    assertThat(TrackGeometry.halfCell(COURSE), is(7494));
    for (int chamber = 0; chamber < COURSE.chambers().size(); chamber++) {
      assertThat(TrackGeometry.hindrance(COURSE, chamber), is(Optional.empty()));
    }
  }

  @Test
  void layersAboveEachOtherHinderAndAreNamed() {
    assertThat(
        TrackGeometry.hindrance(with(4, List.of(0.5, 0.0, 1.0, 0.5)), 0),
        is(
            Optional.of(
                "layers 2 and 3 of chamber 7 are not staggered (layerShifts 0.0 and 1.0), segments"
                    + " need neighbours shifted by half a cell")));
  }

  /** In binary fractions, 0.3 - 0.1 and 1.1 - 0.9 are not exactly 0.2. */
  @Test
  void layersShiftedByAFifthOfACellAreStaggeredAndThoseShiftedByLessAreNot() {
    for (double from : new double[] {0, 0.1, 0.9, -0.7}) {
      assertThat(isStaggered(from, "0.2"), is(true));
      assertThat(isStaggered(from, "0.8"), is(true));
      assertThat(isStaggered(from, "-1.2"), is(true));
      assertThat(isStaggered(from, "0.19"), is(false));
      assertThat(isStaggered(from, "0.81"), is(false));
    }
  }

  private static boolean isStaggered(double from, String shift) {
    double to = BigDecimal.valueOf(from).add(new BigDecimal(shift)).doubleValue();
    return TrackGeometry.hindrance(with(4, List.of(from, to, from, to)), 0).isEmpty();
  }

  @Test
  void tooFewLayersHinder() {
    assertThat(
        TrackGeometry.hindrance(with(2, List.of(0.5, 0.0)), 0),
        is(Optional.of("chamber 7 has 2 layers, segments need 3 to 8")));
  }

  private static DetectorDescription at(double... heights) {
    DetectorDescription.Chamber c = COURSE.chambers().get(0);
    List<DetectorDescription.Chamber> all = new ArrayList<>(COURSE.chambers());
    for (int i = 0; i < heights.length; i++) {
      all.set(
          i,
          new DetectorDescription.Chamber(
              c.name(),
              c.channels(),
              c.cells(),
              c.layers(),
              c.wires(),
              c.view(),
              c.xMm(),
              heights[i],
              c.layerShifts(),
              c.driftOffsetNs(),
              c.deadCells(),
              c.weakCells(),
              c.hotCells()));
    }
    return new DetectorDescription(
        COURSE.name(),
        COURSE.clock(),
        COURSE.format(),
        all.subList(0, heights.length),
        COURSE.scintillators(),
        COURSE.cellWidthMm(),
        COURSE.cellHeightMm(),
        COURSE.driftVelocityUmPerNs(),
        COURSE.maxDriftNs(),
        COURSE.expected());
  }

  @Test
  void theCoursesChambersOfViewXAreATelescope() {
    assertThat(TrackGeometry.telescopes(COURSE), is(List.of(List.of(0, 2, 3))));
    assertThat(TrackGeometry.isInTelescope(COURSE, 2), is(true));
    assertThat(TrackGeometry.isInTelescope(COURSE, 1), is(false));
  }

  @Test
  void twoChambersOrSuchThatAreTooFarApartAreNone() {
    assertThat(TrackGeometry.telescopes(at(0, 500)), is(List.of()));
    assertThat(TrackGeometry.telescopes(at(0, 500, 10_000)), is(List.of(List.of(0, 1, 2))));
    assertThat(TrackGeometry.telescopes(at(0, 500, 10_001)), is(List.of()));
  }
}
