package org.driftwatch.viewer.page;

import java.util.Optional;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.TrackCalibration;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Detector;

/**
 * The numbers that a stretch of windows gives of a chamber's muon segments. Immutable.
 *
 * @param seconds length of the stretch
 * @param segments local muon segments
 * @param segments4 those with four hits or more
 * @param ambiguous those that might as well pass their wires on other sides
 * @param noiseHz hits on no segment, per second and cell
 * @param efficiency of the chamber's cells, without known dead and weak ones
 * @param crossings how often the chamber had a segment where the others of its view say that a muon
 *     crossed it
 * @param calibration drift velocity, t0 and resolution; empty for a detector that is not described
 */
record MuonFigures(
    double seconds,
    long segments,
    long segments4,
    long ambiguous,
    double noiseHz,
    Optional<Efficiency> efficiency,
    Optional<Efficiency> crossings,
    Optional<TrackCalibration> calibration) {

  /** The figures of a chamber; empty where segments were not looked for. */
  static Optional<MuonFigures> of(Detector detector, int chamber, WindowSummary stretch) {
    double seconds = stretch.window().orElseThrow().seconds();
    return stretch.chamber(chamber).tracks().map(t -> of(detector, chamber, t, seconds));
  }

  private static MuonFigures of(Detector detector, int number, TrackSummary t, double seconds) {
    Optional<Chamber> chamber = detector.chamber(number);
    int cells = t.tested().size();
    long tested = 0;
    long found = 0;
    for (int i = 0; i < cells; i++) {
      int cell = i;
      if (chamber
          .filter(c -> c.deadCells().contains(cell) || c.weakCells().contains(cell))
          .isEmpty()) {
        tested += t.tested().get(i);
        found += t.found().get(i);
      }
    }
    double noise = t.noise().stream().mapToLong(Long::longValue).sum();
    return new MuonFigures(
        seconds,
        t.segments(),
        t.segments4(),
        t.ambiguous(),
        noise / seconds / cells,
        Efficiency.of(found, tested),
        Efficiency.of(t.sum(TrackSum.TRACK_FOUND), t.sum(TrackSum.TRACK_TESTED)),
        detector.description().map(d -> TrackCalibration.of(d, t)));
  }

  /** Segments per second. */
  double rate() {
    return segments / seconds;
  }
}
