package org.driftwatch.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.TrackGeometry;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.detector.testing.SimulatedSegments;
import org.driftwatch.detector.testing.SimulatedSegments.Truth;

/** Window summaries with segments of muons, in the chambers that can have them. */
public final class Muons {
  private static final DetectorDescription COURSE = DetectorDescription.course();

  private Muons() {}

  /** Window {@code n} of a detector whose chambers are healthy, with some segments in each. */
  public static WindowSummary window(
      DetectorDescription detector, int n, int muons, Random random) {
    return in(
        Summaries.window(detector, n, 0, random),
        detector,
        chamber -> Truth.healthy(detector),
        muons,
        random);
  }

  /** Window {@code n} of the course's detector, its chambers as is given. */
  public static WindowSummary window(int n, IntFunction<Truth> truth, int muons, Random random) {
    return in(Summaries.window(n, 0, random), COURSE, truth, muons, random);
  }

  private static WindowSummary in(
      WindowSummary window,
      DetectorDescription detector,
      IntFunction<Truth> truth,
      int muons,
      Random random) {
    WindowSummary with = window;
    for (int chamber = 0; chamber < detector.chambers().size(); chamber++) {
      if (TrackGeometry.hindrance(detector, chamber).isEmpty()) {
        with =
            with(
                with,
                chamber,
                Optional.of(
                    SimulatedSegments.of(detector, chamber, truth.apply(chamber), muons, random)));
      }
    }
    return with;
  }

  /** The same window with other segments in one chamber. */
  public static WindowSummary with(WindowSummary s, int chamber, Optional<TrackSummary> tracks) {
    List<ChamberSummary> chambers = new ArrayList<>(s.chambers());
    ChamberSummary was = s.chamber(chamber);
    chambers.set(chamber, new ChamberSummary(was.hits(), was.histograms(), tracks));
    return new WindowSummary(
        s.head(),
        s.totImport(),
        s.malformed(),
        s.hits(),
        s.scintillatorHits(),
        s.otherHits(),
        s.orbits(),
        s.scintillatorOrbits(),
        chambers);
  }
}
