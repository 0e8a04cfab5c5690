package org.driftwatch.pipelines.tracks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.HitLayout;

/**
 * Muons through one chamber, with their truth: straight lines, slopes as cosmic rays have them, one
 * cell crossed in each layer, normal errors of the times. It shares no code with the simulator.
 */
final class Muons {
  /** Error of a single hit that cosmic rays show, um. */
  static final double SIGMA_UM = 260;

  private static final double STEEPEST = 3;

  private final DetectorDescription detector;
  private final int number;
  private final Chamber chamber;
  private final Random random;

  double efficiency = 0.97;
  double deltaRays = 0.06;
  double sigmaUm = SIGMA_UM;
  double velocity;
  double lateNs;

  /** Share of muons that the scintillator sees. */
  double scintillated;

  /** Efficiency of single cells; those without one have that of all. */
  final double[] efficiencyOf;

  Muons(DetectorDescription detector, int number, Random random) {
    this.detector = detector;
    this.number = number;
    this.random = random;
    chamber = detector.chambers().get(number);
    velocity = detector.driftVelocityUmPerNs();
    efficiencyOf = new double[chamber.size()];
    Arrays.fill(efficiencyOf, -1);
  }

  /**
   * A muon and its hits.
   *
   * @param x where it crosses the chamber's middle height, mm
   * @param slope tangent of its angle from the vertical
   * @param t0Ns when it passed, ns in the orbit
   * @param layers layers with a hit that it left
   * @param pattern sides on which it passed the wires, from the lowest layer on, such as {@code
   *     RLRL}; an underscore for a layer without a hit of it
   * @param hits see {@link SegmentFinder#hit}
   * @param scintillator ticks of the scintillator's hit, or {@link SegmentFinder#NEVER}
   */
  record Muon(
      double x,
      double slope,
      double t0Ns,
      int layers,
      String pattern,
      List<Long> hits,
      long scintillator) {}

  private double tickNs() {
    return detector.clock().tickNs();
  }

  private long hit(int cell, double ns) {
    return SegmentFinder.hit((int) Math.round(ns / tickNs()), cell);
  }

  Muon next() {
    double slope;
    do {
      slope = STEEPEST * (2 * random.nextDouble() - 1);
    } while (random.nextDouble() > Math.pow(1 + slope * slope, -2.5));
    double width = chamber.wires() * detector.cellWidthMm();
    return next(width * (random.nextDouble() - 0.5), slope);
  }

  Muon next(double x, double slope) {
    double t0 = 2000 + 80_000 * random.nextDouble();
    List<Long> hits = new ArrayList<>();
    StringBuilder pattern = new StringBuilder();
    int layers = 0;
    double half = detector.cellWidthMm() / 2;
    for (int layer = 1; layer <= chamber.layers(); layer++) {
      int crossed = -1;
      double distance = 0;
      for (int cell = 0; cell < chamber.size(); cell++) {
        double place = x + slope * detector.wireZ(number, cell) - detector.wireX(number, cell);
        if (chamber.layer(cell) == layer && place >= -half && place < half) {
          crossed = cell;
          distance = place;
        }
      }
      boolean answers = false;
      if (crossed >= 0) {
        double own = efficiencyOf[crossed];
        answers = random.nextDouble() < (own < 0 ? efficiency : own);
        if (answers) {
          double driftUm = Math.abs(distance) * 1000 + sigmaUm * random.nextGaussian();
          hits.add(hit(crossed, t0 + lateNs + driftUm / velocity));
          layers++;
        }
        if (random.nextDouble() < deltaRays) {
          int beside = cell(layer, chamber.wire(crossed) + (random.nextBoolean() ? 1 : -1));
          if (beside >= 0) {
            hits.add(hit(beside, t0 + random.nextDouble() * detector.maxDriftNs()));
          }
        }
      }
      pattern.append(!answers ? '_' : distance > 0 ? 'R' : 'L');
    }
    double offset = chamber.driftOffsetPs() / 1000.0;
    long scintillator =
        random.nextDouble() < scintillated
            ? Math.round((t0 + offset) / tickNs())
            : SegmentFinder.NEVER;
    return new Muon(x, slope, t0, layers, pattern.toString(), hits, scintillator);
  }

  /** The cell of a wire; -1 where there is none. */
  int cell(int layer, int wire) {
    for (int cell = 0; cell < chamber.size(); cell++) {
      if (chamber.layer(cell) == layer && chamber.wire(cell) == wire) {
        return cell;
      }
    }
    return -1;
  }

  /** A hit of noise, anywhere in the orbit. */
  long noise() {
    return SegmentFinder.hit(
        random.nextInt(detector.clock().crossingsPerOrbit() * detector.clock().ticksPerCrossing()),
        random.nextInt(chamber.size()));
  }

  /** A chamber's hits as an orbit has them. */
  static long[] orbit(DetectorDescription detector, int chamber, List<Long> hits) {
    HitLayout layout = new HitLayout(detector);
    int first = detector.chambers().stream().limit(chamber).mapToInt(Chamber::size).sum();
    int perCrossing = detector.clock().ticksPerCrossing();
    return hits.stream()
        .mapToLong(
            hit -> {
              int ticks = (int) (hit >> 10);
              long word = layout.hit(0, 0, ticks / perCrossing, ticks % perCrossing);
              long cell = first + (hit & 1023);
              return cell << layout.timeBits() | layout.time(word);
            })
        .toArray();
  }
}
