package org.driftwatch.emulator.simulator;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.Channel;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.emulator.simulator.Truth.Property;

/**
 * Cosmic muons through the detector: straight tracks with the cos&sup2; intensity of cosmic rays,
 * at least one chamber crossed. Each gives its hits with times relative to its passage.
 *
 * <p>A track is drawn through a chamber picked at random by its area, uniform over that, and kept
 * with probability 1/m where it crosses m chambers, so that all tracks through any chamber come
 * with their natural share. The flux through a horizontal area goes as cos&sup3;; its integral over
 * the solid angle is inverted as cos = u^(1/4).
 *
 * <p>Scintillators, if there are any, are a plane above the chambers and one below, somewhat
 * smaller than the largest chamber; each of their channels tells that both were crossed.
 */
final class CosmicMuons {
  /** Muons through a horizontal area at sea level: about one per cm&sup2; and minute, 1/s/mm2. */
  private static final double FLUX = 0.000_17;

  private static final int SAMPLE = 20_000;
  private static final long SAMPLE_SEED = 1;

  /** Half the width of the course's scintillators, and of the chambers between them. */
  private static final double SCINTILLATOR_HALF_MM = 230;

  private static final double SCINTILLATED_HALF_MM = 336;
  private static final double SCINTILLATOR_GAP_MM = 40;
  private static final double INTERNAL_TRIGGER = 0.14;

  /** FPGA 1, channel 138 of the course's data: on the scintillator's board, ten channels on. */
  private static final int INTERNAL_TRIGGER_DISTANCE = 10;

  private static final int NONE = -1;

  /** The scintillator's signal comes this much after the passage, ns; hits may come before it. */
  private static final double SCINTILLATOR_DELAY_NS = 140;

  /** How far the errors of hits reach, in standard deviations: see {@link RandomStream#normal}. */
  private static final double FARTHEST_ERROR = 3.5;

  private final CellResponse cells;
  private MuonTruth truths;
  private RandomStream random;
  private final double ticksPerNs;
  private final double cellWidthMm;
  private final double usualDriftNsPerMm;
  private final double longestDriftNs;
  private final TrackedChamber[] chambers;
  private final double[] resolutionNs;
  private final double[] deltaRays;

  /** Drift velocity of each chamber where it is set, um/ns, and NaN where it follows the gas. */
  private final double[] setVelocity;

  private final double[] driftNsPerMm;
  private final double[] maxDriftNs;
  private double usualMaxDriftNs;

  /** When drifts begin to count in each chamber, after the muon's tick, ns. */
  private final double[] startNs;

  /** The passage after the muon's tick, ns: so that no hit is before that. */
  private final double leadNs;

  /** Area of the chambers up to each, in units of their mean area. */
  private final double[] areas;

  private final double middleX;
  private final double middleY;
  private final double topMm;
  private final double bottomMm;
  private final double scintillatorHalfMm;
  private final int[] scintillators;
  private final int internalTrigger;

  /** Board and channel of each hit of the last muon, see {@link HitLayout#address(long)}. */
  final int[] addresses;

  /** Time of each hit after the muon's passage, in ticks. */
  final int[] ticks;

  private double x;
  private double y;
  private double slopeX;
  private double slopeY;
  private double zero;
  private int count;
  private int drawn;
  private final double hz;
  private final double[] hitsHz;

