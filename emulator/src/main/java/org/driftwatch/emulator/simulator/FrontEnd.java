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
 * as at the start of the course's data.
 */
final class FrontEnd {
  private static final long ORBIT_TICKS =
      (long) Telescope.CROSSINGS_PER_ORBIT * Telescope.TICKS_PER_CROSSING;
  private static final double TICKS_PER_SECOND =
      1e9 * Telescope.TICKS_PER_CROSSING / Telescope.CROSSING_NS;

  private static final long FIRST_EPOCH_ORBIT = 3_387_200_947L;
  private static final long SECOND_EPOCH_ORBIT = 616_953;
  private static final int FIRST_EPOCH_HITS = 164;

  private final RandomStream random;
  private final Noise noise;
  private final CosmicMuons muons;
  private final List<Board> boards = new ArrayList<>();
  private final Board[] boardOfFpga = new Board[HitWord.MAX_FPGA + 1];
  private final double ticksPerEvent;
  private final double muonShare;

  private long orbit = FIRST_EPOCH_ORBIT;
  private double tick;
  private int firstEpochLeft = FIRST_EPOCH_HITS;

  FrontEnd(RunConfiguration run, RandomStream random) {
    this.random = random;
    muons = new CosmicMuons(run, new CellResponse(run), random);
    noise = new Noise(run, muons.hitsHz());
    TreeSet<Integer> fpgas = new TreeSet<>();
    fpgas.add(run.scintillator().fpga());
    run.chambers().forEach(chamber -> fpgas.add(chamber.fpga()));
    for (int fpga : fpgas) {
      boardOfFpga[fpga] = new Board(fpga, orbit);
      boards.add(boardOfFpga[fpga]);
    }
    double eventHz = noise.hz() + muons.hz();
    ticksPerEvent = TICKS_PER_SECOND / eventHz;
    muonShare = muons.hz() / eventHz;
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
      orbit = (orbit + orbits) & HitWord.MAX_ORBIT;
    }
    if (random.uniform() < muonShare) {
      int hits = muons.next();
      for (int i = 0; i < hits; i++) {
        add(muons.boardChannel[i], (int) tick + muons.ticks[i]);
      }
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
