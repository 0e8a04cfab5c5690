package org.driftwatch.detector;

import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What the sums over a chamber's clear muon segments say of its calibration, whatever stretch of
 * windows they are of: docs/tracks.md, "Calibration". Each number is empty where too few segments
 * tell. Immutable.
 *
 * @param velocity drift velocity without the scintillator, um/ns
 * @param scintillatorVelocity drift velocity with the time of passage that the scintillator tells,
 *     um/ns
 * @param scintillatorT0 how much later muons pass than the scintillator and the description's
 *     offset say, ns, fitted together with {@code scintillatorVelocity}
 * @param t0 the same as the mean of {@link TrackHistogram#PASSAGE}, ns: against the scintillator,
 *     else against the other chambers; shifts with the drift velocity
 * @param resolution error of a single hit, um
 * @param displacement how far the chamber is from its described place across the wires, um, if the
 *     others of its view are where they should be
 * @param tilt by how much it leans towards larger x about its wires, mrad, likewise
 */
public record TrackCalibration(
    Optional<Estimate> velocity,
    Optional<Estimate> scintillatorVelocity,
    Optional<Estimate> scintillatorT0,
    Optional<Estimate> t0,
    Optional<Estimate> resolution,
    Optional<Estimate> displacement,
    Optional<Estimate> tilt) {

  /** With fewer degrees of freedom, or entries, errors say little. */
  private static final int FEWEST = 20;

  /** Of the product of its diagonal, a smaller determinant is that of no solution. */
  private static final double SINGULAR = 1e-9;

  /**
   * A number that was measured.
   *
   * @param value the number
   * @param error its standard error, in the same unit
   */
  public record Estimate(double value, double error) {}

  /** The calibration of a chamber of this detector. */
  public static TrackCalibration of(DetectorDescription detector, TrackSummary summary) {
    return of(detector, summary::sum);
  }

  /** The calibration of a chamber with these sums. */
  public static TrackCalibration of(DetectorDescription detector, ToLongFunction<TrackSum> sums) {
    return new Sums(detector, sums).calibration();
  }

  /** Sums of one chamber in units of {@link TrackGeometry}, and what a unit is. */
  private static final class Sums {
    private final ToLongFunction<TrackSum> sums;
    private final double unitNs;
    private final double unitUm;
    private final double halfCell;
    private final double halfHeightUm;

    Sums(DetectorDescription detector, ToLongFunction<TrackSum> sums) {
      this.sums = sums;
      halfCell = TrackGeometry.halfCell(detector);
      unitNs = TrackGeometry.unitNs(detector);
      unitUm = detector.cellWidthMm() * 1000 / 2 / halfCell;
      halfHeightUm = detector.cellHeightMm() * 1000 / 2;
    }

    private double sum(TrackSum which) {
      return sums.applyAsLong(which);
    }

    TrackCalibration calibration() {
      double ww = sum(TrackSum.FREE_WW);
      double wr = sum(TrackSum.FREE_WR);
      // Without a segment that changes sides irregularly the drift velocity is not fitted.
      boolean tells = ww > 0;
      double freedom = sum(TrackSum.FREE_FREEDOM) - (tells ? 1 : 0);
      Optional<Double> variance =
          variance(sum(TrackSum.FREE_RR) - (tells ? wr * wr / ww : 0), freedom);
      Optional<Estimate> velocity =
          variance.filter(v -> tells).flatMap(v -> velocity(-wr / ww, Math.sqrt(v / ww)));
      Optional<Estimate> resolution =
          variance.map(
              v -> {
                double sigma = Math.sqrt(v) * unitUm;
                return new Estimate(sigma, sigma / Math.sqrt(2 * freedom));
              });
      Optional<Known> known = known();
      return new TrackCalibration(
          velocity,
          known.flatMap(k -> velocity(k.e, k.errorOfE)),
          known.map(k -> new Estimate(k.later, k.errorOfLater)),
          mean(TrackSum.PASSAGES, TrackSum.PASSAGE, TrackSum.PASSAGE_SQUARE, unitNs),
          resolution,
          mean(TrackSum.TRACK_SEGMENTS, TrackSum.TRACK_PLACE, TrackSum.TRACK_PLACE_SQUARE, -unitUm),
          mean(
              TrackSum.TRACK_SEGMENTS,
              TrackSum.TRACK_SLOPE,
              TrackSum.TRACK_SLOPE_SQUARE,
              -1000 * unitUm / halfHeightUm));
    }

    private static Optional<Double> variance(double squares, double freedom) {
      return freedom < FEWEST ? Optional.empty() : Optional.of(Math.max(0, squares) / freedom);
    }

    /** The velocity that is smaller than the description's by 1 + e. */
    private Optional<Estimate> velocity(double e, double errorOfE) {
      double velocity = unitUm / unitNs / (1 + e);
      return e > -1
          ? Optional.of(new Estimate(velocity, velocity / (1 + e) * errorOfE))
          : Optional.empty();
    }

    /** What the fit with the scintillator says; later in ns. */
    private record Known(double e, double errorOfE, double later, double errorOfLater) {}

    private Optional<Known> known() {
      double ss = sum(TrackSum.KNOWN_SS);
      double ws = sum(TrackSum.KNOWN_WS);
      double ww = sum(TrackSum.KNOWN_WW);
      double sr = sum(TrackSum.KNOWN_SR);
      double wr = sum(TrackSum.KNOWN_WR);
      double determinant = ss * ww - ws * ws;
      if (determinant <= SINGULAR * ss * ww) {
        return Optional.empty();
      }
      double later = (ww * sr - ws * wr) / determinant;
      double minusE = (ss * wr - ws * sr) / determinant;
      double left = sum(TrackSum.KNOWN_RR) - later * sr - minusE * wr;
      return variance(left, sum(TrackSum.KNOWN_FREEDOM) - 2)
          .map(
              v ->
                  new Known(
                      -minusE,
                      Math.sqrt(v * ss / determinant),
                      later * halfCell * unitNs,
                      Math.sqrt(v * ww / determinant) * halfCell * unitNs));
    }

    /** The mean of a number, with what its squares say of its error. */
    private Optional<Estimate> mean(TrackSum number, TrackSum sum, TrackSum squares, double unit) {
      double entries = sum(number);
      if (entries < FEWEST) {
        return Optional.empty();
      }
      double mean = sum(sum) / entries;
      double variance = Math.max(0, sum(squares) - entries * mean * mean) / (entries - 1);
      return Optional.of(new Estimate(mean * unit, Math.sqrt(variance / entries) * Math.abs(unit)));
    }
  }
}
