package org.driftwatch.pipelines.summarise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.driftwatch.pipelines.orbits.HitAccumulator;

/**
 * A shard of a window, held for the refinements that may still come.
 *
 * @param window the window's last instant, ms since the epoch
 * @param panes how many panes it is made of so far: all from the first on, without a gap
 * @param hits all hits of these panes
 * @param waiting panes that overtook an earlier one, which is still to come; in the order of their
 *     indices
 */
record HeldWindow(long window, int panes, HitAccumulator hits, List<WindowPane> waiting) {

  /** Keeps a copy of the list. */
  HeldWindow {
    waiting = List.copyOf(waiting);
  }

  /** A window that no pane has come of yet. */
  static HeldWindow none(long window, HistogramCombiner combiner) {
    return new HeldWindow(window, 0, combiner.createAccumulator(), List.of());
  }

  /** With one more pane of this window: joined, together with those that waited for it, or held. */
  HeldWindow with(WindowPane pane, HistogramCombiner combiner) {
    List<WindowPane> left = new ArrayList<>(waiting);
    left.add(pane);
    left.sort(Comparator.comparing(WindowPane::index));
    List<HitAccumulator> joined = new ArrayList<>(List.of(hits));
    int next = panes;
    while (!left.isEmpty() && left.get(0).index() == next) {
      joined.add(left.remove(0).hits());
      next++;
    }
    return new HeldWindow(window, next, combiner.mergeAccumulators(joined), left);
  }
}
