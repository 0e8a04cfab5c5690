package org.driftwatch.emulator.simulator;

import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;

/**
 * Cosmic muons through the telescope: straight tracks with the cos&sup2; intensity of cosmic rays,
 * at least one chamber crossed. Each gives its hits with times relative to its passage.
 *
 * <p>A track is drawn through a chamber picked at random, uniform over its area, and kept with
 * probability 1/m where it crosses m chambers, so that all tracks through any chamber come with
 * their natural share. The flux through a horizontal area goes as cos&sup3;; its integral over the
 * solid angle is inverted as cos = u^(1/4).
 */
final class CosmicMuons {
  /** Most hits of one muon: 4 layers of 4 chambers, scintillator, internal trigger, and spares. */
  static final int MOST_HITS = 32;

  /** Muons through a horizontal area at sea level: about one per cm&sup2; and minute, 1/s/mm2. */
  private static final double FLUX = 0.000_17;

  private static final int SAMPLE = 20_000;
  private static final long SAMPLE_SEED = 1;

  private static final double SCINTILLATOR_HALF_MM = 230;
  private static final double SCINTILLATOR_GAP_MM = 40;
  private static final double RESOLUTION_NS = 3;
  private static final double DELTA_RAY = 0.06;
  private static final double INTERNAL_TRIGGER = 0.14;

  /** FPGA 1, channel 138 of the course's data: on the scintillator's board, ten channels on. */
  private static final int INTERNAL_TRIGGER_DISTANCE = 10;

  /** The scintillator's signal comes this much after the passage, ns; hits may come before it. */
  private static final double SCINTILLATOR_DELAY_NS = 140;

  private static final double TICKS_PER_NS =
      (double) Telescope.TICKS_PER_CROSSING / Telescope.CROSSING_NS;

  private final RunConfiguration run;
  private final CellResponse cells;
  private RandomStream random;
  private final double halfChamberMm;
  private final double driftNsPerMm;
  private final double[] zMm = new double[Telescope.CHAMBERS];
  private final boolean[] turned = new boolean[Telescope.CHAMBERS];
  private final double[] offsetNs = new double[Telescope.CHAMBERS];
  private final int[] firstBoardChannel = new int[Telescope.CHAMBERS];
  private final double topMm;
  private final double bottomMm;
  private final int scintillator;
  private final int internalTrigger;

  /** Board and channel of each hit of the last muon. */
  final int[] boardChannel = new int[MOST_HITS];

  /** Time of each hit after the muon's passage, in ticks of 25/30 ns. */
  final int[] ticks = new int[MOST_HITS];

  private double x;
  private double y;
  private double slopeX;
  private double slopeY;
  private double zero;
  private int count;
  private int drawn;
  private final double hz;
  private final double[] hitsHz = new double[Telescope.CHAMBERS];

  CosmicMuons(RunConfiguration run, CellResponse cells, RandomStream random) {
    this.run = run;
    this.cells = cells;
    halfChamberMm = run.cellWidthMm() * Telescope.WIRES / 2;
    driftNsPerMm = 1000 / run.driftVelocityUmPerNs();
    double top = Double.NEGATIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    for (int i = 0; i < Telescope.CHAMBERS; i++) {
      RunConfiguration.Chamber c = run.chambers().get(i);
      zMm[i] = c.zMm();
      turned[i] = c.turned();
      offsetNs[i] = c.driftOffsetPs() / 1000.0;
      firstBoardChannel[i] = boardChannel(c.fpga(), c.firstChannel());
      top = Math.max(top, c.zMm());
      bottom = Math.min(bottom, c.zMm());
    }
    topMm = top + SCINTILLATOR_GAP_MM;
    bottomMm = bottom - SCINTILLATOR_GAP_MM;
    scintillator = boardChannel(run.scintillator().fpga(), run.scintillator().channel());
    internalTrigger = internalTrigger(run);
    this.random = new RandomStream(SAMPLE_SEED);
    hz = measureRates();
    this.random = random;
  }

