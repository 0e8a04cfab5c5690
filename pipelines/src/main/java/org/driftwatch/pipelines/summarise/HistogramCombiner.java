package org.driftwatch.pipelines.summarise;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.checkerframework.checker.nullness.qual.MonotonicNonNull;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.orbits.HitAccumulatorCoder;
import org.driftwatch.pipelines.orbits.HitPacking;
import org.driftwatch.pipelines.orbits.OrbitMerge;
import org.driftwatch.pipelines.orbits.OrbitTurns;

/**
 * The aggregation, written once: from hits in any order and any number of parts to all counts of a
 * summary. The step that aggregates inside a bundle and the merge both run it. Exact integers
 * throughout.
 *
 * <p>What an orbit contributes is decided when all its hits are together: the distinct active
 * channels of each chamber, the earliest scintillator hit, and the drift times with respect to it.
 * Source of the quantities: course document "MAPD data processing 2023", sections 4 and 5.2.4.
 */
public final class HistogramCombiner extends CombineFn<WordBlock, HitAccumulator, WindowCounts> {
  private static final long serialVersionUID = 1;

  private final DetectorDescription detector;
  private final HitPacking packing;
  private final boolean hasTracks;
  private final boolean hasEvents;
  private transient OrbitCounter.@MonotonicNonNull Tables tables;

  /**
   * A combiner of this detector's hits.
   *
   * @param turns how the orbits of a counter's turns are told apart
   * @param hasTracks true where muon segments are counted, too
   * @param hasEvents true where some orbits with muons are kept, to be shown
   */
  public HistogramCombiner(
      DetectorDescription detector, OrbitTurns turns, boolean hasTracks, boolean hasEvents) {
    this.detector = detector;
    this.hasTracks = hasTracks;
    this.hasEvents = hasEvents;
    packing = HitPacking.of(detector, turns);
  }

  @Override
  public HitAccumulator createAccumulator() {
    return new HitAccumulator(packing);
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
    OrbitCounter counter = counter();
    OrbitMerge orbits = new OrbitMerge(accumulator.packed(), packing.stepBits());
    while (orbits.next()) {
      counter.add(number(orbits), orbits.hits(), orbits.size());
    }
    long[] counts = counter.counts();
    counts[SummaryLayout.RECORDS] = accumulator.records();
    counts[SummaryLayout.MALFORMED] = accumulator.malformed();
    return new WindowCounts(
        counts, accumulator.runs(), accumulator.marks(), accumulator.announced(), counter.events());
  }

  /** The number of an orbit, with the bits above those that words hold. */
  long number(OrbitMerge orbits) {
    return orbits.group().above() << packing.orbitBits()
        | (orbits.orbit() & OrbitMerge.IN_GROUP) >>> packing.stepBits();
  }

  /** Counts nothing yet. */
  OrbitCounter counter() {
    if (tables == null) {
      tables = new OrbitCounter.Tables(detector, hasTracks, hasEvents);
    }
    return new OrbitCounter(tables);
  }

  /** How hits are packed. */
  HitPacking packing() {
    return packing;
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
