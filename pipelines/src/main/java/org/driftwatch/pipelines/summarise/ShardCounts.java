package org.driftwatch.pipelines.summarise;

import java.util.HashMap;
import java.util.Map;

/**
 * What one shard of a window says. Each refinement is whole, so of several from one shard the one
 * made of the most panes holds.
 *
 * @param shard the shard, from 0
 * @param panes how many panes it was made of
 * @param counts the counts
 */
public record ShardCounts(int shard, int panes, WindowCounts counts) {

  /** Adds up the latest of each shard: the counts of the window. */
  public static WindowCounts sum(Iterable<ShardCounts> shards) {
    Map<Integer, ShardCounts> latest = new HashMap<>();
    for (ShardCounts shard : shards) {
      latest.merge(shard.shard(), shard, (a, b) -> a.panes() >= b.panes() ? a : b);
    }
    return WindowCounts.sum(latest.values().stream().map(ShardCounts::counts).toList());
  }
}
