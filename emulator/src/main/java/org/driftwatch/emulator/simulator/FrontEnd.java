package org.driftwatch.emulator.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;

/**
 * Noise and muons in their order of time, as hits in the queues of the boards. Time runs in ticks
 * of 25/30 ns at the detector's own rate; the orbit counter follows it and is set back once, early,
 * as at the start of the course's data. Now and then the detector is quiet for some minutes.
 */
final class FrontEnd {
  private static final long ORBIT_TICKS =
      (long) Telescope.CROSSINGS_PER_ORBIT * Telescope.TICKS_PER_CROSSING;
  private static final double TICKS_PER_SECOND =
      1e9 * Telescope.TICKS_PER_CROSSING / Telescope.CROSSING_NS;

  private static final long FIRST_EPOCH_ORBIT = 3_387_200_947L;
  private static final long SECOND_EPOCH_ORBIT = 616_953;
  private static final int FIRST_EPOCH_HITS = 164;

  private static final long ORBITS_PER_SECOND = 1_000_000_000L / Telescope.ORBIT_NS;

  private static final double SECONDS_PER_ORBIT = Telescope.ORBIT_NS / 1e9;

  /** A quiet period of a real run. */
  private static final long QUIET_ORBITS = 210 * ORBITS_PER_SECOND;

  /** The first one comes 20 to 40 minutes after the start, the others hours apart. */
  private static final long FIRST_QUIET = 1200 * ORBITS_PER_SECOND;

  private static final long QUIET_GAP = 6 * 3600 * ORBITS_PER_SECOND;

  private final RandomStream random;
  private final Noise noise;
  private final CosmicMuons muons;
  private final Flicker flicker;
  private final List<Board> boards = new ArrayList<>();
  private final Board[] boardOfFpga = new Board[HitWord.MAX_FPGA + 1];

  private double ticksPerEvent;
  private double muonShare;
  private double flickerShare;
  private long nextFlicker;

  private long orbit = FIRST_EPOCH_ORBIT;
  private double tick;
  private int firstEpochLeft = FIRST_EPOCH_HITS;
  private long orbitsRun;
  private long nextQuiet;

  FrontEnd(RunConfiguration run, RandomStream random) {
    this.random = random;
    muons = new CosmicMuons(run, new CellResponse(run), random);
    flicker = new Flicker(run, new RandomStream(random.bits()));
    double[] otherHits = muons.hitsHz();
    flicker.addMeanHz(otherHits);
    noise = new Noise(run, otherHits);
    nextQuiet = somewhere(FIRST_QUIET);
    TreeSet<Integer> fpgas = new TreeSet<>();
    fpgas.add(run.scintillator().fpga());
    run.chambers().forEach(chamber -> fpgas.add(chamber.fpga()));
    for (int fpga : fpgas) {
      boardOfFpga[fpga] = new Board(fpga, orbit);
      boards.add(boardOfFpga[fpga]);
    }
    flicker();
  }

  /** Lets cells flicker as they do by now. */
  private void flicker() {
    double next = flicker.advance(orbitsRun * SECONDS_PER_ORBIT);
    nextFlicker = (long) Math.min(next / SECONDS_PER_ORBIT, 1e18) + 1;
    double eventHz = noise.hz() + muons.hz() + flicker.hz();
    ticksPerEvent = TICKS_PER_SECOND / eventHz;
    muonShare = muons.hz() / eventHz;
    flickerShare = flicker.hz() / eventHz;
  }

  /** A time from once to twice this, orbits. */
  private long somewhere(long orbits) {
    return orbits + (long) (orbits * random.uniform());
  }

  /** The boards, by number. */
  List<Board> boards() {
    return boards;
  }

  /** Lets time run to the next event. */
  void next() {
    if (firstEpochLeft == 0) {
      firstEpochLeft = -1;
      orbit = SECOND_EPOCH_ORBIT;
      tick = 0;
    }
    tick += random.exponential() * ticksPerEvent;
    if (tick >= ORBIT_TICKS) {
      long orbits = (long) tick / ORBIT_TICKS;
      tick -= orbits * ORBIT_TICKS;
      orbitsRun += orbits;
      if (orbitsRun >= nextQuiet) {
        orbits += QUIET_ORBITS;
        orbitsRun += QUIET_ORBITS;
        nextQuiet = orbitsRun + somewhere(QUIET_GAP);
      }
      if (orbitsRun >= nextFlicker) {
        flicker();
      }
      orbit = (orbit + orbits) & HitWord.MAX_ORBIT;
    }
    double kind = random.uniform();
    if (kind < muonShare) {
      int hits = muons.next();
      for (int i = 0; i < hits; i++) {
        add(muons.boardChannel[i], (int) tick + muons.ticks[i]);
      }
    } else if (kind < muonShare + flickerShare) {
      add(flicker.channel(random), (int) tick);
    } else {
      add(noise.channel(random), (int) tick);
    }
  }

  private void add(int boardChannel, int at) {
    if (firstEpochLeft > 0) {
      firstEpochLeft--;
    }
    boolean thisOrbit = at < ORBIT_TICKS;
    int ticks = thisOrbit ? at : (int) (at - ORBIT_TICKS);
    // The boards count the fine time from 1 to 30, not from 0 to 29.
    int fromOne = Math.max(ticks, 1) - 1;
    int bx = fromOne / Telescope.TICKS_PER_CROSSING;
    int tdc = fromOne - bx * Telescope.TICKS_PER_CROSSING + 1;
    int fpga = boardChannel / (HitWord.MAX_CHANNEL + 1);
    int channel = boardChannel & HitWord.MAX_CHANNEL;
    Board board = boardOfFpga[fpga];
    if (thisOrbit) {
      board.add(HitWord.hit(fpga, channel, orbit, bx, tdc));
    } else {
      long next = (orbit + 1) & HitWord.MAX_ORBIT;
      board.addToNextOrbit(HitWord.hit(fpga, channel, next, bx, tdc));
    }
  }
}
