package org.driftwatch.detector.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.TrackGeometry;
import org.driftwatch.detector.TrackHistogram;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.TrackSummary;

/**
 * Segments of muons drawn from the linear model of docs/tracks.md, each fitted in floating point
 * with the right cells and sides.
 */
public final class SimulatedSegments {
  private final DetectorDescription detector;
  private final int chamber;
  private final Truth truth;
  private final Random random;
  private final double halfCell;
  private final long[] tested;
  private final long[] found;
  private final Map<TrackHistogram, long[]> histograms = new EnumMap<>(TrackHistogram.class);
  private final Map<TrackSum, Double> sums = new EnumMap<>(TrackSum.class);
  private long segments;
  private long segments4;
  private long ambiguous;

  /**
   * What segments are drawn from.
   *
   * @param velocity drift velocity, um/ns
   * @param t0 how much later muons pass than the scintillator says, ns
   * @param resolution error of a hit, um
   * @param efficiency of each cell, 0 to 1
   * @param scintillator share of muons that the scintillator sees, 0 to 1
   */
  public record Truth(
      double velocity, double t0, double resolution, double efficiency, double scintillator) {
    /** A healthy chamber of a detector. */
    public static Truth healthy(DetectorDescription detector) {
      return new Truth(detector.driftVelocityUmPerNs(), 0, 260, 0.97, 0.1);
    }
  }

  private SimulatedSegments(DetectorDescription detector, int chamber, Truth truth, Random random) {
    this.detector = detector;
    this.chamber = chamber;
    this.truth = truth;
    this.random = random;
    halfCell = TrackGeometry.halfCell(detector);
    int cells = detector.chambers().get(chamber).size();
    tested = new long[cells];
    found = new long[cells];
    for (TrackHistogram which : TrackHistogram.values()) {
      histograms.put(which, new long[which.bins() + 2]);
    }
  }

  /** The segments that so many muons leave in a chamber. */
  public static TrackSummary of(
      DetectorDescription detector, int chamber, Truth truth, int muons, Random random) {
    SimulatedSegments segments = new SimulatedSegments(detector, chamber, truth, random);
    for (int i = 0; i < muons; i++) {
      segments.muon();
    }
    return segments.summary();
  }

  /** A hit in units of the drift time: its layer's height, its wire, its side, what it measured. */
  private record Hit(int cell, double z, double w, int s, double y) {}

  private void muon() {
    DetectorDescription.Chamber c = detector.chambers().get(chamber);
    double x = (random.nextDouble() - 0.5) * c.wires() * detector.cellWidthMm();
    double tangent = 0.4 * random.nextGaussian();
    double perMm = halfCell / (detector.cellWidthMm() / 2);
    double perNs = 1 / TrackGeometry.unitNs(detector);
    List<Hit> crossed = new ArrayList<>();
    for (int cell = 0; cell < c.size(); cell++) {
      double z = detector.wireZ(chamber, cell);
      double wire = detector.wireX(chamber, cell);
      double aside = x + tangent * z - wire;
      if (Math.abs(aside) < detector.cellWidthMm() / 2) {
        int side = aside > 0 ? 1 : -1;
        double smeared = Math.abs(aside) * 1000 + truth.resolution() * random.nextGaussian();
        double time = (smeared / truth.velocity() + truth.t0()) * perNs;
        crossed.add(new Hit(cell, z * perMm, wire * perMm, side, wire * perMm + side * time));
      }
    }
    if (crossed.size() == c.layers()) {
      crossed(crossed, x, tangent);
    }
  }

