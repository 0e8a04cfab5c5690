package org.driftwatch.pipelines.summarise;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.driftwatch.pipelines.orbits.HitAccumulator;

/**
 * What one shard of a window says. Each refinement is whole, so of several from one shard the one
 * made of the most panes holds.
 *
 * @param shard the shard, from 0
 * @param panes how many panes it was made of
 * @param counts the counts
 */
public record ShardCounts(int shard, int panes, WindowCounts counts) {

  /** The key under which all shards of a window are grouped. */
  static final int ONE_KEY = 0;

  /**
   * All shards of a window.
   *
   * @param revision how often the window was refined
   * @param counts the counts of the window
   */
  public record Whole(int revision, WindowCounts counts) {}

  /**
   * Adds up the latest of each shard. Empty as long as one is there and another is not that was
   * made of the same records: executors learn of the watermark one after another, and fire so.
   */
  public static Optional<Whole> whole(Iterable<ShardCounts> shards) {
    Map<Integer, ShardCounts> latest = new HashMap<>();
    for (ShardCounts shard : shards) {
      latest.merge(shard.shard(), shard, (a, b) -> a.panes() >= b.panes() ? a : b);
    }
    // Without the first there is none that announces the others; a part of a batch needs none.
    ShardCounts first =
        latest.getOrDefault(HitAccumulator.FIRST_SHARD, latest.values().iterator().next());
    WindowCounts counts =
        WindowCounts.sum(latest.values().stream().map(ShardCounts::counts).toList());
    return !counts.isWhole() ? Optional.empty() : Optional.of(new Whole(first.panes() - 1, counts));
  }
}
