package org.driftwatch.pipelines.summarise;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * Merges what a pane holds of a shard, makes it whole again with the panes before it, and counts
 * it.
 *
 * <p>The hits of published windows are held here and not by the grouping (which would, with panes
 * that accumulate): Spark serializes all that its groupings hold in every micro-batch, but of a
 * stateful DoFn only what was touched. Windows take turns on a fixed number of places, so the state
 * is bounded and needs no timer to be cleared, which Spark does not have.
 */
final class Refine
    extends PTransform<
        PCollection<KV<Integer, Iterable<HitAccumulator>>>, PCollection<KV<Integer, ShardCounts>>> {
  private static final long serialVersionUID = 1;

  private final HistogramCombiner combiner;
  private final FixedWindowing windowing;

  Refine(HistogramCombiner combiner, FixedWindowing windowing) {
    this.combiner = combiner;
    this.windowing = windowing;
  }

  @Override
  public PCollection<KV<Integer, ShardCounts>> expand(
      PCollection<KV<Integer, Iterable<HitAccumulator>>> parts) {
    return parts
        .apply("Merge, and give a place", ParDo.of(new MergeToPlace(combiner, windowing)))
        .setCoder(KvCoder.of(VarIntCoder.of(), HeldWindowCoder.of()))
        .apply("Take out of windows", Window.into(new GlobalWindows()))
        .apply("Hold and count", ParDo.of(new HoldFn(combiner, windowing.refinable())))
        .setCoder(KvCoder.of(VarIntCoder.of(), ShardCountsCoder.of()))
        .apply("Back into windows", windowing.wholes());
  }

  /** Merges what a pane holds of a shard, and keys it by the shard and the window's place. */
  private static final class MergeToPlace
      extends DoFn<KV<Integer, Iterable<HitAccumulator>>, KV<Integer, HeldWindow>> {
    private static final long serialVersionUID = 1;

    private final HistogramCombiner combiner;
    private final FixedWindowing windowing;

    MergeToPlace(HistogramCombiner combiner, FixedWindowing windowing) {
      this.combiner = combiner;
      this.windowing = windowing;
    }

    @ProcessElement
    public void key(
        @Element KV<Integer, Iterable<HitAccumulator>> part,
        BoundedWindow window,
        OutputReceiver<KV<Integer, HeldWindow>> out) {
      long last = window.maxTimestamp().getMillis();
      int key = part.getKey() * windowing.refinable() + windowing.place(last);
      out.output(KV.of(key, new HeldWindow(last, 1, combiner.mergeAccumulators(part.getValue()))));
    }
  }

  private static final class HoldFn
      extends DoFn<KV<Integer, HeldWindow>, KV<Integer, ShardCounts>> {
    private static final long serialVersionUID = 1;
    private static final int ONE_KEY = 0;

    @StateId("held")
    private final StateSpec<ValueState<HeldWindow>> heldSpec =
        StateSpecs.value(HeldWindowCoder.of());

    private final HistogramCombiner combiner;
    private final int places;

    HoldFn(HistogramCombiner combiner, int places) {
      this.combiner = combiner;
      this.places = places;
    }

    @ProcessElement
    public void hold(
        @Element KV<Integer, HeldWindow> keyed,
        @StateId("held") ValueState<HeldWindow> state,
        OutputReceiver<KV<Integer, ShardCounts>> out) {
      HeldWindow part = keyed.getValue();
      HeldWindow held = state.read();
      HeldWindow whole = held != null && held.window() == part.window() ? joined(held, part) : part;
      WindowCounts counts = combiner.extractOutput(whole.hits());
      state.write(whole);
      out.outputWithTimestamp(
          KV.of(ONE_KEY, new ShardCounts(keyed.getKey() / places, whole.panes(), counts)),
          Instant.ofEpochMilli(whole.window()));
    }

    private HeldWindow joined(HeldWindow held, HeldWindow part) {
      return new HeldWindow(
          held.window(),
          held.panes() + part.panes(),
          combiner.mergeAccumulators(java.util.List.of(held.hits(), part.hits())));
    }
  }
}
