package org.driftwatch.pipelines.summarise;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.CounterSpan;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.joda.time.Duration;

/**
 * The windows: fixed, published once at the watermark and again, whole, whenever late records have
 * refined them. Parsing takes out what is beyond the allowed lateness; the runner is given a margin
 * on top, so that it never drops anything itself, uncounted.
 */
public final class FixedWindowing implements Windowing {
  private static final long serialVersionUID = 1;

  /** More than a reader's watermark can be ahead of a block's; see the block reader. */
  private static final Duration MARGIN = Duration.standardSeconds(30);

  /** More windows than this cannot be held at a time, see {@link #heldWindows()}. */
  public static final long MAX_HELD_WINDOWS = 1 << 20;

  private final Duration length;
  private final Duration lateness;

  /**
   * Windows of this length, with refinements for as long as the allowed lateness.
   *
   * @param length length of a window, 1 ms or more
   */
  public FixedWindowing(Duration length, Duration allowedLateness) {
    this.length = length;
    lateness = allowedLateness.plus(MARGIN);
  }

  /** Panes that each hold what came since the one before: parts of a window. */
  @Override
  public PTransform<PCollection<WordBlock>, PCollection<KV<Integer, HitAccumulator>>> combine(
      HistogramCombiner combiner, int shards) {
    return PTransform.compose(
        blocks ->
            blocks
                .apply("Assign windows", this.<WordBlock>windows().discardingFiredPanes())
                .apply("Combine in bundle", new CombineInBundle(combiner, shards)));
  }

  @Override
  public PTransform<
          PCollection<KV<Integer, Iterable<HitAccumulator>>>, PCollection<KV<Integer, ShardCounts>>>
      count(HistogramCombiner combiner, PCollection<CounterSpan> counter) {
    return new Refine(combiner, this);
  }

  /** Panes that each hold everything: whole windows, the later replacing the earlier. */
  <T> Window<T> wholes() {
    return this.<T>windows().accumulatingFiredPanes();
  }

  private <T> Window<T> windows() {
    return Window.<T>into(FixedWindows.of(length))
        .triggering(
            AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(1)))
        .withAllowedLateness(lateness, Window.ClosingBehavior.FIRE_IF_NON_EMPTY)
        .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY);
  }

  /**
   * How far before the end of the latest published window a new start has to go back, ms; the
   * watermark's delay comes on top. All windows that records may still have refined lie within the
   * lateness. But a run may also have ended because hits of a window came after a later one had
   * taken its place ({@link Refine}), and that window has to be computed again, too. It starts
   * {@link #heldWindows()} windows before the one that took its place, whose end is one length
   * further; one more length is for what was published between that and the end of the run.
   */
  public long recomputedMillis() {
    return Math.multiplyExact(heldWindows() + 2, length.getMillis());
  }

  /**
   * How many windows in a row are held at a time: as many as the lateness can keep open, that begun
   * and one to spare, since panes may overtake each other.
   */
  public long heldWindows() {
    return (lateness.getMillis() - 1) / length.getMillis() + 2;
  }

  /**
   * Which of {@link #heldWindows()} places a window has; no two windows that may be refined at one
   * time share a place.
   *
   * @param lastInstant last instant of the window, ms since the epoch
   */
  int place(long lastInstant) {
    return (int) (lastInstant / length.getMillis() % heldWindows());
  }
}