  /**
   * Muons.
   *
   * @param truth where the chambers really are, and how they measure
   * @param truths is told of each muon; null for nothing
   */
  CosmicMuons(DetectorDescription detector, Truth truth, RandomStream random, MuonTruth truths) {
    cells = new CellResponse(detector, truth);
    ticksPerNs = detector.clock().ticksPerCrossing() / detector.clock().crossingNs().doubleValue();
    cellWidthMm = detector.cellWidthMm();
    usualDriftNsPerMm = 1000 / detector.driftVelocityUmPerNs();
    longestDriftNs = detector.maxDriftNs();
    middleX = middleMm(detector, View.X);
    middleY = middleMm(detector, View.Y);
    chambers = new TrackedChamber[detector.chambers().size()];
    resolutionNs = truth.ofChambers(Property.RESOLUTION);
    deltaRays = truth.ofChambers(Property.DELTA_RAYS);
    setVelocity = truth.ofChambers(Property.DRIFT_VELOCITY);
    driftNsPerMm = new double[chambers.length];
    maxDriftNs = new double[chambers.length];
    driftVelocity(1);
    startNs = truth.ofChambers(Property.T0);
    double[] displacements = truth.ofChambers(Property.DISPLACEMENT);
    double[] tilts = truth.ofChambers(Property.TILT);
    areas = new double[chambers.length];
    double earliest = 0;
    double top = Double.NEGATIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    double area = 0;
    double widest = 0;
    int most = detector.scintillators().size() + 1;
    for (int i = 0; i < chambers.length; i++) {
      boolean measuresX = detector.chambers().get(i).view() == View.X;
      double middle = measuresX ? middleY : middleX;
      TrackedChamber c = new TrackedChamber(detector, i, middle, displacements[i], tilts[i] / 1000);
      chambers[i] = c;
      startNs[i] += SCINTILLATOR_DELAY_NS - c.offsetNs;
      earliest = Math.min(earliest, startNs[i] - FARTHEST_ERROR * resolutionNs[i]);
      top = Math.max(top, c.zMm);
      bottom = Math.min(bottom, c.zMm);
      area += 4 * c.halfMm * c.halfMm;
      areas[i] = area;
      widest = Math.max(widest, c.halfMm);
      most += 2 * c.layers;
    }
    for (int i = 0; i < areas.length; i++) {
      areas[i] /= area / areas.length;
    }
    leadNs = -earliest;
    for (int i = 0; i < startNs.length; i++) {
      startNs[i] += leadNs;
    }
    topMm = top + SCINTILLATOR_GAP_MM;
    bottomMm = bottom - SCINTILLATOR_GAP_MM;
    scintillatorHalfMm = SCINTILLATOR_HALF_MM * widest / SCINTILLATED_HALF_MM;
    HitLayout layout = new HitLayout(detector);
    scintillators = detector.scintillators().stream().mapToInt(layout::address).toArray();
    internalTrigger = internalTrigger(detector, layout);
    addresses = new int[most];
    ticks = new int[most];
    hitsHz = new double[chambers.length];
    this.random = new RandomStream(SAMPLE_SEED);
    this.truths = null;
    hz = measureRates(area, new ChannelMap(detector), layout);
    this.random = random;
    this.truths = truths;
  }

  /** Lets the drift velocity be more or less than usual, by a factor, where it is not set. */
  final void driftVelocity(double factor) {
    usualMaxDriftNs = longestDriftNs / factor;
    for (int i = 0; i < setVelocity.length; i++) {
      boolean isSet = !Double.isNaN(setVelocity[i]);
      driftNsPerMm[i] = isSet ? 1000 / setVelocity[i] : usualDriftNsPerMm / factor;
      // The longest drift is that across half a cell.
      maxDriftNs[i] =
          isSet ? longestDriftNs * driftNsPerMm[i] / usualDriftNsPerMm : usualMaxDriftNs;
    }
  }

  /** The mean of the places of the chambers that measure this coordinate, mm. */
  private static double middleMm(DetectorDescription detector, View view) {
    return detector.chambers().stream()
        .filter(chamber -> chamber.view() == view)
        .mapToDouble(Chamber::xMm)
        .average()
        .orElse(0);
  }

  /** Plays some muons to see how many of those drawn count, and how many hits they make. */
  private double measureRates(double area, ChannelMap map, HitLayout layout) {
    List<Integer> chamberOfCell = new ArrayList<>();
    for (int chamber = 0; chamber < chambers.length; chamber++) {
      for (int cell = 0; cell < chambers[chamber].size(); cell++) {
        chamberOfCell.add(chamber);
      }
    }
    for (int i = 0; i < SAMPLE; i++) {
      int hits = next();
      for (int k = 0; k < hits; k++) {
        int cell = map.cell(layout.hit(addresses[k], 0, 0, 0));
        if (cell < map.scintillator()) {
          hitsHz[chamberOfCell.get(cell)]++;
        }
      }
    }
    double rate = FLUX * area * SAMPLE / drawn;
    for (int chamber = 0; chamber < chambers.length; chamber++) {
      hitsHz[chamber] *= rate / SAMPLE;
    }
    return rate;
  }

  /** Muons through at least one chamber, 1/s. */
  double hz() {
    return hz;
  }

  /** Hits of muons in each chamber, 1/s. */
  double[] hitsHz() {
    return hitsHz.clone();
  }

  private static int internalTrigger(DetectorDescription detector, HitLayout layout) {
    int channels = detector.format().field(Role.CHANNEL).map(field -> 1 << field.bits()).orElse(0);
    for (Channel scintillator : detector.scintillators()) {
      int channel = scintillator.channel() + INTERNAL_TRIGGER_DISTANCE;
      int address = layout.address(new Channel(scintillator.board(), channel));
      if (channel < channels && isOther(detector, layout, address)) {
        return address;
      }
    }
    return NONE;
  }

  private static boolean isOther(DetectorDescription detector, HitLayout layout, int address) {
    ChannelMap map = new ChannelMap(detector);
    return map.cell(layout.hit(address, 0, 0, 0)) == map.other();
  }

