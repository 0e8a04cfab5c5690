package org.driftwatch.emulator.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.RowBatch;

/**
 * A simulated readout without end: cosmic muons, noise, scintillator, trigger words, written out as
 * the DAQ does, in blocks of four rows of one board, the boards in turn. The same seed and detector
 * give the same rows. Not safe for use by several threads.
 *
 * <p>Half the rows are trigger words at first, as at the start of the course's data, and a tenth
 * later; none where records have no kinds other than hits.
 */
public final class Simulator implements RecordSource {
  private static final int BLOCK = 4;

  /** Rows of the beginning with as many trigger words as hits. */
  private static final int BEGINNING = 1000;

  private static final int HIT_BLOCKS_PER_TRIGGER_BLOCK = 9;

  /** A board with so many hits waiting has two turns, so that boards stay near each other. */
  private static final int LONGEST_QUEUE = 60;

  private static final long[] FIRST_LEAD = {138_382, 114_476};

  private final HitLayout layout;
  private final FrontEnd frontEnd;
  private final MuonTruth truths;
  private final List<Board> boards;
  private final List<TriggerWords> triggers = new ArrayList<>();

  private int hitTurn;
  private int triggerTurn;
  private long blocks;

  /**
   * The readout of a detector as it usually is.
   *
   * @param detector what is simulated
   * @param seed of all random numbers
   */
  public Simulator(DetectorDescription detector, long seed) {
    this(detector, seed, Truth.usual(detector));
  }

  /**
   * A readout.
   *
   * @param detector what is simulated, see {@link #hasHits}
   * @param seed of all random numbers
   * @param truth how the detector really is
   */
  public Simulator(DetectorDescription detector, long seed, Truth truth) {
    this(detector, seed, truth, null);
  }

  /** A readout that tells of each muon; null for nothing. */
  Simulator(DetectorDescription detector, long seed, Truth truth, MuonTruth truths) {
    this.truths = truths;
    RandomStream random = new RandomStream(seed);
    layout = new HitLayout(detector);
    frontEnd = new FrontEnd(detector, truth, random, truths);
    boards = frontEnd.boards();
    List<Integer> heads = TriggerWords.heads(detector);
    for (int i = 0; i < boards.size() && !heads.isEmpty(); i++) {
      long lead = FIRST_LEAD[i % FIRST_LEAD.length];
      triggers.add(new TriggerWords(detector, heads, boards.get(i).number, lead, random));
    }
    triggerTurn = boards.size() - 1;
  }

  /** Noise of each cell of a chamber under usual conditions, 1/s. */
  double[] noiseHz(int chamber) {
    return frontEnd.noiseHz(chamber);
  }

  /** False for a detector whose cells are all dead: it has no hits, and waiting for one no end. */
  public static boolean hasHits(DetectorDescription detector) {
    return detector.chambers().stream()
        .anyMatch(c -> IntStream.range(0, c.size()).anyMatch(i -> !c.deadCells().contains(i)));
  }

  @Override
  public boolean read(RowBatch batch) {
    while (batch.room() >= BLOCK) {
      if (isTriggerTurn()) {
        triggerBlock(batch);
      } else {
        hitBlock(batch);
      }
      blocks++;
    }
    return true;
  }

  private boolean isTriggerTurn() {
    if (triggers.isEmpty()) {
      return false;
    }
    if (blocks < BEGINNING / BLOCK) {
      // A trigger block of the last board, hits of each, trigger blocks of the others.
      int n = (int) (blocks % (2L * boards.size()));
      return n < 1 || n > boards.size();
    }
    return blocks % (HIT_BLOCKS_PER_TRIGGER_BLOCK + 1) == 0;
  }

  private void triggerBlock(RowBatch batch) {
    Board board = boards.get(triggerTurn);
    TriggerWords words = triggers.get(triggerTurn);
    for (int i = 0; i < BLOCK; i++) {
      batch.add(words.next(board.lastOrbit()));
      if (truths != null) {
        truths.otherRow();
      }
    }
    triggerTurn = (triggerTurn + 1) % boards.size();
  }

  private void hitBlock(RowBatch batch) {
    Board board = boards.get(hitTurn);
    while (board.size() < BLOCK && longestQueue().size() < LONGEST_QUEUE) {
      frontEnd.next();
    }
    Board longest = longestQueue();
    if (longest.size() >= LONGEST_QUEUE) {
      board = longest;
    } else {
      hitTurn = (hitTurn + 1) % boards.size();
    }
    for (int i = 0; i < BLOCK; i++) {
      long hit = board.take();
      batch.add(hit, layout.orbitAbove(board.lastOrbit()));
      if (truths != null) {
        truths.hitRow(hit);
      }
    }
  }

  private Board longestQueue() {
    Board longest = boards.get(0);
    for (int i = 1; i < boards.size(); i++) {
      if (boards.get(i).size() > longest.size()) {
        longest = boards.get(i);
      }
    }
    return longest;
  }

  @Override
  public void close() {}
}
