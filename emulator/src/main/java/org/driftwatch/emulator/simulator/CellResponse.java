package org.driftwatch.emulator.simulator;

import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;

/**
 * What each cell gives: its share of the noise, and whether it answers to a muon. Dead cells give
 * nothing, weak ones next to nothing, hot ones several times their share. Figures per chamber: hits
 * of a whole run, 17/37/24/22 % of 2,475 hits/s, less those of muons.
 */
final class CellResponse {
  private static final double[] NOISE_HZ = {252, 730, 402, 353};

  /** How much the noise differs from cell to cell, as a fraction of the mean. */
  private static final double[] SPREAD = {0.1, 0.5, 0.3, 0.3};

  private static final double HOT = 4;
  private static final double WEAK = 0.03;
  private static final double LAYER_EFFICIENCY = 0.97;
  private static final int TABLE = 1 << 16;

  /** The detector's pattern of noise is the same whatever the seed of a run. */
  private static final long PATTERN_SEED = 591;

  private final short[] noise = new short[TABLE];
  private final double[] efficiency = new double[Telescope.CHAMBERS * Telescope.CELLS];
  private final double noiseHz;

  CellResponse(RunConfiguration run) {
    RandomStream pattern = new RandomStream(PATTERN_SEED);
    double[] rates = new double[efficiency.length];
    double total = 0;
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      RunConfiguration.Chamber c = run.chambers().get(chamber);
      double sum = 0;
      for (int cell = 0; cell < Telescope.CELLS; cell++) {
        double rate = 1 + SPREAD[chamber] * (2 * pattern.uniform() - 1);
        int i = chamber * Telescope.CELLS + cell;
        efficiency[i] = LAYER_EFFICIENCY;
        if (c.deadCells().contains(cell)) {
          rate = 0;
          efficiency[i] = 0;
        } else if (c.weakCells().contains(cell)) {
          rate *= WEAK;
          efficiency[i] *= WEAK;
        } else if (c.hotCells().contains(cell)) {
          rate *= HOT;
        }
        rates[i] = rate;
        sum += rate;
      }
      for (int cell = 0; cell < Telescope.CELLS && sum > 0; cell++) {
        rates[chamber * Telescope.CELLS + cell] *= NOISE_HZ[chamber] / sum;
      }
      total += sum > 0 ? NOISE_HZ[chamber] : 0;
    }
    noiseHz = total;
    fill(boardChannels(run), rates, total);
  }

  private static List<Integer> boardChannels(RunConfiguration run) {
    List<Integer> boardChannels = new ArrayList<>();
    for (RunConfiguration.Chamber c : run.chambers()) {
      for (int cell = 0; cell < Telescope.CELLS; cell++) {
        boardChannels.add(
            HitWord.boardChannel(HitWord.hit(c.fpga(), c.firstChannel() + cell, 0, 0, 0)));
      }
    }
    return boardChannels;
  }

  private void fill(List<Integer> boardChannels, double[] rates, double total) {
    double sum = 0;
    int from = 0;
    for (int i = 0; i < rates.length; i++) {
      sum += rates[i];
      int to = (int) Math.round(sum / total * TABLE);
      for (int k = from; k < to; k++) {
        noise[k] = boardChannels.get(i).shortValue();
      }
      from = to;
    }
  }

  /** Noise hits of all cells together, 1/s; 0 where every cell is dead. */
  double noiseHz() {
    return noiseHz;
  }

  /** Board and channel of a noise hit, as {@link HitWord#boardChannel}. */
  int noisyChannel(RandomStream random) {
    return noise[(int) (random.bits() >>> 48)];
  }

  /** True where the cell answers to a muon; cells count on through the chambers. */
  boolean answers(int chamber, int cell, RandomStream random) {
    return random.uniform() < efficiency[chamber * Telescope.CELLS + cell];
  }
}