  /** Plays some muons to see how many of those drawn count, and how many hits they make. */
  private double measureRates() {
    for (int i = 0; i < SAMPLE; i++) {
      int hits = next();
      for (int k = 0; k < hits; k++) {
        for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
          int cell = boardChannel[k] - firstBoardChannel[chamber];
          hitsHz[chamber] += cell >= 0 && cell < Telescope.CELLS ? 1 : 0;
        }
      }
    }
    double area = 4 * halfChamberMm * halfChamberMm;
    double rate = FLUX * area * Telescope.CHAMBERS * SAMPLE / drawn;
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
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

  private static int boardChannel(int fpga, int channel) {
    return HitWord.boardChannel(HitWord.hit(fpga, channel, 0, 0, 0));
  }

  private static int internalTrigger(RunConfiguration run) {
    int fpga = run.scintillator().fpga();
    int channel = run.scintillator().channel() + INTERNAL_TRIGGER_DISTANCE;
    for (RunConfiguration.Chamber c : run.chambers()) {
      int cell = channel - c.firstChannel();
      if (c.fpga() == fpga && cell >= 0 && cell < Telescope.CELLS) {
        return -1;
      }
    }
    return channel > HitWord.MAX_CHANNEL ? -1 : boardChannel(fpga, channel);
  }

  /** Makes the next muon; the number of its hits, which may be 0. */
  int next() {
    track();
    count = 0;
    int chambers = 0;
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      if (crosses(zMm[chamber], halfChamberMm)) {
        chambers++;
        hits(chamber);
      }
    }
    if (crosses(topMm, SCINTILLATOR_HALF_MM) && crosses(bottomMm, SCINTILLATOR_HALF_MM)) {
      add(scintillator, SCINTILLATOR_DELAY_NS);
    }
    if (chambers > 1 && internalTrigger >= 0 && random.uniform() < INTERNAL_TRIGGER) {
      add(internalTrigger, SCINTILLATOR_DELAY_NS + run.maxDriftNs());
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
      zero = zMm[random.below(Telescope.CHAMBERS)];
      x = (2 * random.uniform() - 1) * halfChamberMm;
      y = (2 * random.uniform() - 1) * halfChamberMm;
      drawn++;
      int crossed = 0;
      for (double z : zMm) {
        crossed += crosses(z, halfChamberMm) ? 1 : 0;
      }
      if (crossed <= 1 || random.below(crossed) == 0) {
        return;
      }
    }
  }

  private boolean crosses(double z, double half) {
    double dz = z - zero;
    return Math.abs(x + slopeX * dz) <= half && Math.abs(y + slopeY * dz) <= half;
  }

  private void hits(int chamber) {
    double at = turned[chamber] ? y : x;
    double slope = turned[chamber] ? slopeY : slopeX;
    for (int first = 0; first < Telescope.LAYERS; first++) {
      // Cells 0 to 3 are the first wires of the four layers.
      double position = at + slope * (zMm[chamber] - zero + run.wireZ(first));
      double fromFirst = (position - run.wireX(first)) / run.cellWidthMm();
      int wire = (int) Math.floor(fromFirst + 0.5);
      if (wire < 0 || wire >= Telescope.WIRES) {
        continue;
      }
      hit(chamber, first, wire, Math.abs(fromFirst - wire) * run.cellWidthMm());
    }
  }

  private void hit(int chamber, int first, int wire, double distanceMm) {
    double passage = SCINTILLATOR_DELAY_NS - offsetNs[chamber];
    int cell = wire * Telescope.LAYERS + first;
    double driftNs = Math.min(distanceMm * driftNsPerMm, run.maxDriftNs());
    if (cells.answers(chamber, cell, random)) {
      add(firstBoardChannel[chamber] + cell, passage + driftNs + RESOLUTION_NS * random.normal());
    }
    if (random.uniform() < DELTA_RAY) {
      int neighbour = cell + ((random.bits() & 1) == 0 ? Telescope.LAYERS : -Telescope.LAYERS);
      if (neighbour >= 0
          && neighbour < Telescope.CELLS
          && cells.answers(chamber, neighbour, random)) {
        add(firstBoardChannel[chamber] + neighbour, passage + random.uniform() * run.maxDriftNs());
      }
    }
  }

  private void add(int channel, double ns) {
    if (count < MOST_HITS) {
      boardChannel[count] = channel;
      ticks[count++] = Math.max(0, (int) Math.round(ns * TICKS_PER_NS));
    }
  }
}
