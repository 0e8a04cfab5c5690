package org.driftwatch.pipelines.summarise;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.Telescope;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.orbits.HitAccumulatorCoder;
import org.driftwatch.pipelines.orbits.OrbitMerge;
import org.driftwatch.pipelines.orbits.PackedHit;

/**
 * The aggregation, written once: from hits in any order and any number of parts to all counts of a
 * summary. The step that aggregates inside a bundle and the merge both run it. Exact integers
 * throughout.
 *
 * <p>What an orbit contributes is decided when all its hits are together: the distinct active
 * channels of each chamber (one bit each in a long), the earliest scintillator hit, and the drift
 * times with respect to it. Source of the quantities: course document "MAPD data processing 2023",
 * sections 4 and 5.2.4.
 */
public final class HistogramCombiner extends CombineFn<WordBlock, HitAccumulator, WindowCounts> {
  private static final long serialVersionUID = 1;

  /** Parts of a nanosecond in which ticks of 25/30 ns and offsets of 1/1000 ns are whole. */
  private static final long PER_NS = 6000;

  private static final long PER_TICK = PER_NS * 25 / 30;
  private static final long PER_PS = PER_NS / 1000;

  private final long[] driftOrigins = new long[Telescope.CHAMBERS];

  /** A combiner with the drift-time offsets of this run configuration. */
  public HistogramCombiner(RunConfiguration run) {
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      driftOrigins[chamber] =
          run.chambers().get(chamber).driftOffsetPs() * PER_PS
              - ChamberSummary.DRIFT_FIRST_NS * PER_NS;
    }
  }

  @Override
  public HitAccumulator createAccumulator() {
    return new HitAccumulator();
  }

  @Override
  public HitAccumulator addInput(HitAccumulator accumulator, WordBlock block) {
    accumulator.add(block);
    return accumulator;
  }

  @Override
  public HitAccumulator mergeAccumulators(Iterable<HitAccumulator> accumulators) {
    HitAccumulator merged = createAccumulator();
    for (HitAccumulator accumulator : accumulators) {
      merged.add(accumulator);
    }
    return merged;
  }

  @Override
  public WindowCounts extractOutput(HitAccumulator accumulator) {
    long[] counts = new long[WindowCounts.SIZE];
    counts[SummaryLayout.RECORDS] = accumulator.records();
    counts[SummaryLayout.MALFORMED] = accumulator.malformed();
    counts[SummaryLayout.HITS] = accumulator.size();
    counts[WindowCounts.MARKS] = accumulator.marks();
    counts[WindowCounts.ANNOUNCED_MARKS] = accumulator.announced();
    OrbitMerge orbits = new OrbitMerge(accumulator.packed());
    while (orbits.next()) {
      orbit(orbits.hits(), orbits.size(), counts);
    }
    return new WindowCounts(counts);
  }

  /** Counts one orbit, of whose hits these are cell and time. */
  private void orbit(int[] hits, int size, long[] counts) {
    long active0 = 0;
    long active1 = 0;
    long active2 = 0;
    long active3 = 0;
    int scintillator = Integer.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      int cell = PackedHit.cell(hits[i]);
      if (cell < ChannelMap.SCINTILLATOR) {
        long bit = 1L << cell;
        switch (cell >>> 6) {
          case 0 -> active0 |= bit;
          case 1 -> active1 |= bit;
          case 2 -> active2 |= bit;
          default -> active3 |= bit;
        }
        counts[SummaryLayout.chamber(cell >>> 6) + SummaryLayout.OCCUPANCY + (cell & 63)]++;
      } else if (cell == ChannelMap.SCINTILLATOR) {
        scintillator = Math.min(scintillator, ticks(hits[i]));
        counts[SummaryLayout.SCINTILLATOR_HITS]++;
      } else {
        counts[SummaryLayout.OTHER_HITS]++;
      }
    }
    counts[SummaryLayout.ORBITS]++;
    active(0, active0, counts);
    active(1, active1, counts);
    active(2, active2, counts);
    active(3, active3, counts);
    if (scintillator != Integer.MAX_VALUE) {
      counts[SummaryLayout.SCINTILLATOR_ORBITS]++;
      for (int i = 0; i < size; i++) {
        int cell = PackedHit.cell(hits[i]);
        if (cell < ChannelMap.SCINTILLATOR) {
          gated(cell, ticks(hits[i]) - scintillator, counts);
        }
      }
    }
  }

  private static void active(int chamber, long cells, long[] counts) {
    if (cells != 0) {
      counts[
          SummaryLayout.chamber(chamber)
              + SummaryLayout.ACTIVE_CHANNELS
              + Long.bitCount(cells)
              - 1]++;
    }
  }

  private void gated(int cell, int ticksAfterScintillator, long[] counts) {
    int chamber = cell >>> 6;
    int base = SummaryLayout.chamber(chamber);
    counts[base + SummaryLayout.SCINTILLATOR_OCCUPANCY + (cell & 63)]++;
    long bin =
        Math.floorDiv(
            ticksAfterScintillator * PER_TICK + driftOrigins[chamber],
            ChamberSummary.DRIFT_BIN_NS * PER_NS);
    if (bin < 0) {
      counts[base + SummaryLayout.DRIFT_UNDERFLOW]++;
    } else if (bin >= ChamberSummary.DRIFT_BINS) {
      counts[base + SummaryLayout.DRIFT_OVERFLOW]++;
    } else {
      counts[base + SummaryLayout.DRIFT_TIME + (int) bin]++;
    }
  }

  private static int ticks(long hit) {
    return Telescope.ticks(PackedHit.bx(hit), PackedHit.tdc(hit));
  }

  @Override
  public Coder<HitAccumulator> getAccumulatorCoder(
      CoderRegistry registry, Coder<WordBlock> inputCoder) {
    return HitAccumulatorCoder.of();
  }

  @Override
  public Coder<WindowCounts> getDefaultOutputCoder(
      CoderRegistry registry, Coder<WordBlock> inputCoder) {
    return WindowCountsCoder.of();
  }
}