  private void crossed(List<Hit> crossed, double x, double tangent) {
    boolean[] hit = new boolean[crossed.size()];
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < hit.length; i++) {
      hit[i] = random.nextDouble() < truth.efficiency();
      if (hit[i]) {
        hits.add(crossed.get(i));
      }
    }
    if (hits.size() < TrackGeometry.FEWEST_LAYERS) {
      return;
    }
    segments++;
    segments4 += hits.size() > TrackGeometry.FEWEST_LAYERS ? 1 : 0;
    for (int i = 0; i < hit.length; i++) {
      if (hits.size() - (hit[i] ? 1 : 0) >= TrackGeometry.FEWEST_LAYERS) {
        tested[crossed.get(i).cell()]++;
        found[crossed.get(i).cell()] += hit[i] ? 1 : 0;
      }
    }
    if (hits.stream().mapToInt(Hit::s).distinct().count() == 1) {
      ambiguous++;
      return;
    }
    enter(TrackHistogram.POSITION, x);
    enter(TrackHistogram.ANGLE, 1000 * Math.atan(tangent));
    fit(hits);
  }

  private void fit(List<Hit> hits) {
    double[] one = hits.stream().mapToDouble(h -> 1).toArray();
    double[] z = hits.stream().mapToDouble(Hit::z).toArray();
    double[] s = hits.stream().mapToDouble(h -> h.s() * halfCell).toArray();
    double[] w = hits.stream().mapToDouble(h -> h.w() - hits.get(0).w()).toArray();
    double[] y = hits.stream().mapToDouble(h -> h.y() - hits.get(0).w()).toArray();
    List<double[]> line = orthonormal(one, z);
    List<double[]> free = orthonormal(one, z, s);
    if (hits.size() > TrackGeometry.FEWEST_LAYERS) {
      add(TrackSum.FREE_SEGMENTS, 1);
      add(TrackSum.FREE_FREEDOM, hits.size() - free.size());
      add(TrackSum.FREE_RR, dot(y, left(y, free)));
      add(TrackSum.FREE_WR, dot(w, left(y, free)));
      add(TrackSum.FREE_WW, dot(w, left(w, free)));
      double[] residuals = left(y, free);
      for (int i = 0; i < residuals.length; i++) {
        double[] unit = new double[residuals.length];
        unit[i] = 1;
        double um = detector.cellWidthMm() * 500 / halfCell;
        enter(TrackHistogram.RESIDUAL, residuals[i] / left(unit, free)[i] * um);
      }
    }
    double[] sides = left(s, line);
    double later = dot(sides, y) / dot(sides, sides) * halfCell;
    enter(TrackHistogram.PASSAGE, later * TrackGeometry.unitNs(detector));
    add(TrackSum.PASSAGES, 1);
    add(TrackSum.PASSAGE, later);
    add(TrackSum.PASSAGE_SQUARE, later * later);
    if (random.nextDouble() < truth.scintillator()) {
      add(TrackSum.KNOWN_SEGMENTS, 1);
      add(TrackSum.KNOWN_FREEDOM, hits.size() - line.size());
      add(TrackSum.KNOWN_RR, dot(y, left(y, line)));
      add(TrackSum.KNOWN_WR, dot(w, left(y, line)));
      add(TrackSum.KNOWN_SR, dot(s, left(y, line)));
      add(TrackSum.KNOWN_WW, dot(w, left(w, line)));
      add(TrackSum.KNOWN_WS, dot(w, left(s, line)));
      add(TrackSum.KNOWN_SS, dot(s, left(s, line)));
    }
  }

  private static List<double[]> orthonormal(double[]... columns) {
    List<double[]> basis = new ArrayList<>();
    for (double[] column : columns) {
      double[] rest = left(column, basis);
      double length = Math.sqrt(dot(rest, rest));
      basis.add(Arrays.stream(rest).map(v -> v / length).toArray());
    }
    return basis;
  }

  /** What the basis leaves of a vector. */
  private static double[] left(double[] vector, List<double[]> basis) {
    double[] rest = vector.clone();
    for (double[] b : basis) {
      double along = dot(b, vector);
      Arrays.setAll(rest, i -> rest[i] - along * b[i]);
    }
    return rest;
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private void add(TrackSum which, double value) {
    sums.merge(which, value, Double::sum);
  }

  private void enter(TrackHistogram which, double value) {
    long[] counts = histograms.get(which);
    int bin = (int) Math.floor((value - which.first()) / which.width());
    counts[bin < 0 ? which.bins() : bin < which.bins() ? bin : which.bins() + 1]++;
  }

  private TrackSummary summary() {
    List<Long> noise =
        LongStream.generate(() -> random.nextInt(20)).limit(tested.length).boxed().toList();
    return new TrackSummary(
        segments,
        segments4,
        ambiguous,
        0,
        LongStream.of(tested).boxed().toList(),
        LongStream.of(found).boxed().toList(),
        noise,
        Arrays.stream(TrackHistogram.values()).map(this::histogram).toList(),
        Arrays.stream(TrackSum.values())
            .map(which -> Math.round(sums.getOrDefault(which, 0.0)))
            .toList());
  }

  private Histogram histogram(TrackHistogram which) {
    long[] counts = histograms.get(which);
    return Histogram.of(
        which.edges(),
        Arrays.copyOf(counts, which.bins()),
        counts[which.bins()],
        counts[which.bins() + 1]);
  }
}
