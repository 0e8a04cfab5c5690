package org.driftwatch.pipelines.summarise;

import java.io.Serializable;
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
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.restart.StartAgain;
import org.joda.time.Instant;

/**
 * Merges what a pane holds of a shard, makes it whole again with the panes before it, and counts
 * it.
 *
 * <p>The hits of published windows are held here and not by the grouping (which would, with panes
 * that accumulate): Spark serializes all that its groupings hold in every micro-batch, but of a
 * stateful DoFn only what was touched. Windows take turns on a fixed number of places, so the state
 * is bounded and needs no timer to be cleared, which Spark does not have.
 *
 * <p>Between the grouping and the stateful step a runner may work on several panes side by side, so
 * one may overtake another. Panes of one window are put back into their order by their index. A
 * pane of an older window that finds its place taken by a newer one never replaces it: what the
 * older window held is gone, and only a new start can count it whole again.
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
        .setCoder(KvCoder.of(PlaceCoder.of(), WindowPaneCoder.of()))
        .apply("Take out of windows", Window.into(new GlobalWindows()))
        .apply("Hold and count", ParDo.of(new HoldFn(combiner, StartAgain::exit)))
        .setCoder(KvCoder.of(VarIntCoder.of(), ShardCountsCoder.of()))
        .apply("Back into windows", windowing.wholes());
  }

  /** Ends a run that cannot go on and be exact. */
  interface NewStart extends Serializable {
    /**
     * Asks for a new start; returns only in tests.
     *
     * @param why what has happened, as a sentence without its full stop
     */
    void because(String why);
  }

  /** Merges what a pane holds of a shard, and keys it by the shard and the window's place. */
  private static final class MergeToPlace
      extends DoFn<KV<Integer, Iterable<HitAccumulator>>, KV<Place, WindowPane>> {
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
        PaneInfo pane,
        OutputReceiver<KV<Place, WindowPane>> out) {
      long last = window.maxTimestamp().getMillis();
      HitAccumulator hits = combiner.mergeAccumulators(part.getValue());
      out.output(
          KV.of(
              new Place(part.getKey(), windowing.place(last)),
              new WindowPane(last, pane.getIndex(), hits)));
    }
  }

  /** Holds what a place's window has been made of so far, and counts it with each pane. */
  static final class HoldFn extends DoFn<KV<Place, WindowPane>, KV<Integer, ShardCounts>> {
    private static final long serialVersionUID = 1;

    @StateId("held")
    private final StateSpec<ValueState<HeldWindow>> heldSpec =
        StateSpecs.value(HeldWindowCoder.of());

    private final HistogramCombiner combiner;
    private final NewStart newStart;

    HoldFn(HistogramCombiner combiner, NewStart newStart) {
      this.combiner = combiner;
      this.newStart = newStart;
    }

    @ProcessElement
    public void hold(
        @Element KV<Place, WindowPane> keyed,
        @StateId("held") ValueState<HeldWindow> state,
        OutputReceiver<KV<Integer, ShardCounts>> out) {
      int shard = keyed.getKey().shard();
      WindowPane pane = keyed.getValue();
      HeldWindow none = HeldWindow.none(pane.window(), combiner);
      HeldWindow held = state.read();
      if (held == null) {
        held = none;
      }
      if (pane.window() < held.window()) {
        // A runner that catches up fires many windows at a time, in any order. A first pane is
        // whole; what may still refine it would be later than what the newer window was fired for.
        if (pane.index() == 0) {
          publish(shard, none.with(pane, combiner), out);
        } else {
          newStart.because(lost(pane.window(), held.window()));
        }
        return;
      }
      if (pane.window() > held.window()) {
        if (!held.waiting().isEmpty()) {
          newStart.because(lost(held.window(), pane.window()));
          return;
        }
        held = none;
      }
      HeldWindow refined = held.with(pane, combiner);
      state.write(refined);
      if (refined.panes() > held.panes()) {
        publish(shard, refined, out);
      }
    }

    private void publish(
        int shard, HeldWindow window, OutputReceiver<KV<Integer, ShardCounts>> out) {
      WindowCounts counts = combiner.extractOutput(window.hits());
      out.outputWithTimestamp(
          KV.of(ShardCounts.ONE_KEY, new ShardCounts(shard, window.panes(), counts)),
          Instant.ofEpochMilli(window.window()));
    }

    private static String lost(long older, long newer) {
      return "Late hits of the window up to "
          + Instant.ofEpochMilli(older)
          + " came after the window up to "
          + Instant.ofEpochMilli(newer)
          + " had taken its place in memory, so it cannot be counted whole";
    }
  }
}