  /** Makes the next muon; the number of its hits, which may be 0. */
  int next() {
    track();
    count = 0;
    if (truths != null) {
      truths.track(leadNs, x - slopeX * zero, y - slopeY * zero, slopeX, slopeY);
    }
    int crossed = 0;
    for (int chamber = 0; chamber < chambers.length; chamber++) {
      if (crosses(chambers[chamber])) {
        crossed++;
        hits(chamber);
      }
    }
    if (crossesScintillator(topMm) && crossesScintillator(bottomMm)) {
      for (int scintillator : scintillators) {
        trigger("scintillator", scintillator, leadNs + SCINTILLATOR_DELAY_NS);
      }
    }
    if (crossed > 1 && internalTrigger != NONE && random.uniform() < INTERNAL_TRIGGER) {
      trigger("internal", internalTrigger, leadNs + SCINTILLATOR_DELAY_NS + usualMaxDriftNs);
    }
    return count;
  }

  private void track() {
    while (true) {
      double s;
      double u;
      double v;
      do {
        u = 2 * random.uniform() - 1;
        v = 2 * random.uniform() - 1;
        s = u * u + v * v;
      } while (s > 1 || s < 1e-12);
      double cosine2 = Math.sqrt(1 - random.uniform());
      double tangent = Math.sqrt((1 - cosine2) / (cosine2 * s));
      slopeX = tangent * u;
      slopeY = tangent * v;
      TrackedChamber through = chamber();
      zero = through.zMm;
      x = through.xMm + (2 * random.uniform() - 1) * through.halfMm;
      y = through.yMm + (2 * random.uniform() - 1) * through.halfMm;
      drawn++;
      int crossed = 0;
      for (TrackedChamber chamber : chambers) {
        crossed += crosses(chamber) ? 1 : 0;
      }
      if (crossed <= 1 || random.below(crossed) == 0) {
        return;
      }
    }
  }

  /** A chamber picked by its area. */
  private TrackedChamber chamber() {
    double at = random.upTo(chambers.length);
    int chamber = 0;
    while (chamber < chambers.length - 1 && at >= areas[chamber]) {
      chamber++;
    }
    return chambers[chamber];
  }

  private boolean crosses(TrackedChamber c) {
    return crosses(c.zMm, c.xMm, c.yMm, c.halfMm);
  }

  private boolean crossesScintillator(double z) {
    return crosses(z, middleX, middleY, scintillatorHalfMm);
  }

  private boolean crosses(double z, double xMm, double yMm, double half) {
    double dz = z - zero;
    return Math.abs(x + slopeX * dz - xMm) <= half && Math.abs(y + slopeY * dz - yMm) <= half;
  }

  private void hits(int chamber) {
    TrackedChamber c = chambers[chamber];
    double of = c.slope(slopeX, slopeY);
    double middle = c.positionMm(c.across(x, y) + of * (c.zMm - zero), of);
    double slope = c.ownSlope(of);
    if (truths != null) {
      truths.chamber(chamber, middle, slope, startNs[chamber], 1000 / driftNsPerMm[chamber]);
    }
    for (int layer = 0; layer < c.layers; layer++) {
      double position = middle + slope * c.heightMm(layer);
      double fromFirst = (position - c.firstWireMm(layer)) / cellWidthMm;
      int wire = (int) Math.floor(fromFirst + 0.5);
      if (c.cell(layer, wire) != TrackedChamber.NONE) {
        hit(chamber, layer, wire, (fromFirst - wire) * cellWidthMm);
      }
    }
  }

  private void hit(int chamber, int layer, int wire, double fromWireMm) {
    TrackedChamber c = chambers[chamber];
    int cell = c.cell(layer, wire);
    double driftNs = Math.min(Math.abs(fromWireMm) * driftNsPerMm[chamber], maxDriftNs[chamber]);
    boolean answers = cells.answers(chamber, cell, random);
    if (truths != null) {
      truths.crossed(cell, fromWireMm, driftNs, answers);
    }
    if (answers) {
      double error = resolutionNs[chamber] * random.normal();
      add(c.address(cell), startNs[chamber] + driftNs + error);
    }
    if (random.uniform() < deltaRays[chamber]) {
      int neighbour = c.cell(layer, wire + ((random.bits() & 1) == 0 ? 1 : -1));
      if (neighbour != TrackedChamber.NONE && cells.answers(chamber, neighbour, random)) {
        if (truths != null) {
          truths.deltaRay(neighbour);
        }
        add(c.address(neighbour), startNs[chamber] + random.uniform() * maxDriftNs[chamber]);
      }
    }
  }

  private void trigger(String kind, int address, double ns) {
    if (truths != null) {
      truths.trigger(kind);
    }
    add(address, ns);
  }

  private void add(int address, double ns) {
    addresses[count] = address;
    ticks[count++] = Math.max(0, (int) Math.round(ns * ticksPerNs));
  }
}
